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
package org.openhab.binding.monzo.internal.connect;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.PushStatus;
import org.openhab.core.thing.Thing;

/**
 * A bridge as required by the login page.
 */
@NonNullByDefault
public interface ConnectableBridge {

    Thing getThing();

    /** Returns the error that an OFFLINE status shows, {@code null} if the configuration is invalid. */
    @Nullable
    ErrorKind error();

    /** Returns the number of open accounts in the latest snapshot, 0 before the first one. */
    int accountCount();

    /** Returns whether Monzo's notices reach the bridge. */
    PushStatus pushStatus();

    /** Returns whether the configuration allows a login. */
    boolean canLogIn();

    /** Returns the redirect URL of a valid configuration, {@code null} to use openHAB's address as seen by the browser. */
    @Nullable
    String callbackUrl();

    /**
     * Returns the URL of the authorization request. Never blocks.
     *
     * @return the URL at Monzo to redirect the browser to
     * @throws MonzoException if the bridge is not initialized or was removed
     */
    String authorizationUrl(String redirectUrl, String state) throws MonzoException;

    /**
     * Polls for a missing approval in the Monzo app at least every ten seconds for the next minutes. Called each time
     * the page is opened; calls in quick succession cause no requests.
     */
    void expectApproval();

    /**
     * Completes a login. Blocks for requests to the bank.
     *
     * @return how the tokens were used; the caller then calls {@link #loggedIn} of the bridge for which they were
     *     stored
     * @throws MonzoException if the bank or the bridge rejects the login; the previous tokens are then kept
     */
    LoginResult logIn(String code, String redirectUrl) throws MonzoException;

    /** Starts polling with the tokens that were stored for this bridge. */
    void loggedIn();
}
