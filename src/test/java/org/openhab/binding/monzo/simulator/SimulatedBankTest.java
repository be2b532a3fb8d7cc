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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openhab.binding.monzo.simulator.Behaviour.WhoamiBeforeApproval;

/** Tests the simulated bank with the JDK's HTTP client, independent of the binding. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SimulatedBankTest {
    private static final String CLIENT = "oauth2client_1";
    private static final String SECRET = "s3cret";
    private static final String REDIRECT = "http://openhab.example:8080/connectmonzo/callback";
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(10);

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SimulatedBank bank = SimulatedBank.start(0, clock);
    private final HttpClient http = newHttpClient();
    private Customer alice;
    private Customer bob;

    @BeforeEach
    void fillBank() {
        bank.addClient(CLIENT, SECRET, REDIRECT);
        alice = bank.addCustomer("Alice Example");
        bob = bank.addCustomer("Bob <Sample>");
    }

    @AfterEach
    void closeBank() {
        bank.close();
    }

    @Nested
    class AuthorizePage {

        @Test
        void sendsThePersonBackWithCodeAndState() {
            URI back = bank.logIn(authorizeUrl(REDIRECT, "st&te"), alice);
            assertThat(back.toString(), startsWith(REDIRECT + "?code="));
            assertEquals("st&te", parameters(back).get("state"));
            assertThat(bank.issuedSecrets(), contains(parameters(back).get("code")));
        }

        @Test
        void sendsThePersonBackWithoutCodeWhenDenied() {
            URI back = bank.deny(authorizeUrl(REDIRECT, "state"));
            assertEquals(Map.of("error", "access_denied", "state", "state"), parameters(back));
            assertThat(bank.issuedSecrets(), empty());
        }

        @Test
        void refusesARedirectUrlThatIsNotRegistered() throws Exception {
            HttpResponse<String> page = get(authorizeUrl(REDIRECT + "/\"><script>", "state"), null);
            assertEquals(400, page.statusCode());
            assertThat(page.body(), not(containsString("<script>")));
            assertThrows(IllegalStateException.class, () -> bank.logIn(authorizeUrl(REDIRECT + "/", "state"), alice));
        }

        @Test
        void acceptsAnyWebAddressFromAClientThatRegisteredNone() throws Exception {
            bank.addClient(CLIENT, SECRET);
            assertThat(
                    bank.logIn(authorizeUrl("https://elsewhere.example/?a=b", "state"), alice)
                            .toString(),
                    startsWith("https://elsewhere.example/?a=b&code="));
            assertEquals(
                    400, get(authorizeUrl("javascript:alert(1)", "state"), null).statusCode());
        }

        @Test
        void refusesAnUnknownClientAndAnUnknownResponseType() throws Exception {
            assertEquals(400, get(bank.url() + "/", null).statusCode());
            String noCode = authorizeUrl(REDIRECT, "state").replace("response_type=code", "response_type=token");
            assertEquals(400, get(noCode, null).statusCode());
        }

        @Test
        void namesEverybodyWhoBanksHere() throws Exception {
            String page = get(authorizeUrl(REDIRECT, "state"), null).body();
            assertThat(page, containsString("Bob &lt;Sample&gt;: <b>bob@example.com</b>"));
            assertThat(page, containsString("Alice Example: <b>alice@example.com</b>"));
            assertThat(page, containsString("name=\"viewport\""));
            assertEquals("alice2@example.com", bank.addCustomer("Alice Other").email());
        }

        @Test
        void mailsALinkThatWorksOnce() throws Exception {
            HttpResponse<String> mailed = post(
                    authorizeUrl(REDIRECT, "state").substring(bank.url().length()),
                    Map.of("email", " Bob@example.com "));
            assertEquals(200, mailed.statusCode());
            assertThat(mailed.body(), containsString("We have mailed you a link"));
            assertThat(mailed.body(), containsString("href=\"/mail?to=bob%40example.com\""));

            String mail = get(bank.url() + "/mail?to=bob%40example.com", null).body();
            assertThat(mail, containsString("Hello Bob"));
            String link = bank.url() + mail.replaceFirst("(?s).*href=\"(/login/[^\"]+)\".*", "$1");
            assertThat(get(link, null).headers().firstValue("Location").orElseThrow(), startsWith(REDIRECT + "?code="));
            HttpResponse<String> again = get(link, null);
            assertEquals(400, again.statusCode());
            assertThat(again.body(), containsString("This link was used before."));
            assertEquals(1, bank.issuedSecrets().size());
            assertThat(get(bank.url() + "/mail", null).body(), containsString("This link was used."));
        }

        @Test
        void mailsNobodyElse() throws Exception {
            HttpResponse<String> unknown = post(
                    authorizeUrl(REDIRECT, "state").substring(bank.url().length()), Map.of("email", "<b>@example.com"));
            assertEquals(400, unknown.statusCode());
            assertThat(unknown.body(), containsString("Nobody banks here as &lt;b&gt;@example.com"));

            bank.logIn(authorizeUrl(REDIRECT, "state"), alice);
            String bobs = get(bank.url() + "/mail?to=bob%40example.com", null).body();
            assertThat(bobs, containsString("No mail yet."));
            assertThat(get(bank.url() + "/mail", null).body(), containsString("to alice@example.com"));
        }
    }

    @Nested
    class Tokens {

        @Test
        void haveTheDocumentedForm() throws Exception {
            JsonObject tokens = logIn(alice);
            assertEquals(
                    Set.of("access_token", "client_id", "expires_in", "refresh_token", "token_type", "user_id"),
                    keys(tokens));
            assertEquals(21_600, tokens.get("expires_in").getAsInt());
            assertEquals("Bearer", text(tokens, "token_type"));
            assertEquals(alice.userId(), text(tokens, "user_id"));
            assertThat(bank.issuedSecrets(), hasItems(access(tokens), text(tokens, "refresh_token")));
            assertEquals(access(tokens), bank.currentAccessToken(alice).orElseThrow());
        }

        @Test
        void haveNoRefreshTokenForANonConfidentialClient() throws Exception {
            bank.addNonConfidentialClient(CLIENT, SECRET, REDIRECT);
            assertFalse(logIn(alice).has("refresh_token"));
        }

        @Test
        void rotateOnRefreshAndTheOldOnesEnd() throws Exception {
            JsonObject first = logIn(alice);
            JsonObject second = json(refresh(first), 200);
            assertNotEquals(access(first), access(second));
            assertNotEquals(text(first, "refresh_token"), text(second, "refresh_token"));
            assertCode("unauthorized.bad_access_token.evicted", 401, api("/ping/whoami", first));
            assertCode("unauthorized.bad_refresh_token", 401, refresh(first));
            assertEquals(200, api("/ping/whoami", second).statusCode());
            assertEquals(200, refresh(second).statusCode());
        }

        @Test
        void areEvictedByASecondLogin() throws Exception {
            JsonObject first = logIn(alice);
            JsonObject second = logIn(alice);
            assertCode("unauthorized.bad_access_token.evicted", 401, api("/ping/whoami", first));
            assertCode("unauthorized.bad_refresh_token.evicted", 401, refresh(first));
            assertEquals(200, api("/ping/whoami", second).statusCode());
        }

        @Test
        void ofAnotherPersonOrClientAreNotEvicted() throws Exception {
            JsonObject tokens = logIn(alice);
            logIn(bob);
            bank.addClient("oauth2client_2", SECRET);
            json(exchange(Map.of("client_id", "oauth2client_2"), code(alice, "oauth2client_2")), 200);
            assertEquals(200, api("/ping/whoami", tokens).statusCode());
            assertEquals(200, refresh(tokens).statusCode());
        }

        @Test
        void areEvictedByTheHook() throws Exception {
            JsonObject tokens = logIn(alice);
            bank.evict(alice);
            assertCode("unauthorized.bad_access_token.evicted", 401, api("/accounts", tokens));
            assertCode("unauthorized.bad_refresh_token.evicted", 401, refresh(tokens));
        }

        @Test
        void expireByTheBanksClock() throws Exception {
            bank.expiresIn(Duration.ofMinutes(5));
            JsonObject tokens = logIn(alice);
            clock.advance(Duration.ofSeconds(299));
            assertEquals(200, api("/ping/whoami", tokens).statusCode());
            clock.advance(Duration.ofSeconds(1));
            HttpResponse<String> expired = api("/ping/whoami", tokens);
            assertCode("unauthorized.bad_access_token.expired", 401, expired);
            assertEquals("invalid_token", text(json(expired, 401), "error"));
            assertEquals(200, refresh(tokens).statusCode());
        }

        @Test
        void expireByTheHook() throws Exception {
            JsonObject tokens = logIn(alice);
            bank.expireAccessTokens();
            assertCode("unauthorized.bad_access_token.expired", 401, api("/ping/whoami", tokens));
            assertEquals(200, refresh(tokens).statusCode());
        }

        @Test
        void needTheClientsSecret() throws Exception {
            JsonObject tokens = logIn(alice);
            String refreshToken = text(tokens, "refresh_token");
            assertCode(
                    "unauthorized.bad_client",
                    401,
                    postForm(Map.of(
                            "grant_type",
                            "refresh_token",
                            "client_id",
                            CLIENT,
                            "client_secret",
                            "wrong",
                            "refresh_token",
                            refreshToken)));
            assertCode(
                    "unauthorized.bad_client",
                    401,
                    postForm(
                            Map.of("grant_type", "refresh_token", "client_id", CLIENT, "refresh_token", refreshToken)));
            assertEquals(200, refresh(tokens).statusCode(), "a refused client costs no refresh token");
        }

        @Test
        void areGivenForACodeOnce() throws Exception {
            String code = code(alice, CLIENT);
            assertEquals(200, exchange(Map.of(), code).statusCode());
            assertEquals(401, exchange(Map.of(), code).statusCode());
        }

        @Test
        void areNotGivenForACodeOfAnotherRedirectUrlOrOfAge() throws Exception {
            String code = code(alice, CLIENT);
            assertEquals(
                    401, exchange(Map.of("redirect_uri", REDIRECT + "/"), code).statusCode());
            clock.advance(Duration.ofMinutes(10));
            assertEquals(401, exchange(Map.of(), code).statusCode());
        }

        @Test
        void areAskedForWithAForm() throws Exception {
            HttpRequest asJson = HttpRequest.newBuilder(URI.create(bank.url() + "/oauth2/token"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"grant_type\":\"refresh_token\"}"))
                    .build();
            assertEquals(400, send(asJson).statusCode());
            assertEquals(400, postForm(Map.of("grant_type", "password")).statusCode());
            assertEquals(405, get(bank.url() + "/oauth2/token", null).statusCode());
        }

        @Test
        void endWithTheLogout() throws Exception {
            JsonObject tokens = logIn(alice);
            HttpRequest logout = HttpRequest.newBuilder(URI.create(bank.url() + "/oauth2/logout"))
                    .header("Authorization", "Bearer " + access(tokens))
                    .POST(BodyPublishers.noBody())
                    .build();
            assertEquals("{\"ok\":true}", send(logout).body());
            assertCode("unauthorized.bad_access_token", 401, api("/ping/whoami", tokens));
            assertCode("unauthorized.bad_refresh_token", 401, refresh(tokens));
        }

        @Test
        void areRefusedInTheConfiguredWay() throws Exception {
            bank.behaviour().refreshRefusedStatus(400).challenges(true);
            JsonObject tokens = logIn(alice);
            refresh(tokens);
            HttpResponse<String> refused = refresh(tokens);
            assertCode("unauthorized.bad_refresh_token", 400, refused);
            assertEquals("invalid_grant", text(json(refused, 400), "error"));
            assertTrue(api("/accounts", tokens)
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .isPresent());
            bank.behaviour().challenges(false);
            assertFalse(api("/accounts", tokens)
                    .headers()
                    .firstValue("WWW-Authenticate")
                    .isPresent());
        }
    }

    @Nested
    class Approval {

        @Test
        void isNeededForMoneyAndSurvivesARefresh() throws Exception {
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
            JsonObject tokens = logIn(alice);
            HttpResponse<String> waiting = api("/balance?account_id=" + account.id(), tokens);
            assertCode("forbidden.insufficient_permissions", 403, waiting);
            JsonObject params = json(waiting, 403).getAsJsonObject("params");
            assertEquals(CLIENT, text(params, "client_id"));
            assertEquals(alice.userId(), text(params, "user_id"));

            bank.approve(alice);
            assertEquals(200, api("/accounts", tokens).statusCode());
            JsonObject refreshed = json(refresh(tokens), 200);
            assertEquals(200, api("/accounts", refreshed).statusCode());
            assertEquals(403, api("/accounts", logIn(alice)).statusCode(), "a new login needs a new approval");
        }

        @Test
        void isNotNeededForWhoamiUnlessConfigured() throws Exception {
            JsonObject tokens = logIn(alice);
            JsonObject whoami = json(api("/ping/whoami", tokens), 200);
            assertTrue(whoami.get("authenticated").getAsBoolean());
            assertEquals(alice.userId(), text(whoami, "user_id"));
            bank.behaviour().whoamiBeforeApproval(WhoamiBeforeApproval.FORBIDDEN);
            assertTrue(json(api("/ping/whoami", tokens), 403).has("params"));
            bank.behaviour().whoamiBeforeApproval(WhoamiBeforeApproval.FORBIDDEN_WITHOUT_PARAMS);
            assertFalse(json(api("/ping/whoami", tokens), 403).has("params"));
            bank.approve(alice);
            assertEquals(200, api("/ping/whoami", tokens).statusCode());
        }

        @Test
        void canBeWithdrawn() throws Exception {
            JsonObject tokens = logIn(alice);
            bank.approve(alice);
            bank.revoke(alice);
            assertEquals(403, api("/accounts", tokens).statusCode());
            assertEquals(403, api("/ping/whoami", tokens).statusCode());
            bank.approve(alice);
            assertEquals(200, api("/accounts", tokens).statusCode());
        }

        @Test
        void canBeGivenInTheApp() throws Exception {
            JsonObject tokens = logIn(alice);
            assertThat(app().body(), containsString("id=\"approve-" + alice.userId() + "\""));
            assertEquals("/app", press("approve", Map.of("user_id", alice.userId())));
            assertThat(app().body(), not(containsString("id=\"approve-")));
            assertEquals(200, api("/accounts", tokens).statusCode());
        }
    }

    @Nested
    class Shapes {
        private JsonObject tokens;

        @BeforeEach
        void logInWithApproval() throws Exception {
            bank.behaviour().approvesAtOnce(true);
            tokens = logIn(alice);
        }

        @Test
        void ofTheNewestAccount() throws Exception {
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
            JsonObject json = onlyAccount();
            assertEquals(account.id(), text(json, "id"));
            assertTrue(account.id().matches("acc_0000[A-Za-z0-9]{18}"));
            assertEquals("uk_retail", text(json, "type"));
            assertEquals("2026-03-01T12:00:00.000Z", text(json, "created"));
            assertEquals(alice.userId(), text(json, "description"));
            assertFalse(json.get("closed").getAsBoolean());
            assertEquals(account.accountNumber(), text(json, "account_number"));
            assertEquals(
                    account.iban(),
                    text(json.getAsJsonObject("payment_details").getAsJsonObject("iban"), "unformatted"));
            assertEquals("Alice Example", text(json.getAsJsonArray("owners").get(0), "preferred_name"));
        }

        @Test
        void ofTheDocumentedAccount() throws Exception {
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice).form(JsonForm.DOCS);
            assertEquals(Set.of("id", "description", "created"), keys(onlyAccount()));
            assertEquals(Set.of("balance", "total_balance", "currency", "spend_today"), keys(balance(account)));
            account.withoutSpendToday().withoutTotalBalance();
            assertEquals(Set.of("balance", "currency"), keys(balance(account)));
        }

        @Test
        void ofAnAccountRecordedIn2022() throws Exception {
            bank.openAccount("uk_prepaid", "GBP", alice)
                    .form(JsonForm.RECORDED_2022)
                    .close();
            JsonObject json = onlyAccount();
            assertTrue(json.get("closed").getAsBoolean());
            assertFalse(json.has("product_type"));
            assertFalse(json.has("account_number"));
        }

        @Test
        void ofAnUnknownAccountType() throws Exception {
            bank.openAccount("uk_time_capsule", "XTS", alice);
            assertEquals("uk_time_capsule", text(onlyAccount(), "type"));
        }

        @Test
        void ofTheBalance() throws Exception {
            BankAccount account =
                    bank.openAccount("uk_retail", "GBP", alice).balance(5_000).abroad("EUR", 1.17);
            account.addPot("Holiday", null, 2_500);
            account.spend(300);
            JsonObject json = balance(account);
            assertEquals(4_700, json.get("balance").getAsLong());
            assertEquals(7_200, json.get("total_balance").getAsLong());
            assertEquals(-300, json.get("spend_today").getAsLong());
            assertEquals("EUR", text(json, "local_currency"));
            assertEquals(-300, number(json.getAsJsonArray("local_spend").get(0), "spend_today"));
            account.spendToday(0).totalBalance(9L);
            assertEquals(0, balance(account).getAsJsonArray("local_spend").size());
            assertEquals(9, balance(account).get("total_balance").getAsLong());
        }

        @Test
        void ofPots() throws Exception {
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
            account.addPot("Holiday 🏖", null, 100).style("");
            account.addPot("House", 5_000L, 100).lockUntil(Instant.parse("2030-01-01T00:00:00Z"));
            account.addPot("Gone", 70L, 30).delete();
            account.addPot("Old", 70L, 30).form(JsonForm.DOCS);
            JsonArray pots = pots(account);

            JsonObject holiday = pots.get(0).getAsJsonObject();
            assertEquals("Holiday 🏖", text(holiday, "name"));
            assertEquals("", text(holiday, "style"));
            assertFalse(holiday.has("goal_amount"));
            assertTrue(holiday.get("round_up_multiplier").isJsonNull());
            assertFalse(holiday.has("locked_until"));

            JsonObject house = pots.get(1).getAsJsonObject();
            assertEquals(5_000, house.get("goal_amount").getAsLong());
            assertTrue(house.get("locked").getAsBoolean());
            assertEquals("until_date", text(house, "lock_type"));
            assertEquals("2030-01-01T00:00:00Z", text(house, "locked_until"));

            JsonObject gone = pots.get(2).getAsJsonObject();
            assertTrue(gone.get("deleted").getAsBoolean());
            assertEquals(0, gone.get("balance").getAsLong());
            assertEquals(30, account.balance());

            assertEquals(
                    Set.of("id", "name", "style", "balance", "currency", "created", "updated", "deleted"),
                    keys(pots.get(3).getAsJsonObject()));
        }

        @Test
        void ofAJointAccountAreTheSameForBoth() throws Exception {
            BankAccount joint = bank.openAccount("uk_retail_joint", "GBP", alice, bob);
            joint.addPot("Bills", null, 100);
            JsonObject bobs = logIn(bob);
            assertEquals(api("/accounts", tokens).body(), api("/accounts", bobs).body());
            String pots = "/pots?current_account_id=" + joint.id();
            assertEquals(api(pots, tokens).body(), api(pots, bobs).body());
        }

        @Test
        void canBeFilteredByType() throws Exception {
            bank.openAccount("uk_prepaid", "GBP", alice);
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice);
            JsonArray accounts =
                    json(api("/accounts?account_type=uk_retail", tokens), 200).getAsJsonArray("accounts");
            assertEquals(1, accounts.size());
            assertEquals(account.id(), text(accounts.get(0), "id"));
        }

        @Test
        void ofOtherPeoplesAccountsAreNotShown() throws Exception {
            BankAccount bobs = bank.openAccount("uk_retail", "GBP", bob);
            BankAccount flex =
                    bank.openAccount("uk_monzo_flex_backing_loan", "GBP", alice).forbid(Endpoint.POTS);
            assertCode("not_found", 404, api("/balance?account_id=" + bobs.id(), tokens));
            assertCode("not_found", 404, api("/pots?current_account_id=acc_1", tokens));
            assertEquals(400, api("/pots", tokens).statusCode());
            assertCode("forbidden.insufficient_permissions", 403, api("/pots?current_account_id=" + flex.id(), tokens));
            assertEquals(200, api("/balance?account_id=" + flex.id(), tokens).statusCode());
            assertEquals(404, api("/nothing", tokens).statusCode());
        }

        private JsonObject onlyAccount() throws Exception {
            JsonArray accounts = json(api("/accounts", tokens), 200).getAsJsonArray("accounts");
            assertEquals(1, accounts.size());
            return accounts.get(0).getAsJsonObject();
        }

        private JsonObject balance(BankAccount account) throws Exception {
            return json(api("/balance?account_id=" + account.id(), tokens), 200);
        }

        private JsonArray pots(BankAccount account) throws Exception {
            return json(api("/pots?current_account_id=" + account.id(), tokens), 200)
                    .getAsJsonArray("pots");
        }
    }

    @Nested
    class App {

        @Test
        void movesMoney() throws Exception {
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice).balance(10_000);
            BankPot pot = account.addPot("Holiday <b>", 5_000L, 0);
            String page = app().body();
            for (String form : List.of("spend-" + account.id(), "deposit-" + pot.id(), "delete-" + pot.id())) {
                assertThat(page, containsString("<form id=\"" + form + "\""));
            }
            assertThat(page, containsString("Holiday &lt;b&gt;"));

            assertEquals("/app", press("spend", Map.of("account_id", account.id(), "amount", "12.34")));
            press("deposit", Map.of("pot_id", pot.id(), "amount", "20"));
            press("withdraw", Map.of("pot_id", pot.id(), "amount", "5.50"));
            assertEquals(10_000 - 1_234 - 2_000 + 550, account.balance());
            assertEquals(-1_234, account.spendToday());
            assertEquals(1_450, pot.balance());
            press("delete", Map.of("pot_id", pot.id()));
            assertTrue(pot.isDeleted());
            assertEquals(10_000 - 1_234, account.balance());
        }

        @Test
        void usesDecimalsOfTheCurrency() throws Exception {
            BankAccount yen = bank.openAccount("uk_retail", "JPY", alice).balance(5_000);
            BankAccount dinar = bank.openAccount("uk_retail", "KWD", alice).balance(5_000);
            press("spend", Map.of("account_id", yen.id(), "amount", "12"));
            press("spend", Map.of("account_id", dinar.id(), "amount", "1.234"));
            assertEquals(4_988, yen.balance());
            assertEquals(3_766, dinar.balance());
            assertThat(app().body(), containsString("4988 JPY"));
            assertThat(app().body(), containsString("3.766 KWD"));
        }

        @Test
        void rejectsInvalidInput() throws Exception {
            BankAccount account = bank.openAccount("uk_retail", "GBP", alice).balance(5_000);
            for (String amount : List.of("-1", "0", "1.234", "<b>", "", "1e99")) {
                HttpResponse<String> refused = post("/app/spend", Map.of("account_id", account.id(), "amount", amount));
                assertEquals(400, refused.statusCode(), amount);
                assertThat(refused.body(), not(containsString("<b>")));
            }
            assertEquals(400, post("/app/spend", Map.of("amount", "1")).statusCode());
            assertEquals(5_000, account.balance());
        }

        @Test
        void showsAJointAccountOnce() throws Exception {
            BankAccount joint = bank.openAccount("uk_retail_joint", "GBP", alice, bob);
            String form = "id=\"spend-" + joint.id() + "\"";
            String page = app().body();
            assertEquals(page.indexOf(form), page.lastIndexOf(form));
        }
    }

    @Nested
    class Log {

        @Test
        void countsRequests() throws Exception {
            JsonObject tokens = logIn(alice);
            refresh(tokens);
            bank.faults().next(Endpoint.POTS, Fault.serverError());
            api("/pots?current_account_id=acc_1", tokens);
            assertEquals(2, bank.count(Endpoint.TOKEN));
            assertEquals(2, bank.count(Endpoint.AUTHORIZE));
            assertEquals(
                    List.of("authorization_code", "refresh_token"),
                    bank.requests().stream()
                            .filter(r -> r.endpoint() == Endpoint.TOKEN)
                            .map(RecordedRequest::grantType)
                            .toList());
            assertThat(
                    bank.requests(),
                    hasItem(new RecordedRequest(
                            "GET", "/pots", "current_account_id=acc_1", Endpoint.POTS, "acc_1", null)));
            assertTrue(bank.awaitCount(Endpoint.POTS, 1, AWAIT_TIMEOUT));
            assertFalse(bank.awaitCount(Endpoint.POTS, 2, Duration.ofMillis(1)));
            bank.resetCounts();
            assertThat(bank.requests(), empty());
        }
    }

    @Nested
    class Failures {

        @Test
        void areWholeReplies() throws Exception {
            assertEquals(418, struck(Fault.status(418)).statusCode());
            assertEquals("text/plain", header(struck(Fault.status(200, "hello", "text/plain")), "Content-Type"));
            assertNull(header(struck(Fault.status(502, "", null)), "Content-Type"));
            assertEquals(429, struck(Fault.tooManyRequests()).statusCode());
            assertNull(header(struck(Fault.tooManyRequests()), "Retry-After"));
            assertEquals("7", header(struck(Fault.tooManyRequests("7")), "Retry-After"));
            assertEquals(500, struck(Fault.serverError()).statusCode());
            assertThat(struck(Fault.html(200)).body(), startsWith("<html>"));
            assertEquals("", struck(Fault.emptyBody(200)).body());
            assertEquals("[]", struck(Fault.json("[]")).body());
            assertCode("unauthorized.x", 401, struck(Fault.unauthorized("unauthorized.x", false)));
            assertNull(header(struck(Fault.unauthorized("x", false)), "WWW-Authenticate"));
            assertThat(header(struck(Fault.unauthorized("x", true)), "WWW-Authenticate"), startsWith("Bearer"));
            assertCode("forbidden.insufficient_permissions", 403, struck(Fault.forbidden()));
            assertEquals("http://x.example/", header(struck(Fault.redirect("http://x.example/")), "Location"));
        }

        @Test
        void hang() throws Exception {
            bank.faults().always(Endpoint.ACCOUNTS, Fault.hang());
            HttpRequest request = HttpRequest.newBuilder(URI.create(bank.url() + "/accounts"))
                    .timeout(Duration.ofMillis(300))
                    .build();
            assertThrows(HttpTimeoutException.class, () -> send(request));
            await(() -> bank.openConnections() == 0, "the bank lets a hanging connection go when the client left");
        }

        @Test
        void endWithTheBankWhenTheyHang() throws Exception {
            bank.faults().always(Endpoint.ACCOUNTS, Fault.hang());
            List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
            // More than the bank's threads
            for (int i = 0; i < 40; i++) {
                waiting.add(http.sendAsync(
                        HttpRequest.newBuilder(URI.create(bank.url() + "/accounts"))
                                .build(),
                        BodyHandlers.ofString()));
            }
            assertTrue(bank.awaitCount(Endpoint.ACCOUNTS, 40, AWAIT_TIMEOUT));
            assertEquals(404, get(bank.url() + "/nothing", null).statusCode());
            bank.close();
            for (CompletableFuture<HttpResponse<String>> one : waiting) {
                assertThrows(Exception.class, one::get);
            }
        }

        @Test
        void haveASlowOrEndlessBody() throws Exception {
            for (Fault fault : List.of(Fault.slowBody(), Fault.endlessBody())) {
                bank.faults().always(Endpoint.ACCOUNTS, fault);
                HttpResponse<InputStream> response = newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(bank.url() + "/accounts"))
                                        .build(),
                                BodyHandlers.ofInputStream());
                assertEquals(200, response.statusCode());
                assertThat(response.headers().firstValue("Content-Type").orElseThrow(), startsWith("application/json"));
                try (InputStream body = response.body()) {
                    assertEquals("{\"accounts\":[  ", new String(body.readNBytes(15)));
                    if (fault.toString().equals("endlessBody")) {
                        assertEquals(4_000_000, body.readNBytes(4_000_000).length);
                    }
                }
                await(() -> bank.openConnections() == 0, fault + " ends when the client leaves");
            }
        }

        @Test
        void haveHalfABody() {
            IOException e = assertThrows(IOException.class, () -> struck(Fault.halfBody()));
            assertThat(e.toString(), containsString("4096"));
        }

        @Test
        void endTheConnection() {
            assertThat(causeOf(Fault.closeWithoutReply()), containsString("EOF"));
            assertThat(causeOf(Fault.reset()), containsString("Connection reset"));
        }

        @Test
        void loseAReplyButNotItsConsequences() throws Exception {
            JsonObject tokens = logIn(alice);
            bank.faults().next(Endpoint.TOKEN, Fault.lostReply());
            assertThrows(IOException.class, () -> refresh(tokens));
            assertNotEquals(access(tokens), bank.currentAccessToken(alice).orElseThrow());
            assertCode("unauthorized.bad_refresh_token", 401, refresh(tokens));
        }

        @Test
        void holdAReplyBack() throws Exception {
            JsonObject tokens = logIn(alice);
            CompletableFuture<Void> release = new CompletableFuture<>();
            bank.faults().next(Endpoint.WHOAMI, Fault.lateReply(release));
            CompletableFuture<HttpResponse<String>> reply =
                    http.sendAsync(apiRequest("/ping/whoami", access(tokens)), BodyHandlers.ofString());
            assertTrue(bank.awaitCount(Endpoint.WHOAMI, 1, AWAIT_TIMEOUT));
            assertFalse(reply.isDone());
            release.complete(null);
            assertEquals(200, reply.get().statusCode());
        }

        @Test
        void areTakenInOrder() throws Exception {
            bank.faults()
                    .always(Endpoint.BALANCE, Fault.status(500))
                    .forAccount("acc_1", Endpoint.BALANCE, Fault.status(501))
                    .next(Endpoint.BALANCE, 2, Fault.status(502))
                    .next(Endpoint.BALANCE, Fault.status(503));
            List<Integer> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                seen.add(api("/balance?account_id=acc_1", null).statusCode());
            }
            assertEquals(List.of(502, 502, 503, 501), seen);
            assertEquals(500, api("/balance?account_id=acc_2", null).statusCode());
            bank.faults().clear();
            assertEquals(401, api("/balance?account_id=acc_2", null).statusCode());
        }

        @Test
        void areRandomInTheSameWayForTheSameSeed() throws Exception {
            List<List<Integer>> runs = new ArrayList<>();
            for (int run = 0; run < 2; run++) {
                bank.faults().random(42, 0.5, List.of(Fault.status(500), Fault.status(503)), Endpoint.POTS);
                List<Integer> statuses = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    statuses.add(api("/pots", null).statusCode());
                }
                runs.add(statuses);
                assertEquals(401, api("/accounts", null).statusCode());
            }
            assertEquals(runs.get(0), runs.get(1));
            assertEquals(Set.of(401, 500, 503), new HashSet<>(runs.get(0)));
        }

        private String causeOf(Fault fault) {
            // The HTTP client wraps the socket's exception, more than once.
            Throwable cause = assertThrows(IOException.class, () -> struck(fault));
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.toString();
        }

        private HttpResponse<String> struck(Fault fault) throws Exception {
            bank.faults().always(Endpoint.ACCOUNTS, fault);
            return api("/accounts", null);
        }
    }

    @Nested
    class Life {

        @Test
        void stopsListeningAndStartsAgainOnTheSamePort() throws Exception {
            JsonObject tokens = logIn(alice);
            String url = bank.url();
            bank.stopListening();
            assertThrows(
                    ConnectException.class,
                    () -> newHttpClient()
                            .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()));
            assertEquals(0, bank.openConnections());
            bank.startListening();
            assertEquals(url, bank.url());
            assertEquals(200, api("/ping/whoami", tokens).statusCode());
        }

        @Test
        void leavesNoThread() throws Exception {
            bank.faults().always(Endpoint.ACCOUNTS, Fault.slowBody());
            HttpResponse<InputStream> open = http.send(
                    HttpRequest.newBuilder(URI.create(bank.url() + "/accounts")).build(), BodyHandlers.ofInputStream());
            assertThat(bankThreads().size(), is(lessThan(20)));
            assertTrue(bankThreads().stream().allMatch(Thread::isDaemon));
            bank.close();
            await(() -> bankThreads().isEmpty(), "all threads of the bank end");
            open.body().close();
        }

        @Test
        void hasASamplePopulation() throws Exception {
            bank.behaviour().approvesAtOnce(true);
            SampleCustomers sample = SampleCustomers.fill(bank);
            JsonArray accounts =
                    json(api("/accounts", logIn(sample.alice())), 200).getAsJsonArray("accounts");
            assertEquals(bank.accounts(sample.alice()).size(), accounts.size());
            assertTrue(accounts.get(0).getAsJsonObject().get("closed").getAsBoolean());
            assertThat(sample.joint().owners(), contains(sample.alice(), sample.bob()));
            assertEquals(
                    3,
                    sample.current().pots().stream().filter(p -> !p.isDeleted()).count());
            assertEquals(200, app().statusCode());
        }

        @Test
        void givesASamplePopulationTheSameIdsEveryTime() {
            try (SimulatedBank one = SimulatedBank.start();
                    SimulatedBank other = SimulatedBank.start()) {
                SampleCustomers first = SampleCustomers.fill(one);
                SampleCustomers second = SampleCustomers.fill(other);
                assertEquals(first.current().id(), second.current().id());
                assertEquals(first.holiday().id(), second.holiday().id());
            }
        }

        private Set<Thread> bankThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(t -> t.getName().startsWith("bank"))
                    .collect(Collectors.toSet());
        }
    }

    private static HttpClient newHttpClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private String authorizeUrl(String redirectUri, String state) {
        return authorizeUrl(CLIENT, redirectUri, state);
    }

    private String authorizeUrl(String clientId, String redirectUri, String state) {
        return bank.url() + "/?client_id=" + clientId + "&redirect_uri=" + Form.encode(redirectUri)
                + "&response_type=code&state=" + Form.encode(state);
    }

    private String code(Customer who, String clientId) {
        return parameters(bank.logIn(authorizeUrl(clientId, REDIRECT, "state"), who))
                .get("code");
    }

    private JsonObject logIn(Customer who) throws Exception {
        return json(exchange(Map.of(), code(who, CLIENT)), 200);
    }

    private HttpResponse<String> exchange(Map<String, String> other, String code) throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "redirect_uri", REDIRECT,
                "code", code));
        form.putAll(other);
        return postForm(form);
    }

    private HttpResponse<String> refresh(JsonObject tokens) throws Exception {
        return postForm(Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                CLIENT,
                "client_secret",
                SECRET,
                "refresh_token",
                text(tokens, "refresh_token")));
    }

    private HttpResponse<String> postForm(Map<String, String> form) throws Exception {
        return post("/oauth2/token", form);
    }

    private HttpResponse<String> app() throws Exception {
        return get(bank.url() + "/app", null);
    }

    /** Submits a form of the app and returns the redirect target. */
    private String press(String action, Map<String, String> form) throws Exception {
        HttpResponse<String> response = post("/app/" + action, form);
        assertEquals(302, response.statusCode(), response.body());
        return header(response, "Location");
    }

    private HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + Form.encode(e.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Content-Type", Form.CONTENT_TYPE)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> api(String pathAndQuery, JsonObject tokens) throws Exception {
        return get(bank.url() + pathAndQuery, tokens == null ? null : access(tokens));
    }

    private HttpRequest apiRequest(String path, String token) {
        return HttpRequest.newBuilder(URI.create(bank.url() + path))
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private HttpResponse<String> get(String url, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, BodyHandlers.ofString());
    }

    private static Map<String, String> parameters(URI uri) {
        return Form.parse(uri.getRawQuery());
    }

    private static JsonObject json(HttpResponse<String> response, int status) {
        assertEquals(status, response.statusCode(), response.body());
        return new JsonParser().parse(response.body()).getAsJsonObject();
    }

    private static void assertCode(String code, int status, HttpResponse<String> response) {
        assertEquals(code, text(json(response, status), "code"));
    }

    private static String access(JsonObject tokens) {
        return text(tokens, "access_token");
    }

    private static String text(JsonElement json, String name) {
        return json.getAsJsonObject().get(name).getAsString();
    }

    private static long number(JsonElement json, String name) {
        return json.getAsJsonObject().get(name).getAsLong();
    }

    private static Set<String> keys(JsonObject json) {
        return json.entrySet().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + AWAIT_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail(what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
