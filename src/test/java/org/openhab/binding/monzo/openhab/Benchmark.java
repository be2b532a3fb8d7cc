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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankPot;
import org.openhab.binding.monzo.simulator.Customer;
import org.openhab.binding.monzo.simulator.Endpoint;

/**
 * Measures the binding in a real openHAB: threads, heap, startup time, requests, and the time that a refreshed token is
 * only in memory.
 */
public final class Benchmark {
    private static final String BINDING = "org.openhab.binding.monzo";
    private static final String BRIDGE = "monzo:bridge:bench";
    private static final int POTS_OF_EACH_ACCOUNT = 10;
    private static final int STARTS = 5;
    private static final int REFRESHES = 5;
    private static final int RENEWALS = 3;
    private static final int NOTICES = 10;
    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final Pattern THREAD = Pattern.compile("(?m)^\"(.*)\" #\\d+");
    private static final Pattern CLASS = Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +(\\S+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +(\\d+) +(\\d+)");

    private final OpenHabFixture fixture;
    private final Customer person;
    private final List<BankAccount> accounts = new ArrayList<>();
    private final List<BankPot> pots = new ArrayList<>();

    /** The total of {@code GC.class_histogram}, which collects garbage first. */
    private record Heap(long bindingObjects, long bindingBytes, long allBytes) {}

    private Benchmark(OpenHabFixture fixture) {
        this.fixture = fixture;
        person = fixture.bank().addCustomer("Bench Example");
        for (String type : List.of("uk_retail", "uk_retail_joint")) {
            BankAccount account =
                    fixture.bank().openAccount(type, "GBP", person).balance(123_456);
            accounts.add(account);
            for (int i = 0; i < POTS_OF_EACH_ACCOUNT; i++) {
                pots.add(account.addPot("Pot " + i, 100_000L, i * 1_000));
            }
        }
    }

    /**
     * Prints a table.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (OpenHabFixture fixture = OpenHabFixture.prepare("footprint")) {
            new Benchmark(fixture).measure();
        }
        System.exit(0);
    }

    private void measure() {
        OpenHab openHab = fixture.openHab();
        fixture.start();
        List<String> threadsWithout = threads();

        openHab.installBinding(Repository.bindingJar());
        fixture.awaitBinding();
        Heap without = heap();

        writeThings(accounts, pots);
        fixture.logIn(BRIDGE, person);
        awaitAllOnline(accounts, pots);
        Heap with = heap();
        List<String> threadsWith = threads();

        List<Start> starts =
                IntStream.range(0, STARTS).mapToObj(i -> restartBundle()).toList();
        Map<Endpoint, Long> requests = requestsOfRefreshes();
        List<Long> delayed = millisToStore();
        openHab.stop();
        fixture.storeWithoutDelay();
        openHab.start();
        fixture.awaitOnline(BRIDGE);
        List<Long> atOnce = millisToStore();
        List<Long> afterNotices = millisFromNoticeToState();
        long oneRequest = millisOfOneRequest();

        print("A login with 2 accounts and 20 pots, in openHAB 3.0.1 on Java " + System.getProperty("java.version"));
        print("Threads before and after", threadsWithout.size() + " and " + threadsWith.size());
        print("  threads named after the binding", countNamed(threadsWith));
        print("  difference by name", difference(threadsWithout, threadsWith));
        print(
                "Heap, objects of the binding's classes",
                with.bindingObjects() + " in " + kilobytes(with.bindingBytes()));
        print(
                "Heap, everything reachable in openHAB",
                "+" + kilobytes(with.allBytes() - without.allBytes()) + " on " + kilobytes(without.allBytes()));
        print("Bundle stopped and started, to ONLINE", sorted(starts.stream().map(Start::fromStop)) + " ms");
        print("  of which from its handler to ONLINE", sorted(starts.stream().map(Start::fromHandler)) + " ms");
        print("Requests in %d refreshes, 1 account, 3 pots".formatted(REFRESHES), requests.toString());
        print("From a payment's notice to the new state", afterNotices + " ms");
        print("  of which one request to the bank", oneRequest + " ms");
        print("From a token's renewal to the disk", delayed + " ms");
        print("  with write_delay=0", atOnce + " ms");
    }

    /**
     * Measures the time from a token refresh at the bank to the file on disk, in which a power failure loses the
     * login.
     */
    private List<Long> millisToStore() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < RENEWALS; i++) {
            String before = fixture.storedToken(BRIDGE);
            fixture.forceRenewal();
            long renewed = System.nanoTime();
            Duration took;
            String stored;
            do {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos()); // milliseconds are measured
                took = Duration.ofNanos(System.nanoTime() - renewed);
                if (took.compareTo(OpenHabFixture.AWAIT_TIMEOUT) > 0) {
                    throw new AssertionError("The renewed token is never written");
                }
                stored = fixture.storedToken(BRIDGE);
            } while (stored.isEmpty() || stored.equals(before));
            millis.add(took.toMillis());
            // Let the refresh complete before the next token refresh, so that no token expires in its first use.
            fixture.bank().resetCounts();
            awaitRefreshes(1);
        }
        return millis;
    }

    /**
     * Measures the time from a payment, of which the bank sends a notice at once, to the event of the item's new state.
     */
    private List<Long> millisFromNoticeToState() {
        BankAccount account = accounts.get(0);
        fixture.openHab()
                .writeConf(
                        "items/bench.items",
                        "Number Bench { channel=\"monzo:account:bench:%s:balance\" }".formatted(account.id()));
        String push = ", push=true, webhookUrl=\"" + fixture.connectPage() + "/webhook\"";
        // An hour, so that nothing but a notice causes a refresh.
        writeThings(
                fixture.bridgeSettings().replace("refreshInterval=10", "refreshInterval=3600") + push,
                accounts.subList(0, 1),
                pots.subList(0, 3));
        Await.until(
                "the webhook",
                OpenHabFixture.AWAIT_TIMEOUT,
                () -> !fixture.bank().webhooks().of(account).isEmpty());
        Path events = fixture.openHab().userdata().resolve("logs/events.log");
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < NOTICES; i++) {
            LockSupport.parkNanos(Duration.ofSeconds(4).toNanos()); // refreshes within two seconds are combined
            LocalDateTime paid = LocalDateTime.now();
            account.payments().pay(100, "Coffee Bar");
            String state = BigDecimal.valueOf(account.balance(), 2).toPlainString();
            Pattern change =
                    Pattern.compile("(?m)^(\\S+ \\S+) .*'Bench' changed from .* to " + Pattern.quote(state) + "$");
            LocalDateTime shown = Await.until(
                    "the new balance",
                    OpenHabFixture.AWAIT_TIMEOUT,
                    () -> {
                        Matcher line = change.matcher(Files.readString(events));
                        return line.find() ? LocalDateTime.parse(line.group(1), LOG_TIME) : LocalDateTime.MIN;
                    },
                    time -> time.isAfter(paid.minusSeconds(1)));
            millis.add(Duration.between(paid, shown).toMillis());
        }
        return sorted(millis.stream());
    }

    /** The median of requests as the binding sends them. */
    private long millisOfOneRequest() {
        HttpRequest balance = HttpRequest.newBuilder(URI.create(fixture.bank().url() + "/balance?account_id="
                        + accounts.get(0).id()))
                .header(
                        "Authorization",
                        "Bearer " + fixture.bank().currentAccessToken(person).orElseThrow())
                .build();
        HttpClient client = HttpClient.newHttpClient();
        List<Long> millis = sorted(Stream.generate(() -> {
                    long sent = System.nanoTime();
                    try {
                        client.send(balance, HttpResponse.BodyHandlers.ofString());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Duration.ofNanos(System.nanoTime() - sent).toMillis();
                })
                .limit(21));
        return millis.get(10);
    }

    private void writeThings(List<BankAccount> shownAccounts, List<BankPot> shownPots) {
        writeThings(fixture.bridgeSettings(), shownAccounts, shownPots);
    }

    private void writeThings(String settings, List<BankAccount> shownAccounts, List<BankPot> shownPots) {
        StringBuilder things = new StringBuilder();
        things.append("Bridge %s \"Bench\" [ %s ] {%n".formatted(BRIDGE, settings));
        shownAccounts.forEach(a -> things.append("Thing account %s [ accountId=\"%s\" ]%n".formatted(a.id(), a.id())));
        shownPots.forEach(p -> things.append("Thing pot %s [ potId=\"%s\" ]%n".formatted(p.id(), p.id())));
        fixture.openHab().writeConf("things/bench.things", things.append("}\n").toString());
    }

    private void awaitAllOnline(List<BankAccount> shownAccounts, List<BankPot> shownPots) {
        fixture.awaitOnline(BRIDGE);
        int expected = 1 + shownAccounts.size() + shownPots.size();
        Await.until(
                "all things to be ONLINE",
                OpenHabFixture.AWAIT_TIMEOUT,
                () -> OpenHabFixture.objects(fixture.rest().things())
                        .map(t -> t.getAsJsonObject("statusInfo").get("status").getAsString())
                        .toList(),
                s -> s.size() == expected && s.stream().allMatch("ONLINE"::equals));
    }

    /** Measures the time since the bundle was stopped and since the bridge's handler was created. */
    private record Start(long fromStop, long fromHandler) {}

    private Start restartBundle() {
        Path events = fixture.openHab().userdata().resolve("logs/events.log");
        String output = fixture.openHab().console("bundle:restart " + BINDING);
        return Await.until(
                "ONLINE after a restart of the bundle " + output,
                OpenHabFixture.AWAIT_TIMEOUT,
                () -> {
                    String log = Files.readString(events);
                    LocalDateTime stopped = last(log, "from ONLINE to UNINITIALIZED");
                    LocalDateTime made = last(log, "to INITIALIZING");
                    LocalDateTime online = last(log, "to ONLINE");
                    return new Start(
                            Duration.between(stopped, online).toMillis(),
                            Duration.between(made, online).toMillis());
                },
                start -> start.fromStop() > 0 && start.fromHandler() > 0);
    }

    private static LocalDateTime last(String log, String change) {
        Matcher line = Pattern.compile("(?m)^(\\S+ \\S+) .*'" + BRIDGE + "' changed .*" + change + "$")
                .matcher(log);
        LocalDateTime time = null;
        while (line.find()) {
            time = LocalDateTime.parse(line.group(1), LOG_TIME);
        }
        if (time == null) {
            throw new IllegalStateException("Not in the log: " + change);
        }
        return time;
    }

    private Map<Endpoint, Long> requestsOfRefreshes() {
        List<BankAccount> one = accounts.subList(0, 1);
        List<BankPot> three = pots.subList(0, 3);
        writeThings(one, three);
        awaitAllOnline(one, three);
        // The refresh in progress may still be a full one, so count from the next one.
        fixture.bank().resetCounts();
        awaitRefreshes(1);
        fixture.bank().resetCounts();
        awaitRefreshes(REFRESHES);
        return fixture.bank().requests().stream()
                .collect(Collectors.groupingBy(r -> r.endpoint(), TreeMap::new, Collectors.counting()));
    }

    /** A refresh requests the balance, but no pots while the balance shows that they are unchanged. */
    private void awaitRefreshes(int number) {
        Await.until(
                number + " refreshes",
                OpenHabFixture.AWAIT_TIMEOUT,
                () -> fixture.bank().count(Endpoint.BALANCE) >= number);
    }

    private List<String> threads() {
        List<String> names = new ArrayList<>();
        Matcher thread = THREAD.matcher(jcmd("Thread.print"));
        while (thread.find()) {
            names.add(thread.group(1).replaceAll("\\d+|@[0-9a-f]+", "N"));
        }
        return names;
    }

    private static String countNamed(List<String> threads) {
        return String.valueOf(
                threads.stream().filter(t -> t.toLowerCase().contains("monzo")).count());
    }

    private static String difference(List<String> before, List<String> after) {
        Map<String, Integer> difference = new TreeMap<>();
        after.forEach(name -> difference.merge(name, 1, Integer::sum));
        before.forEach(name -> difference.merge(name, -1, Integer::sum));
        difference.values().removeIf(count -> count == 0);
        return difference.toString();
    }

    /** Returns the lowest of three values, to exclude garbage. */
    private Heap heap() {
        List<Heap> heaps = IntStream.range(0, 3)
                .mapToObj(i -> histogram(jcmd("GC.class_histogram")))
                .toList();
        return new Heap(
                least(heaps.stream().mapToLong(Heap::bindingObjects)),
                least(heaps.stream().mapToLong(Heap::bindingBytes)),
                least(heaps.stream().mapToLong(Heap::allBytes)));
    }

    private static long least(LongStream numbers) {
        return numbers.min().orElseThrow();
    }

    private static Heap histogram(String text) {
        long objects = 0;
        long bytes = 0;
        Matcher line = CLASS.matcher(text);
        while (line.find()) {
            if (line.group(3).contains(BINDING)) {
                objects += Long.parseLong(line.group(1));
                bytes += Long.parseLong(line.group(2));
            }
        }
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new IllegalStateException("No histogram: " + text);
        }
        return new Heap(objects, bytes, Long.parseLong(total.group(2)));
    }

    private String jcmd(String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(fixture.openHab().pid()),
                            command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Long> sorted(Stream<Long> numbers) {
        return numbers.sorted().toList();
    }

    private static String kilobytes(long bytes) {
        return (bytes + 512) / 1024 + " KB";
    }

    private static void print(String heading) {
        System.out.printf("%n%s%n", heading);
    }

    private static void print(String what, String value) {
        System.out.printf("%-42s %s%n", what, value);
    }
}
