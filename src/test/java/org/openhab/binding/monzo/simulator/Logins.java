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
package org.openhab.binding.monzo.simulator;

import com.google.gson.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clients, codes, tokens and approvals. Its methods throw an {@link ErrorResponse} to reject a request. */
final class Logins {
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    private record Code(Login login, String redirectUri, Instant expiry) {}

    private final Clock clock;
    private final Behaviour behaviour;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, OAuthClient> clients = new HashMap<>();
    private final Map<String, Code> codes = new HashMap<>();
    private final Map<String, Token> accessTokens = new HashMap<>();
    private final Map<String, Token> refreshTokens = new HashMap<>();
    /** At most one per client and customer, as at Monzo. */
    private final List<Login> current = new ArrayList<>();

    private final Set<String> secrets = new LinkedHashSet<>();

    Logins(Clock clock, Behaviour behaviour) {
        this.clock = clock;
        this.behaviour = behaviour;
    }

    synchronized void addClient(OAuthClient client) {
        clients.put(client.id(), client);
    }

    synchronized Optional<OAuthClient> client(String clientId) {
        return Optional.ofNullable(clients.get(clientId));
    }

    /** Completes the authorization page. */
    synchronized String newCode(OAuthClient client, Customer customer, String redirectUri) {
        String code = newSecret();
        Login login =
                new Login(client, customer, behaviour.approvesAtOnce() ? Login.Approval.GIVEN : Login.Approval.PENDING);
        codes.put(code, new Code(login, redirectUri, clock.instant().plus(CODE_LIFE)));
        return code;
    }

    synchronized JsonObject exchangeCode(String clientId, String secret, String code, String redirectUri) {
        OAuthClient client = authenticate(clientId, secret);
        Code known = codes.get(code);
        if (known == null
                || !known.login.client.equals(client)
                || !known.redirectUri.equals(redirectUri)
                || !clock.instant().isBefore(known.expiry)) {
            throw ErrorResponse.badCode();
        }
        codes.remove(code);
        Login login = known.login;
        current.stream().filter(login::isSameParties).forEach(l -> l.end(Token.State.EVICTED));
        current.removeIf(login::isSameParties);
        login.since = clock.instant();
        current.add(login);
        return issue(login);
    }

    synchronized JsonObject refresh(String clientId, String secret, String refreshToken) {
        OAuthClient client = authenticate(clientId, secret);
        Token token = refreshTokens.get(refreshToken);
        if (token == null || !token.login.client.equals(client)) {
            throw ErrorResponse.badRefreshToken(behaviour.refreshRefusedStatus(), "");
        }
        switch (token.state(clock.instant())) {
            case GOOD -> {
                token.end(Token.State.USED);
                token.login.access.end(Token.State.EVICTED);
                return issue(token.login);
            }
            case EVICTED -> throw ErrorResponse.badRefreshToken(behaviour.refreshRefusedStatus(), ".evicted");
            default -> throw ErrorResponse.badRefreshToken(behaviour.refreshRefusedStatus(), "");
        }
    }

    /** Returns the login of an access token, approved or not. */
    synchronized Login authenticate(String accessToken) {
        Token token = accessTokens.get(accessToken);
        if (token == null) {
            throw ErrorResponse.badAccessToken("", "Bad access token");
        }
        return switch (token.state(clock.instant())) {
            case GOOD -> token.login;
            case EXPIRED -> throw ErrorResponse.badAccessToken(".expired", "Access token has expired");
            case EVICTED ->
                throw ErrorResponse.badAccessToken(
                        ".evicted", "Access token has been evicted due to a login elsewhere");
            default -> throw ErrorResponse.badAccessToken("", "Bad access token");
        };
    }

    synchronized Login.Approval approval(Login login) {
        return login.approval;
    }

    synchronized void logOut(String accessToken) {
        Login login = authenticate(accessToken);
        login.end(Token.State.LOGGED_OUT);
        current.remove(login);
    }

    synchronized void approve(Customer customer, Login.Approval approval) {
        current.stream().filter(l -> l.belongsTo(customer)).forEach(l -> l.approval = approval);
    }

    synchronized void evict(Customer customer) {
        current.stream().filter(l -> l.belongsTo(customer)).forEach(l -> l.end(Token.State.EVICTED));
        current.removeIf(l -> l.belongsTo(customer));
    }

    synchronized void expireAccessTokens() {
        current.forEach(l -> l.access.end(Token.State.EXPIRED));
    }

    /** Returns the approvals in the app, one per client in use. */
    synchronized List<Login.Approval> approvals(Customer customer) {
        return current.stream()
                .filter(l -> l.belongsTo(customer))
                .map(l -> l.approval)
                .toList();
    }

    synchronized Optional<String> accessToken(Customer customer) {
        return current.stream()
                .filter(l -> l.belongsTo(customer))
                .map(l -> l.access.value)
                .reduce((first, second) -> second);
    }

    synchronized Optional<String> refreshToken(Customer customer) {
        return current.stream()
                .filter(l -> l.belongsTo(customer) && l.refresh != null)
                .map(l -> l.refresh.value)
                .reduce((first, second) -> second);
    }

    synchronized List<String> secrets() {
        return List.copyOf(secrets);
    }

    private OAuthClient authenticate(String clientId, String secret) {
        OAuthClient client = clients.get(clientId);
        if (client == null || !client.secret().equals(secret)) {
            throw ErrorResponse.badClient();
        }
        return client;
    }

    private JsonObject issue(Login login) {
        Duration life = behaviour.expiresIn();
        login.access = new Token(newSecret(), login, clock.instant().plus(life));
        accessTokens.put(login.access.value, login.access);
        JsonObject json = new JsonObject();
        json.addProperty("access_token", login.access.value);
        json.addProperty("client_id", login.client.id());
        json.addProperty("expires_in", life.toSeconds());
        if (login.client.confidential()) {
            login.refresh = new Token(newSecret(), login, Instant.MAX);
            refreshTokens.put(login.refresh.value, login.refresh);
            json.addProperty("refresh_token", login.refresh.value);
        }
        json.addProperty("token_type", "Bearer");
        json.addProperty("user_id", login.customer.userId());
        return json;
    }

    private String newSecret() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        secrets.add(secret);
        return secret;
    }
}
