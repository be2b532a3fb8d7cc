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
import org.openhab.core.thing.Thing;

/**
 * What the page of the logins needs of a bridge.
 */
@NonNullByDefault
public interface ConnectableBridge {

    Thing getThing();

    /** The number of open accounts at Monzo as last listed, 0 before the first list. */
    int accountCount();

    /** Whether the configuration is good enough to begin a login. */
    boolean canLogIn();

    /** The redirect URL set in the configuration, {@code null} where the browser's view of openHAB is right. */
    @Nullable
    String callbackUrl();

    /**
     * Begins a login. Waits for nobody.
     *
     * @return the address at Monzo to send the browser to
     * @throws MonzoException when the bridge is not there any more
     */
    String authorizationUrl(String redirectUrl, String state) throws MonzoException;

    /**
     * Has the bridge notice an approval in the Monzo app within ten seconds for the next minutes, if one is missing. To
     * be called each time the page is shown; calls in quick succession cost no request.
     */
    void expectApproval();

    /**
     * Ends a login. Waits for the bank.
     *
     * @return what became of the tokens; the bridge that they were stored for is to be told by {@link #loggedIn}
     * @throws MonzoException when the bank or the bridge does not accept it; the earlier login then stays
     */
    LoginResult logIn(String code, String redirectUrl) throws MonzoException;

    /** Starts anew with the tokens that were stored for this bridge. */
    void loggedIn();
}
