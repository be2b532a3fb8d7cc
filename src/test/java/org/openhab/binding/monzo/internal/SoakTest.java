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
import ch.qos.logback.core.AppenderBase;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.RecordingCallback;
import org.openhab.binding.monzo.fixture.TestExtent;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.transaction.TransactionDispatcher;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.Payments;
import org.openhab.binding.monzo.simulator.SampleCustomers;
import org.openhab.binding.monzo.simulator.Webhook;
import org.openhab.core.thing.Thing;
import org.slf4j.LoggerFactory;

/**
 * Runs the binding for weeks with random faults and checks that no data is lost and no resources leak. {@code
 * -Dmonzo.soak.refreshes=100000} extends the test; {@code -Dmonzo.soak.seed=} repeats it with a printed seed.
 */
class SoakTest {

    private static final int REFRESHES = TestExtent.soak("monzo.soak.refreshes", 3000);
    private static final double FAULTY = 0.15;
    private static final String PUBLIC_URL = "https://home.example/notices";

    /** Faults without real delays that do not end a login during a token refresh. */
    private static final List<Fault> FAULTS = List.of(
            Fault.serverError(),
            Fault.status(503),
            Fault.html(502),
            Fault.html(200),
            Fault.emptyBody(200),
            Fault.json("[]"),
            Fault.json("{}"),
            Fault.json("{\"accounts\":3,\"pots\":{},\"balance\":\"1\",\"access_token\":7}"),
            Fault.tooManyRequests(),
            Fault.tooManyRequests("20"),
            Fault.tooManyRequests("tomorrow"),
            Fault.redirect("https://attacker.example/"),
            Fault.reset(),
            Fault.closeWithoutReply(),
            Fault.halfBody());

    /** Faults that would end a login at the token endpoint. */
    private static final List<Fault> DATA_FAULTS = List.of(
            Fault.forbidden(),
            Fault.status(404),
            Fault.lostReply(),
            Fault.unauthorized("unauthorized.bad_access_token.expired", true),
            Fault.unauthorized("unauthorized.bad_access_token.expired", false));

    /** Enough that not all of them are listed in every refresh. */
    private static final int MAX_LATEST = 60;

    /** How a dispatcher logs what it skips. */
    private static final Pattern SKIPPED = Pattern.compile("(\\d+) transactions skipped after a downtime");

    /** When each was created, by ID. */
    private final Map<String, Instant> transactions = new LinkedHashMap<>();
    /** Those that are not even read after an outage of more than a day and a restart. */
    private final Set<String> unread = new HashSet<>();

    private final List<String> delivered = new ArrayList<>();
    /** Those that change, the latest last. */
    private final List<BankTransaction> latest = new ArrayList<>();
    /** The category of each that was delivered, as delivered last, by ID. */
    private final Map<String, String> categories = new HashMap<>();

    private int changes;
    private final AtomicInteger skipped = new AtomicInteger();

    @TempDir
    Path folder;

    private BindingFixture fixture;
    private SampleCustomers people;
    private Thing account;
    private Thing joint;
    private Thing pot;
    private int maxJobs;
    private List<Webhook> webhooks = List.of();

    @Test
    void survivesWeeksOfFaults() {
        survivesWeeksOfFaults(REFRESHES, Map.of(), 1);
    }

    /** With notices, which arrive in threads of their own, and one job more. */
    @Test
    void survivesWeeksOfFaultsWithPush() {
        survivesWeeksOfFaults(REFRESHES / 10, Map.of("push", true, "webhookUrl", PUBLIC_URL), 2);
        // One webhook for each account, whatever happened meanwhile
        assertThat(
                webhooks.stream().map(Webhook::accountId).toList(),
                containsInAnyOrder(people.current().id(), people.joint().id()));
    }

