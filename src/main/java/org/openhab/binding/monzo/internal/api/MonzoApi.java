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
package org.openhab.binding.monzo.internal.api;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.Transaction;

/**
 * Creates the requests to Monzo's developer API. None is retried here.
 * Awaiting a response throws a {@link MonzoException} with its error, {@code NOT_PERMITTED} before the approval in the
 * Monzo app.
 */
@NonNullByDefault
public class MonzoApi {

    /**
     * A request to Monzo's API without its access token, so that it can be repeated with another token.
     */
    @FunctionalInterface
    public interface ApiRequest<T> {

        /** Sends the request without waiting for its response. */
        Pending<T> send(String accessToken);
    }

    /**
     * A webhook registered at Monzo for an account.
     *
     * @param id Monzo's ID of the webhook, empty if it did not send a usable one
     * @param url the URL that Monzo calls
     */
    public record Webhook(String id, String url) {

        /** Returns whether the webhook has an ID to delete it by. */
        public boolean canBeDeleted() {
            return !id.isEmpty();
        }

        @Override
        public String toString() {
            return "Webhook[" + id + "]"; // never log the URL, which contains a secret
        }
    }

    /** The most transactions that Monzo sends in one response. */
    public static final int MAX_TRANSACTIONS = 100;

    private static final BooleanSupplier ALWAYS = () -> true;

    private static final String LOGOUT = "/oauth2/logout";

    private final String apiUrl;
    private final HttpTransport http;
    private final Clock clock;
    private final RequestStatistics statistics;

    /** Creates the API of one bank with statistics of its own. */
    public MonzoApi(String apiUrl, HttpTransport http, Clock clock) {
        this(apiUrl, http, clock, new RequestStatistics(clock));
    }

    /**
     * Creates the API of one bank.
     *
     * @param apiUrl e.g. {@code https://api.monzo.com}, without a trailing slash
     * @param http sends the requests
     * @param clock the current time, to convert a date in {@code Retry-After} to a duration
     * @param statistics counts the requests
     */
    public MonzoApi(String apiUrl, HttpTransport http, Clock clock, RequestStatistics statistics) {
        this.apiUrl = apiUrl;
        this.http = http;
        this.clock = clock;
        this.statistics = statistics;
    }

    /** Returns the statistics of all requests of this login. */
    public RequestStatistics statistics() {
        return statistics;
    }

    /** {@code GET /accounts}: all accounts of the user, including closed ones. */
    public ApiRequest<List<Account>> accounts() {
        return get("/accounts", Map.of(), ResponseParser::accounts);
    }

    /**
     * {@code GET /balance}: the amounts of an account.
     *
     * @param accountCurrency the currency of the account, used if the response omits it
     */
    public ApiRequest<Balance> balance(String accountId, @Nullable String accountCurrency) {
        return get(
                "/balance",
                Map.of("account_id", accountId),
                response -> ResponseParser.balance(response, accountCurrency));
    }

    /**
     * {@code GET /pots}: the pots of an account, including deleted ones.
     *
     * @param accountCurrency the currency of the account, used for pots whose response omits it
     */
    public ApiRequest<List<Pot>> pots(String accountId, @Nullable String accountCurrency) {
        return get(
                "/pots",
                Map.of("current_account_id", accountId),
                response -> ResponseParser.pots(response, accountCurrency));
    }

    /** {@code GET /webhooks}: the webhooks of an account that the same client has registered. */
    public ApiRequest<List<Webhook>> webhooks(String accountId) {
        return get("/webhooks", Map.of("account_id", accountId), ResponseParser::webhooks);
    }

    /** {@code POST /webhooks}: registers a webhook; an equal one is not replaced. */
    public ApiRequest<Webhook> registerWebhook(String accountId, String url) {
        return request(
                "POST",
                "/webhooks",
                Map.of("account_id", accountId, "url", url),
                ALWAYS,
                ResponseParser::registeredWebhook);
    }

    /** {@code DELETE /webhooks/<id>}: deletes a webhook. */
    public ApiRequest<Boolean> deleteWebhook(String webhookId) {
        return command("DELETE", "/webhooks/" + webhookId);
    }

