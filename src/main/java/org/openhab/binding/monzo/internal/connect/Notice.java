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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A notice of the outcome of a login, shown above the bridges.
 *
 * @param outcome the outcome of the login
 * @param bridge the bridge for which the login was started
 * @param other the user's existing login, if the outcome refers to one
 */
@NonNullByDefault
record Notice(Outcome outcome, ConnectableBridge bridge, Optional<ConnectableBridge> other) {

    /** Returns the phase of the login for which the tokens were stored. */
    private LoginPhase phase() {
        return LoginPhase.of(isHandedOver() ? other.orElse(bridge) : bridge);
    }

    private boolean isHandedOver() {
        return outcome == Outcome.HANDED_OVER;
    }

    private boolean asksForApproval() {
        return outcome == Outcome.APPROVE || isHandedOver();
    }

    /** Returns whether the login has been approved in the meantime. */
    boolean isConnected() {
        return outcome == Outcome.APPROVE && phase() == LoginPhase.CONNECTED;
    }

    /**
     * Returns whether the current status contradicts the outcome, as the page's address may be bookmarked or reopened.
     */
    boolean isContradicted() {
        if (isHandedOver() && other.isEmpty()) {
            return true; // a disabled login has no informative status
        }
        return switch (phase()) {
            case CONNECTED -> outcome != Outcome.APPROVE;
            case AWAITING_APPROVAL -> !asksForApproval();
            case LOGGED_OUT, BROKEN, APPROVAL_WITHDRAWN -> asksForApproval();
            default -> false;
        };
    }

    /** Returns the delay until the notice may be outdated, empty if never. */
    Optional<Duration> refreshAfter() {
        if (isContradicted()) {
            return Optional.of(RecentOutcomes.RECENT_PERIOD);
        }
        return asksForApproval() && !isConnected() ? LoginPhase.AWAITING_APPROVAL.reloadAfter() : Optional.empty();
    }

    /** Returns the style: good, todo or bad. */
    String kind() {
        return isConnected() ? "good" : asksForApproval() ? "todo" : "bad";
    }

    /** Returns the name in the keys of its texts. */
    String key() {
        return isConnected() ? "connected" : outcome.key();
    }

    /** Returns the query of the page's URL that shows this notice. */
    String query() {
        return "?result=" + outcome.key() + "&bridge=" + encoded(bridge)
                + other.map(named -> "&other=" + encoded(named)).orElse("");
    }

    private static String encoded(ConnectableBridge bridge) {
        return URLEncoder.encode(bridge.getThing().getUID().getAsString(), StandardCharsets.UTF_8);
    }
}
