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
 * Says how a login ended, above the bridge it was for.
 *
 * @param outcome how it ended
 * @param bridge whose login it was to be
 * @param other the login that the person has already, of an outcome that names it
 */
@NonNullByDefault
record Notice(Outcome outcome, ConnectableBridge bridge, Optional<ConnectableBridge> other) {

    /** How far the login is that the tokens were stored for. */
    private LoginPhase phase() {
        return LoginPhase.of((isHandedOver() ? other.orElse(bridge) : bridge).getThing());
    }

    private boolean isHandedOver() {
        return outcome == Outcome.HANDED_OVER;
    }

    private boolean asksForApproval() {
        return outcome == Outcome.APPROVE || isHandedOver();
    }

    /** Whether the login was approved since, so that all is well. */
    boolean isConnected() {
        return outcome == Outcome.APPROVE && phase() == LoginPhase.CONNECTED;
    }

    /** Whether the status says something else by now: an address may be kept, and opened again. */
    boolean isContradicted() {
        if (isHandedOver() && other.isEmpty()) {
            return true; // a disabled login has no status to tell
        }
        return switch (phase()) {
            case CONNECTED -> outcome != Outcome.APPROVE;
            case AWAITING_APPROVAL -> !asksForApproval();
            case LOGGED_OUT, BROKEN, APPROVAL_WITHDRAWN -> asksForApproval();
            default -> false;
        };
    }

    /** How soon it may be out of date, empty if never. */
    Optional<Duration> follow() {
        if (isContradicted()) {
            return Optional.of(RecentOutcomes.NEWS);
        }
        return asksForApproval() && !isConnected() ? Optional.of(PageView.FOLLOW) : Optional.empty();
    }

    /** The style: good, todo or bad. */
    String kind() {
        return isConnected() ? "good" : asksForApproval() ? "todo" : "bad";
    }

    /** What stands for it in the keys of its texts. */
    String word() {
        return isConnected() ? "connected" : outcome.word();
    }

    /** What shows it in the address of the page. */
    String query() {
        return "?result=" + outcome.word() + "&bridge=" + encoded(bridge)
                + other.map(named -> "&other=" + encoded(named)).orElse("");
    }

    private static String encoded(ConnectableBridge bridge) {
        return URLEncoder.encode(bridge.getThing().getUID().getAsString(), StandardCharsets.UTF_8);
    }
}