    /**
     * {@code PUT /pots/<id>/deposit} and {@code …/withdraw}: moves money between a pot and its account. Monzo moves it
     * once for any number of requests with the same ID.
     *
     * @param permitted asked just before the request is sent
     * @return the pot afterwards; awaiting it throws a {@link MonzoException} with Monzo's reason if it refused, of
     *     {@code NOT_SENT} if the request was not permitted
     */
    public ApiRequest<Pot> transfer(PotTransfer transfer, BooleanSupplier permitted) {
        boolean deposit = transfer.direction() == PotTransfer.Direction.DEPOSIT;
        Map<String, String> form = Map.of(
                deposit ? "source_account_id" : "destination_account_id",
                transfer.accountId(),
                "amount",
                String.valueOf(transfer.minorUnits()),
                "dedupe_id",
                transfer.dedupeId());
        return request(
                "PUT",
                "/pots/" + transfer.potId() + (deposit ? "/deposit" : "/withdraw"),
                form,
                permitted,
                response -> ResponseParser.pot(response, transfer.potId(), transfer.currency()));
    }

    /**
     * {@code GET /transactions}: the oldest transactions since a time.
     *
     * @param accountCurrency the account's currency, for transactions that do not state one
     * @param since includes those created at this time; Monzo refuses times more than 90 days ago
     * @param limit how many at most, up to {@link #MAX_TRANSACTIONS}
     */
    public ApiRequest<List<Transaction>> transactions(
            String accountId, @Nullable String accountCurrency, Instant since, int limit) {
        return transactionsSince(
                accountId, accountCurrency, since.truncatedTo(ChronoUnit.MILLIS).toString(), limit);
    }

    /**
     * {@code GET /transactions}: the next page after a transaction.
     *
     * @param accountCurrency the account's currency, for transactions that do not state one
     * @param id the last transaction of the page before
     * @param limit how many at most, up to {@link #MAX_TRANSACTIONS}
     */
    public ApiRequest<List<Transaction>> transactionsAfter(
            String accountId, @Nullable String accountCurrency, String id, int limit) {
        return transactionsSince(accountId, accountCurrency, id, limit);
    }

    private ApiRequest<List<Transaction>> transactionsSince(
            String accountId, @Nullable String accountCurrency, String since, int limit) {
        return get(
                "/transactions",
                Map.of("account_id", accountId, "since", since, "limit", String.valueOf(limit), "expand[]", "merchant"),
                response -> TransactionParser.transactions(response, accountId, accountCurrency));
    }

    /**
     * {@code POST /oauth2/logout}: invalidates the access token and its refresh token. Waits for the response.
     *
     * @throws MonzoException with the error of the response
     */
    public void logOut(String accessToken) throws MonzoException {
        command("POST", LOGOUT).send(accessToken).await();
    }

    /**
     * {@code POST /feed}: shows a message in the Monzo app. Monzo does not recognize a repeated one.
     *
     * @param body may be empty
     * @param url the address that a tap opens, empty for none
     * @param permitted asked just before the request is sent
     */
    public ApiRequest<JsonObject> postToFeed(
            String accountId, String title, String body, String imageUrl, String url, BooleanSupplier permitted) {
        Map<String, String> form = new HashMap<>(Map.of(
                "account_id", accountId, "type", "basic", "params[title]", title, "params[image_url]", imageUrl));
        if (!body.isEmpty()) {
            form.put("params[body]", body);
        }
        if (!url.isEmpty()) {
            form.put("url", url);
        }
        return request("POST", "/feed", form, permitted, response -> response);
    }

    private interface Parser<T> {
        T parse(JsonObject response) throws MonzoException;
    }

    private <T> ApiRequest<T> get(String path, Map<String, String> query, Parser<T> parser) {
        return request("GET", path, query, ALWAYS, parser);
    }

    private <T> ApiRequest<T> request(
            String method, String path, Map<String, String> parameters, BooleanSupplier permitted, Parser<T> parser) {
        return accessToken -> {
            Pending<HttpResponse> response =
                    http.send(new HttpRequest(method, apiUrl, path, parameters, accessToken, permitted));
            return statistics.count(
                    method + " " + path, () -> parser.parse(response.await().object(clock.instant())));
        };
    }

    /** Creates a request whose response is of no use beyond its status. */
    private ApiRequest<Boolean> command(String method, String path) {
        return accessToken -> {
            Pending<HttpResponse> response =
                    http.send(new HttpRequest(method, apiUrl, path, Map.of(), accessToken, ALWAYS));
            return statistics.count(method + " " + path, () -> isSuccess(response.await()));
        };
    }

    /** Returns true for a successful response, whatever its body. */
    private boolean isSuccess(HttpResponse response) throws MonzoException {
        if (response.status() / 100 != 2) {
            response.object(clock.instant());
        }
        return true;
    }
}
