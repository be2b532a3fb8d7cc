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

import java.util.Collection;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.core.thing.ThingUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Controller of the login pages, independent of the servlet API: starts and completes logins and lists the bridges.
 */
@NonNullByDefault
class ConnectPages {

    /** The query parameter with the key of an outcome. */
    static final String OUTCOME = "outcome";

    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;

    /** Longer than any code issued by Monzo; longer values are rejected. */
    private static final int MAX_CODE_LENGTH = 4096;

    private final Logger logger = LoggerFactory.getLogger(ConnectPages.class);

    private final ConnectionRegistry bridges;
    private final PageView view;
    private final LoginAttempts attempts;

    ConnectPages(ConnectionRegistry bridges, PageView view, LoginAttempts attempts) {
        this.bridges = bridges;
        this.view = view;
        this.attempts = attempts;
    }

    /** Returns whether a request for a path has side effects. */
    static boolean isAction(String path) {
        return path.equals("/authorize") || path.equals("/callback");
    }

    PageResponse reply(PageRequest request) {
        if (request.publicUrl() == null) {
            return outcomePage(BAD_REQUEST, request, Outcome.BAD_ADDRESS);
        }
        return switch (request.path()) {
            case "" -> PageResponse.page(200, overview(request, bridges.connections()));
            case "/" -> PageResponse.redirect(FOUND, request.root());
            case "/authorize" -> authorize(request);
            case "/callback" -> callback(request);
            default -> outcomePage(NOT_FOUND, request, Outcome.NO_PAGE);
        };
    }

    private String overview(PageRequest request, Collection<MonzoConnection> all) {
        all.forEach(MonzoConnection::expectApproval); // a user with the page open is likely to approve soon
        return view.overview(
                request,
                all,
                attempts.outcome(request.parameter(OUTCOME)).flatMap(ended -> OutcomeBanner.of(ended, bridges)));
    }

    private PageResponse authorize(PageRequest request) {
        MonzoConnection bridge = bridges.connection(request.parameter("bridge"));
        if (bridge == null || !bridge.canLogIn()) {
            return outcomePage(NOT_FOUND, request, Outcome.NO_BRIDGE);
        }
        String configured = bridge.callbackUrl();
        String redirectUrl = configured == null ? request.redirectUrl() : configured;
        String state = attempts.begin(bridge.getThing().getUID(), redirectUrl, request.address());
        try {
            return PageResponse.redirect(FOUND, bridge.authorizationUrl(redirectUrl, state));
        } catch (MonzoException e) {
            logger.debug("{}: starting a login failed: {}", bridge.getThing().getUID(), e.getMessage());
            return outcomePage(BAD_GATEWAY, request, Outcome.of(e.kind()));
        }
    }

    private PageResponse callback(PageRequest request) {
        String code = request.parameter("code");
        Optional<LoginAttempts.Pending> pending = attempts.end(request.parameter("state"));
        if (pending.isEmpty()) {
            return outcomePage(BAD_REQUEST, request, Outcome.STALE);
        }
        ThingUID uid = pending.get().bridge();
        MonzoConnection bridge = bridges.connection(uid.getAsString());
        if (bridge == null) {
            return outcomePage(NOT_FOUND, request, Outcome.NO_BRIDGE);
        }
        if (!request.parameter("error").isEmpty()) {
            // RFC 6749 section 4.1.2.1; the specific error makes no difference to the user.
            return redirectToOutcome(request, uid, Outcome.DENIED);
        }
        if (code.isEmpty() || code.length() > MAX_CODE_LENGTH) {
            return outcomePage(BAD_REQUEST, request, Outcome.STALE);
        }
        if (!attempts.tryAcquire(request.address())) {
            return redirectToOutcome(request, uid, Outcome.BUSY);
        }
        try {
            LoginResult result = bridge.logIn(code, pending.get().redirectUrl());
            return redirectToOutcome(request, uid, result);
        } catch (MonzoException e) {
            logger.debug("{}: completing a login failed: {}", uid, e.getMessage());
            return redirectToOutcome(request, uid, Outcome.of(e.kind()));
        }
    }

    private PageResponse redirectToOutcome(PageRequest request, ThingUID bridge, LoginResult result) {
        Outcome outcome = Outcome.of(result.kind());
        MonzoConnection owner = bridges.connection(result.bridgeUid()); // null if that bridge is disabled
        if (owner != null && outcome.asksForApproval()) {
            owner.loggedIn();
        }
        return redirectToOutcome(request, bridge, outcome, outcome.isOfOtherLogin() ? result.bridgeUid() : "");
    }

    private PageResponse redirectToOutcome(PageRequest request, ThingUID bridge, Outcome outcome) {
        return redirectToOutcome(request, bridge, outcome, "");
    }

    /**
     * Redirects to the page, which removes code and state from the address and prevents resubmission. The URL is
     * relative, so that request headers cannot influence it.
     */
    private PageResponse redirectToOutcome(PageRequest request, ThingUID bridge, Outcome outcome, String other) {
        String key = attempts.addOutcome(outcome, bridge, other);
        return PageResponse.redirect(SEE_OTHER, request.root() + "?" + OUTCOME + "=" + key);
    }

    private PageResponse outcomePage(int status, PageRequest request, Outcome outcome) {
        return PageResponse.page(status, view.outcome(request, outcome));
    }
}
