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
package org.openhab.binding.monzo.internal.transaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.Fuzz;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.openhab.core.thing.ThingUID;

/** Transactions that are made, changed, hidden and listed in part, while openHAB and the thing restart. */
class TransactionChangesFuzzTest {

    private static final ThingUID THING = new ThingUID("monzo:account:alice:current");
    private static final int PAGE = 20;
    private static final int MIN_FULL_PAGE = 10;

    @Test
    void deliversTheLastStateOfEachAndNoneTwice() {
        Fuzz.run("changes of transactions", random -> new Run(random).run());
    }

    /** What rules depend on. */
    private record State(BigDecimal amount, String settled, String category, String declined) {

        static State of(JsonObject payload) {
            String amount = text(payload, "amount");
            return new State(
                    amount == null ? null : new BigDecimal(amount),
                    text(payload, "settled"),
                    text(payload, "category"),
                    text(payload, "declined"));
        }

        private static String text(JsonObject payload, String name) {
            JsonElement value = payload.get(name);
            return value.isJsonNull() ? null : value.getAsString();
        }

        State changed(Random random, int edit) {
            return switch (random.nextInt(declined == null ? 4 : 3)) {
                case 0 -> new State(new BigDecimal(-edit).movePointLeft(2), settled, category, declined);
                case 1 -> new State(amount, Instant.EPOCH.plusSeconds(edit).toString(), category, declined);
                case 2 -> new State(amount, settled, "category_" + edit, declined);
                default -> new State(amount, settled, category, "OTHER");
            };
        }

        State without(Random random) {
            return new State(
                    random.nextBoolean() ? null : amount,
                    random.nextBoolean() ? null : settled,
                    random.nextBoolean() ? null : category,
                    random.nextBoolean() ? null : declined);
        }

        /** The state that rules know after another payload. */
        State next(State other) {
            return new State(
                    other.amount == null ? amount : other.amount,
                    other.settled == null ? settled : other.settled,
                    other.category == null ? category : other.category,
                    other.declined == null ? declined : other.declined);
        }
    }

    private static final class Run {

        private final Random random;
        private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
        private final CountingStorage storage = new CountingStorage();
        private final Map<String, Instant> created = new HashMap<>();
        private final Map<String, State> bank = new HashMap<>();
        private final Map<String, State> delivered = new HashMap<>();
        private LedgerStore store = newStore();
        private TransactionDispatcher dispatcher = newDispatcher();
        private boolean isOdd;
        private int edits;

        Run(Random random) {
            this.random = random;
        }

        private LedgerStore newStore() {
            return new LedgerStore(storage, () -> true, clock);
        }

        private TransactionDispatcher newDispatcher() {
            return new TransactionDispatcher(THING, "acc_1", store, clock);
        }

        void run() {
            refresh();
            int steps = 20 + random.nextInt(200);
            int longest = 1 + random.nextInt(240);
            for (int i = 0; i < steps; i++) {
                clock.advance(Duration.ofMinutes(1 + random.nextInt(longest)));
                for (int j = random.nextInt(5); j > 0; j--) {
                    pay();
                }
                for (int j = random.nextInt(4); j > 0; j--) {
                    change();
                }
                if (random.nextInt(20) == 0) {
                    store = random.nextBoolean() ? store : newStore();
                    dispatcher = newDispatcher();
                }
                isOdd = random.nextInt(3) == 0;
                Map<String, Object> stored = storage.copy();
                Map<String, State> deliveredBefore = Map.copyOf(delivered);
                refresh();
                if (random.nextInt(20) == 0) { // killed before it was stored, so that the same is delivered again
                    storage.restore(stored);
                    delivered.clear();
                    delivered.putAll(deliveredBefore);
                    store = newStore();
                    dispatcher = newDispatcher();
                }
            }
            isOdd = false;
            for (int i = 0; i < 60; i++) {
                clock.advance(Duration.ofMinutes(20));
                refresh();
            }
            Instant newest =
                    created.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
            delivered.forEach((id, state) -> {
                if (!created.get(id).isBefore(newest.minus(Duration.ofDays(8)))) {
                    assertThat(id, state, is(bank.get(id)));
                }
            });
        }

