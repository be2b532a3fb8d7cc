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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONNECT_PATH;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
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
        all.forEach(bridge -> bridge.poller().expectApproval()); // a user with the page open is likely to approve soon
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
        return PageResponse.redirect(FOUND, bridge.authorizationUrl(redirectUrl, state));
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

    /**
     * A request for a page, independent of the servlet API.
     *
     * @param path the path below {@code /connectmonzo}, empty for the main page
     * @param parameters the query parameters, the first value of each
     * @param publicUrl openHAB's URL as seen by the browser, {@code null} if invalid
     * @param locale the browser's locale
     * @param address the network address of the browser or its proxy
     */
    record PageRequest(
            String path,
            Map<String, String> parameters,
            @Nullable String publicUrl,
            Locale locale,
            String address) {

        private static final Pattern LOCAL = Pattern.compile(
                "https?://(localhost|[^/:]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1])\\.?(:|/|$)",
                Pattern.CASE_INSENSITIVE);

        /**
         * Returns the URL of the main page, relative to this request's path so that it works behind a proxy that adds a
         * prefix.
         */
        String root() {
            return up() + CONNECT_PATH.substring(1);
        }

        /** Returns the URL of another page of this openHAB, relative to this request's path. */
        String openHabPage(String page) {
            return "./" + up() + page;
        }

        private String up() {
            long depth = path.chars().filter(c -> c == '/').count();
            return "../".repeat((int) depth);
        }

        /** Returns the default redirect URL, used unless a bridge is configured with another one. */
        String redirectUrl() {
            return publicUrl + CONNECT_PATH + "/callback";
        }

        /** Returns whether the browser reaches openHAB by an address that means only the computer it runs on. */
        boolean isLocal() {
            return publicUrl != null && LOCAL.matcher(publicUrl).lookingAt();
        }

        /** Returns a parameter, empty if it is missing. */
        String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return "PageRequest[" + path + "]"; // never log code and state
        }
    }

    /**
     * A response to a browser.
     *
     * @param status the HTTP status code
     * @param location the redirect target, {@code null} for none
     * @param html the page, empty for a redirect
     */
    record PageResponse(int status, @Nullable String location, String html) {

        static PageResponse redirect(int status, String location) {
            return new PageResponse(status, location, "");
        }

        static PageResponse page(int status, String html) {
            return new PageResponse(status, null, html);
        }

        @Override
        public String toString() {
            return "PageResponse[" + status + "]"; // the redirect to Monzo contains the state
        }
    }
}
