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

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;

/**
 * The banner above the bridges with the outcome of a login.
 *
 * @param outcome the outcome of the login
 * @param bridge the bridge for which the login was started
 * @param other the user's existing login, {@code null} if the outcome refers to none or it is disabled
 */
@NonNullByDefault
record OutcomeBanner(
        Outcome outcome, MonzoConnection bridge, @Nullable MonzoConnection other) {

    /** Creates the banner of an outcome, empty if its bridge is not active or has since changed. */
    static Optional<OutcomeBanner> of(LoginAttempts.Ended ended, ConnectionRegistry bridges) {
        MonzoConnection bridge = bridges.connection(ended.bridge().getAsString());
        return bridge == null
                ? Optional.empty()
                : Optional.of(new OutcomeBanner(ended.outcome(), bridge, bridges.connection(ended.other())))
                        .filter(banner -> !banner.isOutdated());
    }

    /** Returns the phase of the login for which the tokens were stored. */
    private LoginPhase phase() {
        MonzoConnection other = this.other;
        return LoginPhase.of(other == null ? bridge : other);
    }

    /** Returns whether the login has been approved in the meantime. */
    boolean isConnected() {
        return outcome == Outcome.APPROVE && phase() == LoginPhase.CONNECTED;
    }

    /** Returns whether a login that was to be approved has ended, or is approved and not the one that was meant. */
    private boolean isOutdated() {
        return outcome.asksForApproval()
                && switch (phase()) {
                    case LOGGED_OUT, BROKEN, APPROVAL_WITHDRAWN -> !isOfDisabledLogin();
                    case CONNECTED -> outcome == Outcome.HANDED_OVER && !isOfDisabledLogin();
                    default -> false;
                };
    }

    private boolean isOfDisabledLogin() {
        return outcome == Outcome.HANDED_OVER && other == null;
    }

    /** Returns the delay until the banner may be outdated, empty if never. */
    Optional<Duration> refreshAfter() {
        return outcome.asksForApproval() && !isConnected() && !isOfDisabledLogin()
                ? LoginPhase.AWAITING_APPROVAL.reloadAfter()
                : Optional.empty();
    }

    /** Returns the style: good, todo or bad. */
    String kind() {
        return isConnected() ? "good" : outcome.asksForApproval() ? "todo" : "bad";
    }

    /** Returns the name in the keys of its texts. */
    String key() {
        return isConnected() ? "connected" : outcome.key();
    }
}
