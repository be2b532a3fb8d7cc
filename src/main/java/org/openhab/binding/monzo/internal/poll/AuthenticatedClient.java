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
package org.openhab.binding.monzo.internal.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Calls the bank in the name of a login: brings the token, and once another one when the bank does not take it.
 */
@NonNullByDefault
public class AuthenticatedClient {

    /** Renewing again and again helps nobody, and Monzo locks those out who do. */
    private static final Duration NO_RENEWAL_AFTER_ONE_IN_VAIN = Duration.ofMinutes(5);

    private final TokenManager login;
    private final Clock clock;

    private volatile @Nullable AccessToken answered;
    private volatile @Nullable AccessToken renewedInVain;

    public AuthenticatedClient(TokenManager login, Clock clock) {
        this.login = login;
        this.clock = clock;
    }

    /** A call of the bank that needs a token. */
    public interface Call<T> {
        T with(String accessToken) throws MonzoException;
    }

    /**
     * Makes a call, at most twice.
     *
     * @throws MonzoException with what the bank answered, or what kept the login from giving a token
     */
    public <T> T call(Call<T> call) throws MonzoException {
        AccessToken token = login.token();
        try {
            return answered(call, token);
        } catch (MonzoException e) {
            return switch (e.kind()) {
                case TOKEN_EXPIRED, TOKEN_REFUSED -> {
                    if (isRenewedInVain(token)) {
                        throw refusedAgain();
                    }
                    yield repeat(call, login.tokenAfter(token));
                }
                // A new login, made while this call was under way, evicts the token that the call was made with.
                case LOGIN_EVICTED -> {
                    if (login.isReplaced(token)) {
                        yield repeat(call, login.token());
                    }
                    throw e;
                }
                default -> throw e;
            };
        }
    }

    /** The token that the bank answered last, {@code null} before the first answer. */
    public @Nullable AccessToken answered() {
        return answered;
    }

    private <T> T answered(Call<T> call, AccessToken token) throws MonzoException {
        T answer = call.with(token.value());
        answered = token;
        return answer;
    }

    private <T> T repeat(Call<T> call, AccessToken token) throws MonzoException {
        try {
            return answered(call, token);
        } catch (MonzoException e) {
            if (e.kind() == ErrorKind.TOKEN_REFUSED || e.kind() == ErrorKind.TOKEN_EXPIRED) {
                renewedInVain = token;
                throw refusedAgain();
            }
            throw e;
        }
    }

    private boolean isRenewedInVain(AccessToken token) {
        Instant now = clock.instant();
        return token.equals(renewedInVain)
                && !token.obtained().isAfter(now)
                && token.obtained().plus(NO_RENEWAL_AFTER_ONE_IN_VAIN).isAfter(now);
    }

    private static MonzoException refusedAgain() {
        return new MonzoException(ErrorKind.REFRESHED_TOKEN_REJECTED, "a refreshed access token was rejected");
    }
}
