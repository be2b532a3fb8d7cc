/*
 * Copyright (c) 2026 Contributors to the openHAB Monzo binding
 *
 * See the NOTICE file(s) distributed with this work for additional
 * information.
 *
 * This program and the accompanying materials are made available under the
 * terms of the Eclipse Public License 2.0 which is available at
 * http://www.eclipse.org/legal/epl-2.0
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package org.openhab.binding.monzo.internal.auth;

import java.io.IOException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.core.auth.client.oauth2.AccessTokenResponse;
import org.openhab.core.auth.client.oauth2.OAuthClientService;
import org.openhab.core.auth.client.oauth2.OAuthException;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.auth.client.oauth2.OAuthResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login in openHAB's own encrypted store of OAuth tokens.
 * <p>
 * The whole login is stored as one access token without a refresh token. For openHAB's client must never renew by
 * itself: up to openHAB 3.3 on Java 17 it cannot read the answer of a token endpoint (its Gson may not look into
 * {@code java.time}), and so would throw away the only refresh token that Monzo honours; up to 4.3 it lets two renewals
 * run at once; up to 4.3 it waits for ever; and in no version does it tell its caller what the bank answered.
 */
@NonNullByDefault
class TokenStore {

    private final Logger logger = LoggerFactory.getLogger(TokenStore.class);

    private final String handle;
    private final OAuthFactory oAuthFactory;
    private final OAuthClientService service;

    /**
     * Opens the store of a login.
     *
     * @param handle the name of the login in the store
     */
    TokenStore(String handle, OAuthClientSettings settings, OAuthFactory oAuthFactory) {
        this.handle = handle;
        this.oAuthFactory = oAuthFactory;
        // The service is never given back with ungetOAuthService: that would close it under a renewal that is still
        // under way for an earlier handler of the bridge. openHAB hands the same service out again.
        this.service = oAuthFactory.createOAuthClientService(
                handle,
                settings.tokenUrl(),
                settings.authorizationUrl(),
                settings.clientId(),
                null, // openHAB would store the secret in clear, and only needs it to renew
                null,
                false);
    }

    /** The stored login, {@code null} when there is none, or none that can be read. */
    @Nullable
    StoredTokens load() {
        try {
            AccessTokenResponse stored = service.getAccessTokenResponse();
            String text = stored == null ? null : stored.getAccessToken();
            return text == null ? null : StoredTokens.fromJson(text);
        } catch (OAuthException | OAuthResponseException | IOException | RuntimeException e) {
            // Damaged, or restored without the key that it was encrypted with. openHAB's cipher checks neither length
            // nor form of what it decrypts, so that any RuntimeException may come of it. Whatever cannot be read is no
            // login: the person can log in again, while an exception would come again at every attempt.
            logger.debug(
                    "{}: cannot read the stored tokens: {}",
                    handle,
                    e.getClass().getSimpleName());
            return null;
        }
    }

    void save(StoredTokens login) throws MonzoException {
        AccessTokenResponse stored = new AccessTokenResponse();
        stored.setAccessToken(login.toJson());
        write(stored);
    }

    /** Deletes the login. The store is of no use afterwards. */
    void delete() {
        // openHAB deletes only what it has written since its start, so a token from before would stay. Writing an empty
        // one first makes sure.
        try {
            write(new AccessTokenResponse());
        } catch (MonzoException e) {
            logger.debug("{}: cannot overwrite the stored tokens: {}", handle, e.getMessage());
        }
        oAuthFactory.deleteServiceAndAccessToken(handle);
    }

    private void write(AccessTokenResponse response) throws MonzoException {
        try {
            service.importAccessTokenResponse(response);
        } catch (OAuthException e) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "openHAB's token store is closed");
        }
    }
}