        private void pay() {
            String id = "tx_" + created.size();
            Duration late = Duration.ofMinutes(random.nextInt(10) == 0 ? random.nextInt(3 * 24 * 60) : 0);
            created.put(id, clock.instant().minus(late));
            bank.put(id, new State(new BigDecimal("-0.01"), null, "general", null));
        }

        private void change() {
            List<String> ids = new ArrayList<>(bank.keySet());
            if (!ids.isEmpty()) {
                ids.sort(Comparator.comparing(created::get));
                int back = random.nextInt(2) == 0 ? ids.size() : Math.min(ids.size(), 9);
                String id = ids.get(ids.size() - 1 - random.nextInt(back));
                bank.put(id, bank.get(id).changed(random, 2 + edits++));
            }
        }

        private void refresh() {
            TransactionWindow window = window(dispatcher.request());
            dispatcher.newest().find(window);
            dispatcher.deliver(window, Map.of(), this::onPayload);
            if (random.nextInt(5) == 0) {
                dispatcher.deliver(window, Map.of(), this::onPayload); // a thing may use a snapshot twice
            }
        }

        private void onPayload(String channel, String text) {
            JsonObject payload = new JsonParser().parse(text).getAsJsonObject();
            String id = payload.get("id").getAsString();
            State state = State.of(payload);
            State former = delivered.get(id);
            if (channel.equals("transaction")) {
                assertThat("delivered twice: " + id, former, is(nullValue()));
                delivered.put(id, state);
            } else {
                assertThat("not delivered: " + id, former, is(notNullValue()));
                State next = former.next(state);
                assertThat("no change of " + id, next, is(not(former)));
                assertThat(
                        State.text(payload, "previousAmount"),
                        is(former.amount() == null ? null : former.amount().toString()));
                assertThat(State.text(payload, "previousDeclined"), is(former.declined()));
                delivered.put(id, next);
            }
        }

        /** What the reader of transactions makes of the bank's pages, at times with errors and gaps. */
        private TransactionWindow window(TransactionWindow.Request request) {
            List<Transaction> latest = listed(request.since());
            boolean isComplete = !isOdd || random.nextInt(4) > 0;
            if (!isComplete) {
                latest = latest.subList(0, random.nextInt(latest.size() + 1));
            }
            Instant readTo = request.since();
            List<Transaction> all = new ArrayList<>();
            if (request.earliest().isBefore(request.since())) {
                List<Transaction> earlier = listed(request.earliest());
                int pages = isOdd ? random.nextInt(request.earlierPages() + 1) : request.earlierPages();
                int count = Math.min(earlier.size(), pages * PAGE);
                readTo = request.earliest();
                if (count > 0) {
                    Instant last = earlier.get(count - 1).created();
                    readTo = !last.isBefore(request.since()) || count == earlier.size() && count % PAGE < MIN_FULL_PAGE
                            ? request.since()
                            : last;
                } else if (pages > 0) {
                    readTo = request.since();
                }
                all.addAll(earlier.subList(0, count));
            }
            List<Transaction> latestListed = latest;
            all.removeIf(transaction ->
                    latestListed.stream().anyMatch(other -> other.id().equals(transaction.id())));
            all.addAll(latest);
            return new TransactionWindow(request.since(), isComplete, request.earliest(), readTo, all);
        }

        private List<Transaction> listed(Instant since) {
            return created.entrySet().stream()
                    .filter(entry -> !entry.getValue().isBefore(since))
                    .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .filter(entry -> !isOdd || random.nextInt(10) > 0)
                    .map(entry -> transaction(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private Transaction transaction(String id, Instant time) {
            State state = isOdd && random.nextInt(5) == 0 ? bank.get(id).without(random) : bank.get(id);
            return new Transaction(
                    id,
                    "acc_1",
                    time,
                    state.amount(),
                    "GBP",
                    state.amount(),
                    "GBP",
                    "SHOP",
                    "Shop",
                    null,
                    state.category(),
                    state.settled(),
                    "mastercard",
                    null,
                    state.declined(),
                    null,
                    false,
                    Transaction.Details.NONE);
        }
    }
}