    private void survivesWeeksOfFaults(int refreshes, Map<String, Object> settings, int maxJobs) {
        this.maxJobs = maxJobs;
        long seed = Long.getLong("monzo.soak.seed", System.nanoTime());
        Logger logger = (Logger) LoggerFactory.getLogger(TransactionDispatcher.class);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                Matcher matcher = SKIPPED.matcher(event.getFormattedMessage());
                if (matcher.find()) {
                    skipped.addAndGet(Integer.parseInt(matcher.group(1)));
                } else if (event.getFormattedMessage().contains("older transactions than a day")) {
                    Instant earliest = fixture.clock.instant().minus(Duration.ofDays(1));
                    transactions.forEach((id, created) -> {
                        if (created.isBefore(earliest) && !delivered.contains(id)) {
                            unread.add(id);
                        }
                    });
                }
            }
        };
        appender.start();
        logger.addAppender(appender);
        System.out.println(
                "Soak: -Dmonzo.soak.seed=" + seed + " -Dmonzo.soak.refreshes=" + REFRESHES + " " + settings.keySet());
        try (BindingFixture built = new BindingFixture(folder)) {
            fixture = built;
            people = SampleCustomers.fill(fixture.bank);
            MonzoBridgeHandler bridge = fixture.addBridge("alice", settings);
            account = fixture.addAccount(bridge, null);
            joint = fixture.addWatchedAccount(bridge, people.joint().id());
            pot = fixture.addPot(bridge, people.holiday().id());
            fixture.connect(bridge, people.alice());
            restart(Duration.ofMinutes(1));
            recover();
            people.current().spend(1); // the bank's threads for notices
            recover();
            Map<String, Long> threads = threads();
            int connections = fixture.bank.openConnections();

            soak(new Random(seed), refreshes);

            fixture.bank.faults().clear();
            collectDelivered();
            restart(Duration.ofMinutes(1));
            recover();
            fixture.pass(Duration.ofHours(2)); // for changes of all the latest
            assertEachTransactionDeliveredOnce(refreshes);
            webhooks = fixture.bank.webhooks().all();
            BackgroundTask.until("no more threads than " + threads, () -> total(threads()) <= total(threads));
            assertThat("connections", fixture.bank.openConnections(), is(lessThanOrEqualTo(connections + 2)));
        }
    }

    private void soak(Random random, int count) {
        fixture.bank.resetCounts();
        fixture.bank.faults().random(random.nextLong(), FAULTY, FAULTS);
        long begin = System.nanoTime();
        int renewals = 0;
        int rounds = 0;
        for (int refreshes = 0; refreshes < count; rounds++) {
            int events = random.nextInt(100);
            if (events < 2) {
                collectDelivered();
                restart(Duration.ofMinutes(random.nextInt(600)));
            } else if (events < 6) {
                fixture.clock.advance(Duration.ofMinutes(random.nextInt(600)));
            } else if (events < 10) {
                fixture.bank.expireAccessTokens();
            } else if (events < 30) {
                spend(random);
            } else if (events < 50) {
                Endpoint endpoint = List.of(Endpoint.ACCOUNTS, Endpoint.BALANCE, Endpoint.POTS)
                        .get(random.nextInt(3));
                fixture.bank.faults().next(endpoint, DATA_FAULTS.get(random.nextInt(DATA_FAULTS.size())));
            }
            transact(random);
            fixture.bank.resetCounts();
            fixture.pass(Duration.ofMinutes(1 + random.nextInt(30)));
            assertJobs();
            refreshes += fixture.bank.count(Endpoint.BALANCE);
            renewals += fixture.bank.count(Endpoint.TOKEN);
        }
        System.out.printf(
                "Soak: %d rounds, %d token calls, %d s%n",
                rounds, renewals, (System.nanoTime() - begin) / 1_000_000_000);
    }

    private void spend(Random random) {
        BankAccount spender = random.nextBoolean() ? people.current() : people.joint();
        spender.spend(1 + random.nextInt(2000));
        BankPot saver = people.holiday();
        if (random.nextBoolean()) {
            saver.deposit(1 + random.nextInt(1000));
        } else {
            saver.withdraw(1 + random.nextInt(1000));
        }
    }

    /** A few transactions of the watched account, some of which appear late. */
    private void transact(Random random) {
        int count = random.nextInt(4) == 0 ? random.nextInt(60) : 1;
        for (int i = 0; i < count; i++) {
            boolean late = random.nextInt(10) == 0;
            Instant created = fixture.clock.instant().minus(Duration.ofMinutes(late ? random.nextInt(50) : 0));
            Payments payments = people.joint().payments().createdAt(created);
            BankTransaction payment = payments.pay(1 + random.nextInt(2000), "Corner Shop");
            transactions.put(payment.id(), created);
            latest.add(payment);
        }
        latest.subList(0, Math.max(0, latest.size() - MAX_LATEST)).clear();
        for (int i = 0; i < 6; i++) {
            latest.get(random.nextInt(latest.size())).category("category_" + random.nextInt());
        }
    }

    /** Collects what was delivered since the last restart, which the next one forgets. */
    private void collectDelivered() {
        RecordingCallback callback = fixture.callback(joint);
        for (int i = 0; i < callback.payloads().size(); i++) {
            JsonObject payload =
                    new JsonParser().parse(callback.payloads().get(i)).getAsJsonObject();
            String id = payload.get("id").getAsString();
            String category = payload.get("category").getAsString();
            String former = categories.put(id, category);
            if (callback.triggers().get(i).equals("transaction")) {
                delivered.add(id);
            } else {
                changes++;
                assertThat("a change of one that was delivered", former, is(notNullValue()));
                assertThat("a change", category, is(not(former)));
            }
        }
    }

    /**
     * Compares the bank's ledger with what was delivered. Only transactions that the log counts may be missing: after
     * an outage of more than a day, or many at once during a restart.
     */
    private void assertEachTransactionDeliveredOnce(int refreshes) {
        collectDelivered();
        assertThat("nothing twice", delivered, hasSize((int)
                delivered.stream().distinct().count()));
        List<String> missing = new ArrayList<>(transactions.keySet());
        missing.removeAll(delivered);
        missing.removeAll(unread);
        assertThat("nothing missed", missing, hasSize(skipped.get()));
        for (BankTransaction transaction : latest) {
            if (delivered.contains(transaction.id())) {
                assertThat("the last change", categories.get(transaction.id()), is(transaction.category()));
            }
        }
        System.out.println("Soak: " + delivered.size() + " transactions and " + changes + " changes delivered, "
                + skipped + " skipped after downtimes");
        assertThat(changes, is(greaterThan(refreshes / 20)));
        assertThat(delivered, hasSize(greaterThan(refreshes / 20)));
    }

    private void recover() {
        fixture.pass(Duration.ofMinutes(30));
        MonzoBridgeHandler bridge = fixture.bridgeNow("alice");
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        for (Thing thing : List.of(account, joint, pot)) {
            assertThat(BindingFixture.status(thing), is("ONLINE"));
        }
        assertThat(fixture.state(account, "balance"), is(pounds(people.current().balance())));
        assertThat(fixture.state(joint, "balance"), is(pounds(people.joint().balance())));
        assertThat(fixture.state(pot, "balance"), is(pounds(people.holiday().balance())));
        assertJobs();
    }

    private void assertJobs() {
        assertThat("jobs", fixture.scheduler.waiting(), is(both(greaterThan(0)).and(lessThanOrEqualTo(maxJobs))));
    }

    private void restart(Duration downtime) {
        fixture.restart(downtime);
        fixture.bank.pushes().deliver(PUBLIC_URL, fixture.url() + "/connectmonzo/webhook");
    }

    private static String pounds(long pence) {
        return BigDecimal.valueOf(pence, 2).toPlainString();
    }

    /**
     * Returns the number of active threads by name, without idle pool threads and those of openHAB's JSON storages,
     * which end after garbage collection.
     */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Stream.of(thread.getValue()).noneMatch(frame -> isIdle(frame.getMethodName())))
                .map(thread -> thread.getKey().getName().replaceAll("[0-9a-f@]{6,}|[0-9]+", "#"))
                .filter(name -> !name.startsWith("Timer-"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    private static long total(Map<String, Long> threads) {
        return threads.values().stream().mapToLong(Long::longValue).sum();
    }

    private static boolean isIdle(String method) {
        return method.equals("idleJobPoll") || method.equals("reservedWait");
    }
}
