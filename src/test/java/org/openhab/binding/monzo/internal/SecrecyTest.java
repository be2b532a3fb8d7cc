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
package org.openhab.binding.monzo.internal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.fixture.Browser;
import org.openhab.binding.monzo.fixture.RuleCalls;
import org.openhab.binding.monzo.internal.auth.OAuthClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.console.DiagnosticReport;
import org.openhab.binding.monzo.internal.discovery.MonzoDiscoveryService;
import org.openhab.binding.monzo.internal.handler.AccountActions;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.Account.Owner;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.model.PotTransfer;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.internal.transfer.TransferRequest;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.Payments;
import org.openhab.binding.monzo.simulator.PushAttempt;
import org.openhab.core.thing.Thing;
import org.slf4j.LoggerFactory;

/**
 * Tests that no secrets, names or amounts appear in logs (at TRACE), statuses, properties or pages during a whole login
 * with all kinds of errors.
 */
class SecrecyTest extends BindingTestBase {

    private static final String LOGGERS = "org.openhab.binding.monzo.internal";

    /** The sort code of all accounts at the simulated bank. */
    private static final String SORT_CODE = "040004";

    private final Logger logger = (Logger) LoggerFactory.getLogger(LOGGERS);
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<String> pages = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };

    @BeforeEach
    void listen() {
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.setAdditive(true);
        logger.setLevel(null);
        logger.detachAppender(appender);
    }

    @Test
    void publishesNoConfidentialData() {
        Customer alice = people.alice();
        MonzoBridgeHandler bridge = fixture.addBridge(
                "one",
                Map.of(
                        "allowFeed",
                        true,
                        "allowTransfers",
                        true,
                        "push",
                        true,
                        "webhookUrl",
                        "https://hush-home.example/notices"));
        fixture.bank.pushes().deliver("https://hush-home.example/notices", fixture.url() + "/connectmonzo/webhook");
        List<Thing> things = List.of(
                bridge.getThing(),
                fixture.addWatchedAccount(bridge, people.current().id()),
                fixture.addAccount(bridge, people.euro().id()),
                fixture.addPot(bridge, people.holiday().id()),
                fixture.addPot(bridge, people.rainyDay().id()),
                fixture.addBudget(
                        bridge,
                        "budget",
                        Map.of(
                                "limit",
                                54_321,
                                "accountIds",
                                people.current().id(),
                                "categories",
                                List.of("groceries", "eating_out", "general"),
                                "merchants",
                                List.of("corner shop", "hotel"))));
        MonzoDiscoveryService discovery = new MonzoDiscoveryService();
        discovery.setThingHandler(bridge);
        discovery.activate();
        showPages();

        // A rejected, a denied, an unknown, an expired and a successful login
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.unauthorized("unauthorized.bad_authorization_code", false));
        logIn(bridge, alice);
        show(fixture.url() + "/connectmonzo/callback?error=access_denied&state=" + begin(bridge));
        show(fixture.url() + "/connectmonzo/callback?code=stray-code&state=stray-state");
        logIn(bridge, alice);
        fixture.pass(Duration.ofSeconds(7));
        showPages();
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        discovery.startScan(null);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        showPages();
        postToFeed(things.get(1));
        payWithNotice();
        transfer(things.get(3));

        fixture.clock.advance(Duration.ofMinutes(5 * 60 + 40));
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.serverError());
        fixture.pass(Duration.ofMinutes(5));
        for (Endpoint endpoint : List.of(
                Endpoint.ACCOUNTS,
                Endpoint.BALANCE,
                Endpoint.POTS,
                Endpoint.TRANSACTIONS,
                Endpoint.TOKEN,
                Endpoint.WEBHOOKS)) {
            transact();
            for (Fault fault : confidentialResponses()) {
                fixture.bank.faults().always(endpoint, fault);
                fixture.clock.advance(Duration.ofHours(7));
                bridge.connection().poller().refreshAll();
                fixture.pass(Duration.ofSeconds(90));
                showPages();
                fixture.bank.faults().clear();
                passUntilOnline(bridge);
                assertThat(endpoint + " " + fault, BindingFixture.status(bridge), is("ONLINE"));
            }
        }
        assertThat("delivered", fixture.callback(things.get(1)).payloads(), hasSize(greaterThanOrEqualTo(24)));
        logIn(bridge, people.bob());
        fixture.bank.evict(alice);
        fixture.pass(Duration.ofMinutes(2));
        showPages();
        logIn(bridge, alice);
        fixture.bank.approve(alice);
        fixture.pass(Duration.ofMinutes(1));
        things.stream()
                .skip(1)
                .forEach(thing -> fixture.callback(thing).failStates(new IllegalStateException("a bug")));
        bridge.connection().poller().refreshAll();
        fixture.pass(Duration.ofSeconds(2));
        fixture.restart(Duration.ofHours(26));
        fixture.pass(Duration.ofMinutes(2));
        MonzoBridgeHandler after = fixture.bridgeNow("one");
        assertThat(BindingFixture.status(after), is("ONLINE"));
        fixture.edit(after.getThing(), Map.of("clientSecret", "mnzconf.wrong-secret"));
        fixture.pass(Duration.ofMinutes(1));
        logIn(after, alice);
        showPages();
        discovery.deactivate();

        things.forEach(thing -> assertThat(thing.getProperties().toString(), containsNone(bankDetails())));
        things.stream().skip(1).forEach(fixture::end);
        fixture.bank.faults().always(Endpoint.LOGOUT, confidentialResponses().get(0));
        fixture.remove(after.getThing());

        assertThat("log lines", log, hasSize(greaterThan(20)));
        assertThat(log, hasItem(containsString("unexpected error while updating")));
        assertThat(log, hasItem(containsString("older transactions than a day")));
        List<String> secrets = secrets();
        assertThat(log, everyItem(containsNone(secrets)));
        assertThat(log, everyItem(containsNone(List.of("3.21", "transfer-", "0123.45", "pot_", "acc_"))));
        assertThat(pages, everyItem(containsNone(secrets)));
        assertThat("reports of errors", reports, hasItem(containsString("last error of")));
        List<String> identifiers = List.of("monzo:", "Login of", "acc_", "pot_", "oauth2client", "http:", "127.0.0.1");
        assertThat(reports, everyItem(both(containsNone(secrets)).and(containsNone(identifiers))));
        List<String> statuses = things.stream()
                .flatMap(thing -> fixture.callback(thing).statuses().stream())
                .map(Object::toString)
                .toList();
        assertThat(statuses, everyItem(containsNone(secrets)));
    }

    /** Passes at most 20 minutes, but not at every refresh. */
    private void passUntilOnline(MonzoBridgeHandler bridge) {
        Instant end = fixture.clock.instant().plus(Duration.ofMinutes(20));
        do {
            fixture.pass(fixture.scheduler.untilNext());
        } while (!BindingFixture.status(bridge).equals("ONLINE")
                && fixture.clock.instant().isBefore(end));
    }

    /** A notice of the bank, and a forged one. */
    private void payWithNotice() {
        String url = fixture.bank.webhooks().of(people.current()).get(0).url();
        String path = url.substring(url.lastIndexOf('/') + 1);
        states.add(path);
        people.current().payments().pay(123, "hush-shop");
        fixture.browser.post(fixture.url() + "/connectmonzo/webhook/" + path, "{\"type\":\"hush-type\"}");
        fixture.browser.post(fixture.url() + "/connectmonzo/webhook/hush-path", "{}");
        BackgroundTask.until(
                "the notice", () -> fixture.bank.pushes().attempts().stream().anyMatch(PushAttempt::succeeded));
        fixture.pass(Duration.ofSeconds(3));
    }

    /** Shows messages in the feed, with every response that a careless client would log. */
    private void postToFeed(Thing account) {
        AccountActions actions = new AccountActions();
        actions.setThingHandler(fixture.childNow(account));
        for (Fault fault : confidentialResponses()) {
            fixture.bank.faults().next(Endpoint.FEED, fault);
            BackgroundTask rule = BackgroundTask.call(() -> actions.postToFeed(
                    "feed-title", "feed-text " + fault, "https://feed-picture.example/", "https://feed-link.example/"));
            BackgroundTask.until(
                    "the message waits for the pool", () -> Duration.ZERO.equals(fixture.scheduler.untilNext()));
            fixture.scheduler.runDue();
            pages.add(rule.join().toString());
        }
        assertThat(fixture.bank.count(Endpoint.FEED), is(confidentialResponses().size()));
    }

    /** Moves money into a pot and out of it, with every response that a careless client would log. */
    private void transfer(Thing pot) {
        RuleCalls rules = new RuleCalls(fixture);
        List<Fault> faults = new ArrayList<>(confidentialResponses());
        String reason = "{\"code\":\"%s\",\"message\":\"transfer-reason %s\"}";
        faults.add(Fault.status(400, reason.formatted("bad_request.transfer-code", "0123.45"), "application/json"));
        faults.add(Fault.status(403, reason.formatted("forbidden.transfer-code", "0123.45"), "application/json"));
        for (Fault fault : faults) {
            fixture.bank.faults().next(Endpoint.POT_DEPOSIT, fault).next(Endpoint.POT_WITHDRAW, 4, fault);
            pages.add(rules.deposit(pot, "3.21", "transfer-id-" + fault).message());
            pages.add(rules.withdraw(pot, "3.21", "transfer-id-" + fault).message());
            fixture.bank.faults().clear();
            fixture.pass(Duration.ofDays(1));
        }
        assertThat("transfers", fixture.bank.transfers(), hasSize(greaterThan(9)));
    }

    /** Responses with confidential data that must not be quoted. */
    private List<Fault> confidentialResponses() {
        String body = "{\"code\":\"%s\",\"message\":\"%s\",\"accounts\":\"%s\",\"access_token\":[\"%s\"]}"
                .formatted(
                        fixture.bank.currentAccessToken(people.alice()).orElse("none"),
                        people.current().accountNumber(),
                        people.alice().name(),
                        BindingFixture.CLIENT_SECRET);
        return List.of(
                Fault.status(500, body, "application/json"),
                Fault.status(429, body, "application/json"),
                Fault.status(418, body, "application/json"),
                Fault.status(502, "<html>" + body + "</html>", "text/html"),
                Fault.json(body),
                Fault.json(body.substring(1)),
                Fault.tooManyRequests(body.replace('\n', ' ')),
                Fault.redirect(fixture.bank.url() + "/?access_token=" + BindingFixture.CLIENT_SECRET),
                Fault.halfBody(),
                Fault.reset(),
                Fault.hang());
    }

    /** Transactions of all kinds, whose names and amounts must stay secret. */
    private void transact() {
        Payments payments = people.current().payments();
        payments.pay(12_399, "Corner Shop").notes("Surprise party");
        payments.payAbroad(45_678, "Hotel Paris", 51_234, "EUR");
        payments.salary(231_087, "Discreet Employer");
        payments.createdAt(fixture.clock.instant().minus(Duration.ofHours(40)))
                .receive(34_521, "Sam Friend", "For the surgery");
    }

    private List<String> secretsOf(BankTransaction transaction) {
        return Stream.concat(
                        amount(transaction.amount()).stream(), Stream.of(transaction.id(), transaction.description()))
                .toList();
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(bankDetails());
        secrets.addAll(states);
        secrets.add("feed-");
        secrets.add("hush-");
        secrets.addAll(List.of("Corner Shop", "Hotel Paris", "Discreet Employer", "Sam Friend", "Surprise party"));
        secrets.addAll(List.of("surgery", "512.34", "54321"));
        secrets.add("stray-");
        secrets.add("access_denied");
        secrets.add("mnzconf.wrong-secret");
        for (Customer customer : fixture.bank.customers()) {
            secrets.add(customer.userId());
            secrets.addAll(List.of(customer.name().split(" ")));
            for (BankAccount account : fixture.bank.accounts(customer)) {
                secrets.addAll(amount(account.balance()));
                account.transactions().forEach(transaction -> secrets.addAll(secretsOf(transaction)));
                for (BankPot pot : account.pots()) {
                    secrets.add(pot.name());
                    secrets.addAll(amount(pot.balance()));
                }
            }
        }
        return secrets;
    }

    private List<String> bankDetails() {
        List<String> details = new ArrayList<>(fixture.bank.issuedSecrets());
        details.add(BindingFixture.CLIENT_SECRET);
        for (Customer customer : fixture.bank.customers()) {
            for (BankAccount account : fixture.bank.accounts(customer)) {
                details.add(account.accountNumber());
                details.add(account.iban());
            }
        }
        details.add(SORT_CODE);
        return details;
    }

    /** The amount as written by the bank and by the binding; small ones would match other numbers. */
    private static List<String> amount(long minor) {
        long size = Math.abs(minor);
        return size < 10_000
                ? List.of()
                : List.of(
                        Long.toString(size),
                        BigDecimal.valueOf(size, 2).toPlainString(),
                        String.format("%,.2f", size / 100.0));
    }

    private static org.hamcrest.Matcher<String> containsNone(List<String> secrets) {
        return not(anyOf(secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .map(secret -> containsString(secret))
                .toList()
                .toArray(org.hamcrest.Matcher[]::new)));
    }

    private String begin(MonzoBridgeHandler bridge) {
        HttpResponse<String> response = fixture.browser.get(fixture.url() + "/connectmonzo/authorize?bridge="
                + bridge.getThing().getUID());
        String state = Browser.location(response).replaceAll(".*[?&]state=([^&]+).*", "$1");
        states.add(state);
        return state;
    }

    private void logIn(MonzoBridgeHandler bridge, Customer who) {
        String callback = fixture.callbackUrl(bridge, who);
        states.add(callback.replaceAll(".*[?&]state=([^&]+).*", "$1"));
        HttpResponse<String> response = show(callback);
        if (response.statusCode() == 303) {
            show(Browser.location(response));
        }
        show(callback); // a reload
    }

    private void showPages() {
        reports.add(String.join(
                "\n",
                new DiagnosticReport(Map::of, fixture.clock)
                        .lines(List.copyOf(fixture.bridges().connections()))));
        show(fixture.url() + "/connectmonzo");
        show(fixture.url() + "/connectmonzo/nowhere");
    }

    private HttpResponse<String> show(String url) {
        HttpResponse<String> response = fixture.browser.get(URI.create(url).toString());
        pages.add(response.body() + response.headers().map());
        return response;
    }

    @Test
    void toStringHidesConfidentialData() {
        String secret = "s3cr3t";
        AccessToken token = new AccessToken(secret, Instant.EPOCH, Instant.EPOCH);
        Account account = new Account("acc_1", null, false, null, null, List.of(new Owner(secret, secret)));
        Balance balance =
                new Balance("GBP", new BigDecimal("1234.56"), new BigDecimal("1234.56"), null, BigDecimal.ONE);
        Pot pot = new Pot(
                "pot_1", secret, false, null, new BigDecimal("1234.56"), null, null, null, null, null, null, null);
        BigDecimal amount = new BigDecimal("1234.56");
        Transaction.Details details =
                new Transaction.Details(true, true, true, secret, amount, false, secret, secret, secret, Map.of());
        Transaction transaction = new Transaction(
                "tx_1", "acc_1", null, amount, null, amount, null, secret, secret, secret, secret, null, null, null,
                null, secret, false, details);
        TransactionWindow window = new TransactionWindow(Instant.EPOCH, Instant.EPOCH, List.of(transaction));
        AccountSnapshot snapshot = new AccountSnapshot(
                account, Fetched.of(balance, 1), Fetched.of(List.of(pot), 1), Fetched.of(window, 1));
        Stream.of(
                        token,
                        account,
                        balance,
                        pot,
                        details,
                        transaction,
                        window,
                        Fetched.of(balance, 1),
                        snapshot,
                        new BankSnapshot(List.of(snapshot), Set.of(), 1),
                        new OAuthClient.Settings(secret, secret, "https://api.example", "https://auth.example"),
                        new PotTransfer(
                                PotTransfer.Direction.DEPOSIT, secret, secret, new BigDecimal("1234.56"), null, secret),
                        new TransferRequest(PotTransfer.Direction.DEPOSIT, secret, true, () -> true, "1234.56", secret),
                        new TransferResult(TransferResult.Outcome.DONE, secret, new BigDecimal("1234.56")),
                        new org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse(200, secret, secret),
                        Set.of(token))
                .forEach(object -> assertThat(object.toString(), containsNone(List.of(secret, "1234.56"))));
    }
}
