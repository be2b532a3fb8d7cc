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
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;

/**
 * The banner above the bridges with the outcome of a login.
 *
 * @param outcome the outcome of the login
 * @param bridge the bridge for which the login was started
 * @param other the user's existing login, if the outcome refers to one
 */
@NonNullByDefault
record OutcomeBanner(Outcome outcome, MonzoConnection bridge, Optional<MonzoConnection> other) {

    /** Creates the banner of an outcome, empty if its bridge is not active or has since changed. */
    static Optional<OutcomeBanner> of(LoginAttempts.Ended ended, Collection<MonzoConnection> bridges) {
        return find(bridges, ended.bridge().getAsString())
                .map(bridge -> new OutcomeBanner(ended.outcome(), bridge, find(bridges, ended.other())))
                .filter(banner -> !banner.isOutdated());
    }

    private static Optional<MonzoConnection> find(Collection<MonzoConnection> bridges, String uid) {
        return bridges.stream()
                .filter(bridge -> bridge.getThing().getUID().getAsString().equals(uid))
                .findFirst();
    }

    /** Returns the phase of the login for which the tokens were stored. */
    private LoginPhase phase() {
        return LoginPhase.of(other.orElse(bridge));
    }

    private boolean asksForApproval() {
        return outcome == Outcome.APPROVE || outcome == Outcome.HANDED_OVER;
    }

    /** Returns whether the outcome refers to another login, which may be disabled. */
    boolean isOfOtherLogin() {
        return outcome == Outcome.HANDED_OVER || outcome == Outcome.PERSON_HAS_LOGIN;
    }

    /** Returns whether the login has been approved in the meantime. */
    boolean isConnected() {
        return outcome == Outcome.APPROVE && phase() == LoginPhase.CONNECTED;
    }

    /** Returns whether a login that was to be approved has ended, or is approved and not the one that was meant. */
    private boolean isOutdated() {
        return asksForApproval()
                && switch (phase()) {
                    case LOGGED_OUT, BROKEN, APPROVAL_WITHDRAWN -> !isOfDisabledLogin();
                    case CONNECTED -> outcome == Outcome.HANDED_OVER && !isOfDisabledLogin();
                    default -> false;
                };
    }

    private boolean isOfDisabledLogin() {
        return outcome == Outcome.HANDED_OVER && other.isEmpty();
    }

    /** Returns the delay until the banner may be outdated, empty if never. */
    Optional<Duration> refreshAfter() {
        return asksForApproval() && !isConnected() && !isOfDisabledLogin()
                ? LoginPhase.AWAITING_APPROVAL.reloadAfter()
                : Optional.empty();
    }

    /** Returns the style: good, todo or bad. */
    String kind() {
        return isConnected() ? "good" : asksForApproval() ? "todo" : "bad";
    }

    /** Returns the name in the keys of its texts. */
    String key() {
        return isConnected() ? "connected" : outcome.key();
    }
}
