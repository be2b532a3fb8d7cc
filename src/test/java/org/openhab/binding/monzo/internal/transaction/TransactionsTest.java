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

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingFixtureTest;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.JsonForm;
import org.openhab.core.thing.Thing;

/** Every transaction, once, at once. */
class TransactionsTest extends BindingFixtureTest {

    private static final String STORAGE = "org.openhab.binding.monzo.transactions";
    private static final Duration A_MOMENT = Duration.ofSeconds(3);
    private static final String LOCATION = "last-transaction-location";
    private static final List<String> ADDED =
            List.of("reference", "pending", "spending", "spender", "fee", "online", "emoji", "logo", "location");
    private static final List<String> CHANNELS = List.of(
            "last-transaction-amount",
            "last-transaction-description",
            "last-transaction-category",
            "last-transaction-time");

    private MonzoBridgeHandler bridge;
    private BankAccount account;
    private BankTransaction before;
    private Thing thing;

    TransactionsTest() {
        super(Duration.ofSeconds(20)); // for a response that comes, however busy this computer is
    }

    /** A login with an account that is watched, and that had a transaction before. */
    @BeforeEach
    void connect() {
        account = people.current();
        before = account.payments()
                .createdAt(fixture.clock.instant().minus(Duration.ofHours(1)))
                .pay(1_999, "Coffee Bar");
        bridge = fixture.addBridge("alice");
        thing = fixture.addWatchedAccount(bridge, account.id());
        fixture.connect(bridge, people.alice());
        fixture.pass(A_MOMENT);
    }

    private void refresh() {
        fixture.pass(BindingFixture.INTERVAL);
    }

    /** The computer sleeps, then refreshes. */
    private void sleep(Duration time) {
        fixture.clock.advance(time);
        refresh();
    }

    private BankTransaction pay(long pence) {
        return account.payments().pay(pence, "Corner Shop");
    }

    private BankTransaction payAt(Instant created, long pence) {
        return account.payments().createdAt(created).pay(pence, "Corner Shop");
    }

    /** Many payments, while the computer sleeps. */
    private List<BankTransaction> pay(int count, Duration apart) {
        fixture.clock.advance(apart.multipliedBy(count));
        Instant first = fixture.clock.instant().minus(apart.multipliedBy(count));
        return IntStream.range(0, count)
                .mapToObj(i -> payAt(first.plus(apart.multipliedBy(i)), 100 + i))
                .toList();
    }

    private static List<String> ids(List<BankTransaction> transactions) {
        return transactions.stream().map(BankTransaction::id).toList();
    }

    private List<JsonObject> payloads(Thing of) {
        return fixture.callback(of).payloads().stream()
                .map(payload -> new JsonParser().parse(payload).getAsJsonObject())
                .toList();
    }

    /** The IDs of the transactions that a thing delivered since the last start of openHAB. */
    private List<String> delivered(Thing by) {
        return payloads(by).stream()
                .map(payload -> payload.get("id").getAsString())
                .toList();
    }

    private JsonObject payloadOf(BankTransaction transaction) {
        refresh();
        return payloads(thing).stream()
                .filter(payload -> payload.get("id").getAsString().equals(transaction.id()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> shown(Thing of) {
        return CHANNELS.stream().map(channel -> fixture.state(of, channel)).toList();
    }

    private String stored() {
        return fixture.core().stored(STORAGE);
    }

    private void store(String text) throws IOException {
        Files.writeString(folder.resolve(STORAGE + ".json"), text);
    }

    private int requests() {
        return fixture.bank.count(Endpoint.TRANSACTIONS);
    }

    @Nested
    class FirstSight {

        @Test
        void deliversNothingAndShowsTheNewest() {
            assertThat(delivered(thing), is(empty()));
            assertThat(shown(thing), contains("-19.99", "Coffee Bar", "eating_out", "2026-11-21T07:00:00.000+0000"));
            assertThat(fixture.pattern(thing, "last-transaction-amount"), is("£%,.2f"));
        }

        @Test
        void findsTheNewestHoweverOldWithinTheBanksWindow() {
            payAt(fixture.clock.instant().minus(Duration.ofDays(80)), 777);
            BankAccount quiet = people.joint();
            quiet.payments()
                    .createdAt(fixture.clock.instant().minus(Duration.ofDays(80)))
                    .receive(500, "Sam Friend", "Rent");
            Thing joint = fixture.addWatchedAccount(bridge, quiet.id());
            fixture.pass(Duration.ofSeconds(10));

            assertThat(fixture.state(joint, "last-transaction-amount"), is("5.00"));
            assertThat(delivered(joint), is(empty()));
        }

        @Test
        void showsNothingWithoutAnyAndTellsTheFirst() {
            Thing joint = fixture.addWatchedAccount(bridge, people.joint().id());
            fixture.pass(Duration.ofSeconds(10));
            assertThat(shown(joint), everyItem(is("UNDEF")));

            BankTransaction first = people.joint().payments().pay(350, "Coffee Bar");
            refresh();
            assertThat(delivered(joint), contains(first.id()));
            assertThat(fixture.state(joint, "last-transaction-amount"), is("-3.50"));
        }

        @Test
        void deliversNothingOldAfterEmptyLists() {
            BankAccount joint = people.joint();
            for (int i = 0; i < 200; i++) {
                joint.payments()
                        .createdAt(fixture.clock.instant().minus(Duration.ofHours(2 + 2 * i)))
                        .pay(100 + i, "Corner Shop");
            }
            fixture.bank.faults().next(Endpoint.TRANSACTIONS, 4, Fault.json("{\"transactions\":[]}"));
            Thing watched = fixture.addWatchedAccount(bridge, joint.id());
            fixture.pass(Duration.ofMinutes(10));
            assertThat(delivered(watched), is(empty()));

            BankTransaction next = joint.payments().pay(200, "Corner Shop");
            refresh();
            assertThat(delivered(watched), contains(next.id()));
        }

        @Test
        void deliversNothingOldWhenAClockThatWasAheadIsSetRight() {
            BankAccount joint = people.joint();
            for (int i = 0; i < 150; i++) {
                joint.payments()
                        .createdAt(fixture.clock.instant().minus(Duration.ofHours(1 + 6 * i)))
                        .pay(100 + i, "Corner Shop");
            }
            fixture.clock.advance(Duration.ofDays(100));
            Thing watched = fixture.addWatchedAccount(bridge, joint.id());
            fixture.connect(bridge, people.alice());
            fixture.pass(Duration.ofMinutes(10));
            fixture.clock.advance(Duration.ofDays(-100));
            fixture.pass(Duration.ofMinutes(10));
            assertThat(delivered(watched), is(empty()));

            BankTransaction next = joint.payments().pay(200, "Corner Shop");
            refresh();
            assertThat(delivered(watched), contains(next.id()));
        }

        @Test
        void startsAnewWithAnotherAccount() {
            people.joint().payments().pay(100, "Coffee Bar");
            fixture.edit(thing, Map.of("accountId", people.joint().id()));
            fixture.pass(A_MOMENT);
            assertThat(delivered(thing), is(empty()));
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-1.00"));

            BankTransaction next = people.joint().payments().pay(200, "Coffee Bar");
            pay(999);
            refresh();
            assertThat(delivered(thing), contains(next.id()));

            fixture.edit(thing, Map.of("accountId", account.id()));
            fixture.pass(A_MOMENT);
            assertThat("not what happened meanwhile", delivered(thing), contains(next.id()));
        }

        @Test
        void startsAnewAfterTransactionsWereOff() {
            fixture.edit(thing, Map.of("transactions", false));
            fixture.pass(A_MOMENT);
            pay(100);
            refresh();
            fixture.edit(thing, Map.of("transactions", true));
            fixture.pass(A_MOMENT);
            assertThat(delivered(thing), is(empty()));

            BankTransaction next = pay(200);
            refresh();
            assertThat(delivered(thing), contains(next.id()));
        }

        /** As when it is deleted from a file: openHAB calls no handler. */
        @Test
        void startsAnewAfterTheThingWasRemovedWithoutItsHandler() {
            fixture.forceRemoval(thing);
            for (int i = 0; i < 5; i++) {
                pay(100 + i);
                fixture.pass(Duration.ofHours(1));
            }
            thing = fixture.addWatchedAccount(bridge, account.id());
            refresh();
            assertThat(delivered(thing), is(empty()));

            BankTransaction next = pay(200);
            refresh();
            assertThat(delivered(thing), contains(next.id()));
        }

        @Test
        void worksWithoutAnAccountId() {
            Thing first = fixture.addAccount(bridge, "first", Map.of("transactions", "true"));
            fixture.pass(A_MOMENT);
            assertThat(fixture.state(first, "last-transaction-amount"), is("-19.99"));

            BankTransaction next = pay(200);
            refresh();
            assertThat(delivered(first), contains(next.id()));
        }
    }

    @Nested
    class Requests {

        @Test
        void takesOneMorePerRefresh() {
            fixture.bank.resetCounts();
            refresh();
            assertThat(requests(), is(1));
            assertThat(fixture.bank.requests(), hasSize(2));
        }

        @Test
        void takesNoneWithoutTransactions() {
            fixture.edit(thing, Map.of("transactions", false));
            fixture.pass(A_MOMENT);
            fixture.bank.resetCounts();
            refresh();
            assertThat(requests(), is(0));
            assertThat(shown(thing), everyItem(is("UNDEF")));
        }

        @Test
        void takesOneForTwoThings() {
            fixture.addAccount(bridge, "second", Map.of("accountId", account.id(), "transactions", true));
            fixture.pass(A_MOMENT);
            fixture.bank.resetCounts();
            refresh();
            assertThat(requests(), is(1));
        }

        @Test
        void stillTakesOneAfterManyTransactions() {
            pay(150, Duration.ofMinutes(10));
            refresh();
            fixture.bank.resetCounts();
            refresh();
            assertThat(requests(), is(1));
        }
    }

    @Nested
    class ExactlyOnce {

        @Test
        void deliversEachAtTheNextRefreshAndNeverAgain() {
            BankTransaction one = pay(100);
            refresh();
            assertThat(delivered(thing), contains(one.id()));

            BankTransaction two = pay(200);
            BankTransaction three = account.payments().salary(250_000, "Acme Ltd");
            refresh();
            sleep(Duration.ofHours(30));
            assertThat(delivered(thing), contains(one.id(), two.id(), three.id()));
            assertThat(fixture.callback(thing).triggers(), everyItem(is("transaction")));
        }

        @Test
        void deliversOnCommandRefresh() {
            fixture.pass(Duration.ofSeconds(10));
            BankTransaction one = pay(100);
            bridge.connection().poller().refreshAllNow();
            fixture.pass(A_MOMENT);
            assertThat(delivered(thing), contains(one.id()));
        }

        @Test
        void deliversManyAtOnceOldestFirst() {
            List<BankTransaction> many = pay(150, Duration.ofSeconds(1));
            refresh();
            assertThat(delivered(thing), is(ids(many)));
        }

        @Test
        void deliversSeveralOfTheSameTime() {
            List<BankTransaction> many = pay(250, Duration.ZERO);
            refresh();
            refresh();
            assertThat(delivered(thing), containsInAnyOrder(ids(many).toArray()));
        }

        @Test
        void deliversThoseThatArriveBetweenThePages() {
            sleep(Duration.ofHours(1));
            List<BankTransaction> many = new ArrayList<>(pay(150, Duration.ofSeconds(1)));
            fixture.bank.faults().next(Endpoint.TRANSACTIONS, Fault.changedBody(body -> {
                many.add(pay(9_999));
                many.add(0, payAt(fixture.clock.instant().minus(Duration.ofMinutes(10)), 8_888));
                return body;
            }));
            refresh();
            refresh();
            assertThat(delivered(thing), containsInAnyOrder(ids(many).toArray()));
        }

        @Test
        void deliversOneThatAppearsLate() {
            sleep(Duration.ofDays(3));
            BankTransaction now = pay(100);
            refresh();
            BankTransaction late = payAt(fixture.clock.instant().minus(Duration.ofHours(50)), 200);
            refresh();
            refresh();

            assertThat(delivered(thing), contains(now.id(), late.id()));
            assertThat(payloads(thing).get(0).get("late").getAsBoolean(), is(false));
            assertThat(payloads(thing).get(1).get("late").getAsBoolean(), is(true));
            assertThat("the newest", fixture.state(thing, "last-transaction-amount"), is("-1.00"));
        }

        @Test
        void deliversOneThatAppearsLateAmongMany() {
            List<BankTransaction> many = pay(80, Duration.ofMinutes(36));
            refresh();
            BankTransaction late = payAt(fixture.clock.instant().minus(Duration.ofHours(45)), 200);
            fixture.pass(Duration.ofHours(1).plus(BindingFixture.INTERVAL));

            assertThat(delivered(thing), hasSize(many.size() + 1));
            assertThat(delivered(thing).get(many.size()), is(late.id()));
        }

        @Test
        void readsOnAfterAPageWithAnUnreadableOne() {
            List<BankTransaction> many = pay(250, Duration.ofSeconds(1));
            many.get(20).without("id");
            refresh();
            refresh();
            List<String> readable = new ArrayList<>(ids(many));
            readable.remove(20);
            assertThat(delivered(thing), is(readable));
        }

        @Test
        void readsOnWhenPagesHaveTheLatestFirst() {
            answerWith(page -> {
                JsonArray descending = new JsonArray();
                IntStream.range(0, page.size()).forEach(i -> descending.add(page.get(page.size() - 1 - i)));
                return descending;
            });
            List<BankTransaction> all = pay(250, Duration.ofSeconds(1));
            refresh();
            assertThat(delivered(thing), is(ids(all)));
        }

        @ParameterizedTest
        @ValueSource(ints = {30, 25, 10})
        void readsOnWhenPagesAreShorterThanAskedFor(int size) {
            answerWith(page -> {
                JsonArray first = new JsonArray();
                IntStream.range(0, Math.min(size, page.size())).forEach(i -> first.add(page.get(i)));
                return first;
            });
            List<BankTransaction> all = new ArrayList<>(pay(50, Duration.ofSeconds(1)));
            refresh();
            assertThat(delivered(thing), is(ids(all)));
            for (int i = 0; i < 40; i++) {
                all.add(pay(100 + i));
                if (i % 2 == 0) {
                    fixture.pass(BindingFixture.INTERVAL);
                } else {
                    fixture.skip(Duration.ofMinutes(30));
                }
            }
            assertThat(delivered(thing), is(ids(all)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "yesterday",
                    "",
                    "2026-11-21T08:00:05",
                    "0001-01-01T00:00:00Z",
                    "1970-01-01T00:00:00Z",
                    "2026-11-21T09:00:05.123456789+01:00",
                    "9999-12-31T23:59:59Z"
                })
        void deliversEachWhateverItsTime(String created) {
            List<BankTransaction> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                BankTransaction odd = pay(100 + i);
                all.add(i % 2 == 0 ? odd.field("created", new JsonPrimitive(created)) : odd);
                refresh();
            }
            for (int day = 0; day < 6; day++) {
                fixture.clock.advance(Duration.ofDays(1));
                all.add(pay(200 + day));
                refresh();
            }
            assertThat(delivered(thing), is(ids(all)));
        }

        @Test
        void missesNothingAfterAWrongClockAndATransactionWithoutTime() {
            fixture.clock.advance(Duration.ofDays(30));
            pay(100).without("created");
            refresh();
            fixture.clock.advance(Duration.ofDays(-30));
            BankTransaction next = pay(200);
            refresh();
            refresh();
            assertThat(delivered(thing), hasItem(next.id()));
        }

        @Test
        void doesNotRepeatOneThatChanges() {
            BankTransaction hotel = pay(10_000);
            refresh();
            hotel.settle(-12_345).category("holidays").notes("A fine place");
            refresh();

            assertThat(delivered(thing), contains(hotel.id()));
            assertThat("the channels follow", fixture.state(thing, "last-transaction-amount"), is("-123.45"));
            assertThat(fixture.state(thing, "last-transaction-category"), is("holidays"));
        }

        @Test
        void doesNotRepeatOneWhoseTimeChanges() {
            BankTransaction one = pay(100);
            refresh();
            for (int day = 1; day <= 5; day++) {
                sleep(Duration.ofDays(1));
                one.field("created", new JsonPrimitive(fixture.clock.instant().toString()));
                pay(day);
                refresh();
            }
            assertThat(delivered(thing).stream().filter(one.id()::equals).toList(), hasSize(1));
        }

        @Test
        void doesNotMindOneThatVanishes() {
            BankTransaction gone = pay(100);
            BankTransaction next = pay(200);
            refresh();
            hide(gone);
            refresh();
            fixture.bank.faults().clear();
            refresh();
            assertThat(delivered(thing), contains(gone.id(), next.id()));
        }

        @Test
        void showsNothingWhenTheOnlyOneVanishes() {
            Thing joint = fixture.addWatchedAccount(bridge, people.joint().id());
            fixture.pass(Duration.ofSeconds(10));
            BankTransaction deposit = people.joint().payments().pay(99_999, "Hotel");
            refresh();
            assertThat(fixture.state(joint, "last-transaction-amount"), is("-999.99"));

            hide(deposit);
            refresh();
            fixture.pass(A_MOMENT);
            assertThat(shown(joint), everyItem(is("UNDEF")));
        }

        @Test
        void showsTheNextAfterOneFromTheFuture() {
            pay(100).field("created", new JsonPrimitive("9999-12-31T23:59:59Z"));
            refresh();
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-1.00"));
            assertThat(fixture.state(thing, "last-transaction-time"), startsWith("2026-11-21"));

            pay(200);
            refresh();
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-2.00"));
        }

        private void hide(BankTransaction hidden) {
            answerWith(page -> {
                JsonArray others = new JsonArray();
                for (JsonElement each : page) {
                    if (!each.getAsJsonObject().get("id").getAsString().equals(hidden.id())) {
                        others.add(each);
                    }
                }
                return others;
            });
        }

        private void answerWith(UnaryOperator<JsonArray> change) {
            fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.changedBody(body -> {
                JsonObject json = new JsonParser().parse(body).getAsJsonObject();
                json.add("transactions", change.apply(json.getAsJsonArray("transactions")));
                return json.toString();
            }));
        }

        @Test
        void deliversEachOfTwoThingsEverything() {
            Thing second =
                    fixture.addAccount(bridge, "second", Map.of("accountId", account.id(), "transactions", true));
            fixture.pass(A_MOMENT);
            BankTransaction one = pay(100);
            refresh();
            fixture.end(second);
            BankTransaction two = pay(200);
            refresh();
            fixture.enable(second);
            refresh();

            assertThat(delivered(thing), contains(one.id(), two.id()));
            assertThat("since it was enabled again", delivered(second), contains(two.id()));
        }

        @Test
        void deliversBothLoginsOfAJointAccount() {
            MonzoBridgeHandler bobs = fixture.addBridge("bob");
            Thing hers = fixture.addWatchedAccount(bridge, people.joint().id());
            Thing his = fixture.addWatchedAccount(bobs, people.joint().id());
            fixture.connect(bobs, people.bob());
            fixture.pass(Duration.ofSeconds(10));
            BankTransaction one = people.joint().payments().pay(100, "Coffee Bar");
            refresh();
            refresh();

            assertThat(delivered(hers), contains(one.id()));
            assertThat(delivered(his), contains(one.id()));
        }

        @Test
        void missesNothingWithAnIntervalOfDays() {
            fixture.edit(
                    bridge.getThing(),
                    Map.of("refreshInterval", Duration.ofDays(3).toSeconds()));
            fixture.pass(A_MOMENT);
            List<BankTransaction> all = new ArrayList<>();
            for (int day = 0; day < 9; day++) {
                fixture.pass(Duration.ofDays(1));
                all.add(pay(100 + day));
            }
            fixture.pass(Duration.ofDays(3));
            assertThat(delivered(thing), is(ids(all)));
        }

        @Test
        void missesNothingWhenTheClockIsSetBack() {
            BankTransaction one = pay(100);
            refresh();
            fixture.clock.advance(Duration.ofDays(-40));
            refresh();
            fixture.clock.advance(Duration.ofDays(40));
            BankTransaction two = pay(200);
            refresh();
            assertThat(delivered(thing), contains(one.id(), two.id()));
        }

        @Test
        void missesNothingWhenATriggerFails() {
            List<BankTransaction> three = pay(3, Duration.ofSeconds(1));
            fixture.callback(thing).failNextTrigger(new IllegalStateException("a fault of this test"));
            refresh();
            refresh();
            assertThat(delivered(thing), is(ids(three)));
        }
    }

    @Nested
    class AcrossRestarts {

        @Test
        void repeatsNothingAndMissesNothing() {
            BankTransaction one = pay(100);
            refresh();
            assertThat(delivered(thing), contains(one.id()));
            BankTransaction two = pay(200);
            fixture.restart(Duration.ofMinutes(1));
            BankTransaction three = pay(300);
            refresh();
            fixture.restart(Duration.ofMinutes(1));
            refresh();

            assertThat("after the second", delivered(thing), is(empty()));
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-3.00"));
            assertThat(stored(), allOf(containsString(two.id()), containsString(three.id())));
        }

        @Test
        void deliversWhatHappenedMeanwhileAsLate() {
            BankTransaction one = pay(100);
            fixture.restart(Duration.ofMinutes(30));
            BankTransaction two = pay(200);
            refresh();

            assertThat(delivered(thing), contains(one.id(), two.id()));
            assertThat(payloads(thing).get(0).get("late").getAsBoolean(), is(true));
            assertThat(payloads(thing).get(1).get("late").getAsBoolean(), is(false));
        }

        /** The clock stood still while openHAB was off. */
        @Test
        void deliversWhatHappenedMeanwhileAsLateWhenTheClockIsBehind() {
            Instant end = fixture.clock.instant();
            fixture.restart(Duration.ZERO);
            for (int hour = 0; hour < 10; hour++) {
                payAt(end.plus(Duration.ofHours(hour)), 100 + hour);
            }
            refresh();
            assertThat(lateOnes(), contains(true, true, true, true, true, true, true, true, true, false));
        }

        private List<Boolean> lateOnes() {
            return payloads(thing).stream()
                    .map(payload -> payload.get("late").getAsBoolean())
                    .toList();
        }

        @Test
        void deliversNothingAsLateWithALongIntervalOrAWrongClock() {
            fixture.edit(bridge.getThing(), Map.of("refreshInterval", 600));
            fixture.pass(A_MOMENT);
            for (int i = 0; i < 20; i++) {
                payAt(fixture.clock.instant().minus(Duration.ofMinutes(6)), 100 + i); // the clock is ahead
                fixture.pass(Duration.ofMinutes(7));
                pay(200 + i);
                fixture.pass(Duration.ofMinutes(17));
            }
            assertThat(lateOnes(), both(hasSize(greaterThan(38))).and(everyItem(is(false))));
        }

        /** openHAB writes the storage half a second after it was delivered; what is lost is what was delivered since. */
        @Test
        void repeatsOnlyWhatWasNotStoredBeforeAKill() {
            BankTransaction one = pay(100);
            refresh();
            String onDisk = stored();
            BankTransaction two = pay(200);
            refresh();
            assertThat(delivered(thing), contains(one.id(), two.id()));

            fixture.restart(Duration.ofSeconds(10), () -> store(onDisk));
            refresh();
            assertThat("after the kill", delivered(thing), contains(two.id()));
            fixture.restart(Duration.ofSeconds(10));
            refresh();
            assertThat("and not again", delivered(thing), is(empty()));
        }

        /** openHAB starts rules after things, and does not keep events for them. */
        @Test
        void waitsForTheRulesToStart() {
            BankTransaction one = pay(100);
            fixture.setStarted(false);
            fixture.restart(Duration.ofMinutes(1));
            refresh();
            assertThat(delivered(thing), is(empty()));
            assertThat("shown", fixture.state(thing, "last-transaction-amount"), is("-1.00"));

            fixture.setStarted(true);
            refresh();
            assertThat(delivered(thing), contains(one.id()));
        }

        @Test
        void waitsForTheRulesNoLongerThanMinutes() {
            BankTransaction one = pay(100);
            fixture.setStarted(false);
            fixture.restart(Duration.ofMinutes(1));
            fixture.pass(Duration.ofMinutes(6));
            assertThat(delivered(thing), contains(one.id()));
        }

        @Test
        void deliversAtMostAHundredAfterADowntime() {
            List<BankTransaction> missed = pay(150, Duration.ofSeconds(1));
            fixture.restart(Duration.ofHours(1));
            refresh();
            refresh();
            assertThat(delivered(thing), is(ids(missed.subList(50, 150))));
        }

        @Test
        void deliversOnlyTheLastDayAfterADowntime() {
            pay(100);
            fixture.restart(Duration.ofDays(5));
            BankTransaction recent = payAt(fixture.clock.instant().minus(Duration.ofHours(23)), 200);
            payAt(fixture.clock.instant().minus(Duration.ofHours(25)), 300);
            refresh();
            refresh();
            assertThat(delivered(thing), contains(recent.id()));

            BankTransaction next = pay(400);
            refresh();
            assertThat(delivered(thing), contains(recent.id(), next.id()));
        }

        @Test
        void movesOnAfterADowntimeLongerThanTheBanksWindow() {
            pay(100);
            fixture.restart(Duration.ofDays(120));
            fixture.bank.approve(people.alice());
            refresh();
            refresh();
            assertThat(delivered(thing), is(empty()));
            assertThat(BindingFixture.status(thing), is("ONLINE"));

            BankTransaction next = pay(200);
            refresh();
            assertThat(delivered(thing), contains(next.id()));
        }

        @Test
        void missesNothingWhileDisabled() {
            fixture.end(thing);
            BankTransaction one = pay(100);
            refresh();
            fixture.enable(thing);
            refresh();
            assertThat(delivered(thing), contains(one.id()));
        }

        @Test
        void missesNothingBetweenTwoLogins() {
            fixture.bank.evict(people.alice());
            refresh();
            assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_ERROR offline.login-evicted"));
            BankTransaction one = pay(100);
            fixture.clock.advance(Duration.ofHours(3));
            fixture.connect(bridge, people.alice());
            refresh();
            assertThat(delivered(thing), contains(one.id()));
        }

        /** Only openHAB itself being off is a downtime. */
        @ParameterizedTest
        @ValueSource(strings = {"none", "edit", "disable"})
        void deliversEverythingAfterALongOutage(String change) {
            List<Endpoint> endpoints = List.of(Endpoint.ACCOUNTS, Endpoint.BALANCE, Endpoint.TRANSACTIONS);
            endpoints.forEach(endpoint -> fixture.bank.faults().always(endpoint, Fault.serverError()));
            refresh();
            List<BankTransaction> missed = pay(200, Duration.ofMinutes(20));
            refresh();
            if (change.equals("edit")) {
                fixture.edit(thing, Map.of());
            } else if (change.equals("disable")) {
                fixture.end(thing);
                fixture.enable(thing);
            }
            refresh();
            fixture.bank.faults().clear();
            fixture.pass(Duration.ofHours(2));
            assertThat(delivered(thing), is(ids(missed)));
        }

        /** The bank allows ten requests in a minute. */
        @Test
        void catchesUpUnderARateLimit() {
            pay(100);
            fixture.restart(Duration.ofDays(60));
            fixture.bank.approve(people.alice());
            Instant end = fixture.clock.instant();
            for (int i = 1500; i > 0; i--) {
                payAt(end.minus(Duration.ofMinutes(57).multipliedBy(i)), 100 + i);
            }
            long[] minute = {0, 0};
            fixture.bank.faults().always(Endpoint.TRANSACTIONS, exchange -> {
                long now = fixture.clock.instant().getEpochSecond() / 60;
                minute[1] = minute[0] == now ? minute[1] + 1 : 1;
                minute[0] = now;
                (minute[1] > 10 ? Fault.tooManyRequests("30") : Fault.changedBody(body -> body)).strike(exchange);
            });
            refresh();
            BankTransaction next = pay(200);
            refresh();
            assertThat("of the last day", delivered(thing), hasSize(25 + 1));
            assertThat(delivered(thing).get(25), is(next.id()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nonsense",
                    "{}",
                    "[1]",
                    "{\"account\":\"a\",\"delivered\":{\"x\":null}}",
                    "{\"delivered\":3}"
                })
        void startsAnewWithADamagedStore(String text) {
            pay(100);
            fixture.core()
                    .storageService()
                    .getStorage(STORAGE)
                    .put(thing.getUID().getAsString(), text);
            fixture.restart(Duration.ofMinutes(1));
            refresh();
            assertThat(delivered(thing), is(empty()));

            BankTransaction next = pay(200);
            refresh();
            assertThat(delivered(thing), contains(next.id()));
        }

        @Test
        void storesNoNameAndNoAmount() {
            account.payments().pay(98_765, "Corner Shop");
            refresh();
            assertThat(stored(), not(anyOf(containsString("98765"), containsString("987.65"), containsString("Shop"))));
        }

        @Test
        void storesLittle() {
            for (int day = 0; day < 20; day++) {
                pay(150, Duration.ofSeconds(30));
                sleep(Duration.ofDays(1));
            }
            assertThat(stored().length(), is(lessThan(20_000)));
        }

        @Test
        void storesNothingOfARemovedThing() {
            assertThat(stored(), containsString(thing.getUID().getAsString()));
            fixture.remove(thing);
            refresh();
            assertThat(stored(), not(containsString(thing.getUID().getAsString())));
        }
    }

    @Nested
    class Errors {

        @Test
        void leaveAnAccountWithoutTransactionsOnline() {
            BankAccount rewards = fixture.bank.accounts(people.alice()).stream()
                    .filter(each -> each.type().equals("uk_rewards"))
                    .findFirst()
                    .orElseThrow();
            Thing of = fixture.addWatchedAccount(bridge, rewards.id());
            fixture.pass(A_MOMENT);
            assertThat(BindingFixture.status(of), is("ONLINE"));
            assertThat(fixture.state(of, "balance"), is("7.30"));
            assertThat(shown(of), everyItem(is("UNDEF")));
            assertThat("its sibling", BindingFixture.status(thing), is("ONLINE"));

            fixture.bank.resetCounts();
            fixture.pass(Duration.ofHours(5));
            assertThat("asked every hour", requestsFor(rewards), is(5L));
            bridge.connection().poller().refreshAll();
            fixture.pass(A_MOMENT);
            assertThat("and by a scan", requestsFor(rewards), is(6L));
            fixture.restart(Duration.ofMinutes(1));
            refresh();
            assertThat("and after a restart", requestsFor(rewards), is(7L));
        }

        private long requestsFor(BankAccount of) {
            return fixture.bank.requests().stream()
                    .filter(request -> request.endpoint() == Endpoint.TRANSACTIONS)
                    .filter(request -> of.id().equals(request.accountId()))
                    .count();
        }

        @Test
        void leaveTheBalanceAloneAndMissNothing() {
            for (Fault fault : List.of(
                    Fault.serverError(),
                    Fault.status(404),
                    Fault.status(404, "{\"code\":\"not_found\"}", "application/json"),
                    Fault.json("{}"),
                    Fault.html(200),
                    Fault.reset(),
                    Fault.tooManyRequests(),
                    Fault.status(403, "{\"code\":\"forbidden.verification_required\"}", "application/json"))) {
                fixture.bank.faults().always(Endpoint.TRANSACTIONS, fault);
                BankTransaction missed = pay(100);
                refresh();
                assertThat(fault.toString(), BindingFixture.status(thing), is("ONLINE"));
                assertThat(fixture.state(thing, "last-transaction-amount"), is(not("UNDEF")));
                fixture.bank.faults().clear();
                refresh();
                assertThat(fault.toString(), delivered(thing), hasItem(missed.id()));
            }
            assertThat(delivered(thing), hasSize(8));
        }

        @Test
        void ofHoursMakeTheNewestUnknown() {
            fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.serverError());
            refresh();
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
            fixture.pass(Duration.ofHours(2));
            assertThat(BindingFixture.status(thing), is("ONLINE"));
            assertThat(shown(thing), everyItem(is("UNDEF")));

            fixture.bank.faults().clear();
            fixture.pass(Duration.ofHours(1));
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
        }

        @Test
        void ofOldTransactionsDoNotHoldUpNewOnes() {
            pay(60, Duration.ofHours(1));
            refresh();
            failFor(query -> query.contains("since=20")
                    && Instant.parse(query.replaceFirst(".*since=([^&]*).*", "$1"))
                            .isBefore(fixture.clock.instant().minus(Duration.ofHours(26))));
            List<BankTransaction> paid = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                paid.add(pay(200 + i));
                fixture.pass(Duration.ofMinutes(10));
            }
            assertThat(delivered(thing).subList(60, delivered(thing).size()), is(ids(paid)));
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-2.29"));
            assertThat("requests of old ones", failed, is(lessThanOrEqualTo(61)));

            BankTransaction late = payAt(fixture.clock.instant().minus(Duration.ofHours(40)), 300);
            fixture.bank.faults().clear();
            fixture.pass(Duration.ofMinutes(10));
            assertThat(delivered(thing).get(90), is(late.id()));
        }

        @Test
        void keepThePagesReadBefore() {
            List<BankTransaction> many = pay(250, Duration.ofSeconds(1));
            failFor(query -> many.subList(150, 250).stream().anyMatch(each -> query.contains("since=" + each.id())));
            refresh();
            assertThat(delivered(thing), hasSize(both(greaterThan(150)).and(lessThan(250))));
            assertThat(delivered(thing), is(ids(many.subList(0, delivered(thing).size()))));
            fixture.bank.faults().clear();
            fixture.pass(Duration.ofMinutes(10));
            assertThat(delivered(thing), is(ids(many)));
        }

        private int failed;

        private void failFor(Predicate<String> isFailing) {
            failed = 0;
            fixture.bank.faults().always(Endpoint.TRANSACTIONS, exchange -> {
                String query = fixture.bank.requests().stream()
                        .filter(request -> request.endpoint() == Endpoint.TRANSACTIONS)
                        .map(request -> URLDecoder.decode(request.query(), StandardCharsets.UTF_8))
                        .reduce("", (before, last) -> last);
                if (isFailing.test(query)) {
                    failed++;
                    Fault.serverError().strike(exchange);
                } else {
                    Fault.changedBody(body -> body).strike(exchange);
                }
            });
        }

        @Test
        void ofLongResponsesAreAvoidedBySmallerPages() {
            List<BankTransaction> many = pay(110, Duration.ofMinutes(15));
            many.forEach(transaction -> transaction.notes("n".repeat(12_000)));
            refresh();
            BankTransaction next = pay(200);
            fixture.pass(Duration.ofHours(2));
            assertThat(delivered(thing).subList(0, 110), is(ids(many)));
            assertThat(delivered(thing).subList(110, delivered(thing).size()), contains(next.id()));
        }

        @Test
        void ofTheBalanceDoNotHoldUpTransactions() {
            fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
            BankTransaction one = pay(100);
            refresh();
            assertThat(BindingFixture.status(thing), is("OFFLINE/COMMUNICATION_ERROR offline.server-error"));
            assertThat(delivered(thing), contains(one.id()));
        }

        @Test
        void includeAWithdrawnApproval() {
            fixture.bank.revoke(people.alice());
            BankTransaction one = pay(100);
            refresh();
            assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.approval-withdrawn"));

            fixture.bank.approve(people.alice());
            refresh();
            refresh();
            assertThat(BindingFixture.status(thing), is("ONLINE"));
            assertThat(delivered(thing), contains(one.id()));
        }
    }

    @Nested
    class Payload {

        @Test
        void hasEveryFieldOfTheContract() {
            BankTransaction lunch = pay(350);
            JsonObject payload = payloadOf(lunch);

            assertThat(
                    payload.keySet(),
                    contains(
                            "id",
                            "account",
                            "amount",
                            "currency",
                            "localAmount",
                            "localCurrency",
                            "description",
                            "merchant",
                            "category",
                            "created",
                            "settled",
                            "scheme",
                            "pot",
                            "declined",
                            "notes",
                            "late",
                            "payday",
                            "potName",
                            "reference",
                            "pending",
                            "spending",
                            "spender",
                            "fee",
                            "online",
                            "emoji",
                            "logo",
                            "location"));
            assertThat(payload.get("account").getAsString(), is(account.id()));
            assertThat(payload.get("amount"), is(new JsonPrimitive("-3.50")));
            assertThat(payload.get("currency").getAsString(), is("GBP"));
            assertThat(payload.get("localAmount").getAsString(), is("-3.50"));
            assertThat(payload.get("localCurrency").getAsString(), is("GBP"));
            assertThat(payload.get("description").getAsString(), is("Corner Shop"));
            assertThat(payload.get("merchant").getAsString(), is("Corner Shop"));
            assertThat(payload.get("category").getAsString(), is("groceries"));
            assertThat(Instant.parse(payload.get("created").getAsString()), is(lunch.created()));
            assertThat(payload.get("settled"), is(JsonNull.INSTANCE));
            assertThat(payload.get("scheme").getAsString(), is("mastercard"));
            assertThat(payload.get("pot"), is(JsonNull.INSTANCE));
            assertThat(payload.get("declined"), is(JsonNull.INSTANCE));
            assertThat(payload.get("late"), is(new JsonPrimitive(false)));
        }

        @Test
        void saysWhereAndByWhomMoneyWasSpent() {
            JsonObject lunch = payloadOf(pay(350).field("amount_is_pending", new JsonPrimitive(true))
                    .field("metadata", json("{'spender_first_name':'Alex','spender_full_name':'Alex Sample'}")));

            assertThat(lunch.get("reference").getAsString(), startsWith("CORNER SHOP  "));
            assertThat(lunch.get("pending").getAsBoolean(), is(true));
            assertThat(lunch.get("spending").getAsBoolean(), is(true));
            assertThat(lunch.get("spender").getAsString(), is("Alex"));
            assertThat(lunch.get("fee"), is(JsonNull.INSTANCE));
            assertThat(lunch.get("online"), is(JsonNull.INSTANCE));
            assertThat(lunch.get("emoji").getAsString(), is("🛒"));
            assertThat(lunch.get("logo").getAsString(), startsWith("https://public-images.example/merch_"));
            assertThat(lunch.get("location").getAsString(), is("51.5,-0.08"));
            assertThat(fixture.state(thing, LOCATION), is("51.5,-0.08"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"GBP 1.20", "EUR 1.20", "JPY 120"})
        void hasTheFeeOfACashMachineInItsOwnDecimals(String fee) {
            JsonObject cash = payloadOf(pay(8_530)
                    .field(
                            "atm_fees_detailed",
                            json("{'fee_amount':120,'fee_currency':'" + fee.substring(0, 3) + "'}")));
            assertThat(cash.get("fee"), is(new JsonPrimitive(fee.substring(4))));
        }

        /** What an online shop sends is its office. */
        @Test
        void hasNoPlaceOnTheMapForAnOnlineShop() {
            pay(100);
            refresh();
            JsonObject payload = payloadOf(pay(200).field(
                            "merchant",
                            json("{'name':'Web','online':true,'address':{'latitude':51.5,'longitude':-0.08}}")));
            assertThat(payload.get("online").getAsBoolean(), is(true));
            assertThat(payload.get("location").getAsString(), is("51.5,-0.08"));
            assertThat(fixture.state(thing, LOCATION), is("UNDEF"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'latitude':51.5}",
                    "{'latitude':null,'longitude':null}",
                    "{'latitude':'51.5','longitude':'-0.08'}",
                    "{'latitude':90.001,'longitude':1}",
                    "{'latitude':1,'longitude':-180.1}",
                    "{'latitude':1e999999999,'longitude':1}",
                    "{'latitude':0,'longitude':0.0}",
                    "[]",
                    "'London'"
                })
        void hasNoUnknownLocation(String address) {
            pay(100);
            refresh();
            JsonObject payload =
                    payloadOf(pay(200).field("merchant", json("{'name':'Stall','address':" + address + "}")));
            assertThat(payload.get("merchant").getAsString(), is("Stall"));
            assertThat(payload.get("location"), is(JsonNull.INSTANCE));
            assertThat(fixture.state(thing, LOCATION), is("UNDEF"));
        }

        @Test
        void writesCoordinatesWithoutExponent() {
            JsonObject payload = payloadOf(pay(200).field(
                            "merchant", json("{'address':{'latitude':-5.25E-4,'longitude':151.20990000000001}}")));
            assertThat(payload.get("location").getAsString(), is("-0.000525,151.20990000000001"));
            assertThat(fixture.state(thing, LOCATION), startsWith("-0.000525,151.2099"));
        }

        private JsonElement json(String text) {
            return new JsonParser().parse(text);
        }

        @Test
        void hasTheAmountPaidAbroadInItsOwnDecimals() {
            JsonObject payload = payloadOf(account.payments().payAbroad(1_234, "Hotel Paris", 2_300, "JPY"));
            assertThat(payload.get("amount").getAsString(), is("-12.34"));
            assertThat(payload.get("localAmount").getAsString(), is("-2300"));
            assertThat(payload.get("localCurrency").getAsString(), is("JPY"));
        }

        @Test
        void deliversMovesDeclinedPaymentsAndCardChecksButTheChannelsDoNotShowThem() {
            JsonObject declined = payloadOf(account.payments().decline(500, "Coffee Bar", "INSUFFICIENT_FUNDS"));
            JsonObject check = payloadOf(account.payments().checkCard("Video Shop"));
            people.rainyDay().deposit(1_000);
            refresh();
            JsonObject move = payloads(thing).get(2);

            assertThat(declined.get("declined").getAsString(), is("INSUFFICIENT_FUNDS"));
            assertThat(check.get("amount").getAsString(), is("0.00"));
            assertThat(move.get("pot").getAsString(), is(people.rainyDay().id()));
            assertThat(move.get("potName").getAsString(), is(people.rainyDay().name()));
            assertThat(
                    move.get("description").getAsString(), is(people.rainyDay().name()));
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
        }

        @Test
        void saysThatMoneyMovedToAPotThatIsNotNamed() {
            people.rainyDay().deposit(1_000);
            List<BankTransaction> all = account.transactions();
            BankTransaction move = all.get(all.size() - 1);
            JsonObject payload = payloadOf(move.without("metadata").field("description", new JsonPrimitive("pot")));
            assertThat(payload.get("scheme").getAsString(), is("uk_retail_pot"));
            assertThat(payload.get("pot"), is(JsonNull.INSTANCE));
            assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
        }

        /** Monzo gives the category income to interest, refunds and sales, too. */
        @Test
        void marksTheSalaryAlone() {
            JsonObject interest = payloadOf(
                    account.payments().receive(312, "Monzo", "Interest").category("income"));
            JsonObject salary = payloadOf(account.payments().salary(250_000, "Acme Ltd"));
            assertThat(interest.get("payday").getAsBoolean(), is(false));
            assertThat(salary.get("payday").getAsBoolean(), is(true));
        }

        @Test
        void isLenientWithWhatIsMissingOrOdd() {
            BankTransaction bare = pay(100).without(
                            "merchant",
                            "counterparty",
                            "settled",
                            "category",
                            "notes",
                            "scheme",
                            "local_amount",
                            "local_currency",
                            "metadata",
                            "currency",
                            "amount_is_pending",
                            "include_in_spending",
                            "description");
            JsonObject payload = payloadOf(bare);
            for (String name : List.of("merchant", "description", "settled", "category", "notes", "scheme", "pot")) {
                assertThat(name, payload.get(name), is(JsonNull.INSTANCE));
            }
            assertThat(payload.get("localAmount").getAsString(), is("-1.00"));
            assertThat(payload.get("localCurrency").getAsString(), is("GBP"));

            for (String name : ADDED) {
                assertThat(name, payload.get(name), is(JsonNull.INSTANCE));
            }

            BankTransaction odd = pay(100).field("amount", new JsonPrimitive("much"))
                    .field("merchant", new JsonPrimitive("merch_1"))
                    .field("category", new JsonPrimitive("category_00009custom"))
                    .field("notes", new JsonPrimitive("Brunch 🥐"));
            payload = payloadOf(odd);
            assertThat(payload.get("amount"), is(JsonNull.INSTANCE));
            assertThat(payload.get("merchant"), is(JsonNull.INSTANCE));
            assertThat(payload.get("category").getAsString(), is("category_00009custom"));
            assertThat(payload.get("notes").getAsString(), is("Brunch 🥐"));

            payload = payloadOf(pay(100).field("description", json("5"))
                    .field("amount_is_pending", json("'true'"))
                    .field("include_in_spending", json("1"))
                    .field("metadata", json("{'spender_first_name':{}}"))
                    .field("atm_fees_detailed", json("{'fee_amount':'120'}"))
                    .field("merchant", json("{'online':'true','emoji':1,'logo':[],'address':{'latitude':[]}}")));
            for (String name : ADDED) {
                assertThat(name, payload.get(name), is(JsonNull.INSTANCE));
            }
        }

        @Test
        void andChannelsHaveNoControlCharacters() {
            JsonObject payload = payloadOf(account.payments().pay(100, "A\nB\u0085\u001b[31m\u2028C\u0000"));
            assertThat(payload.get("merchant").getAsString(), is("A\nB\u0085\u001b[31m\u2028C\u0000"));
            assertThat(
                    fixture.callback(thing).payloads().get(0), not(matchesPattern("(?s).*[\\p{Cc}\\u2028\\u2029].*")));
            assertThat(fixture.state(thing, "last-transaction-description"), is("A B [31m C"));
        }

        @Test
        void isTheSameOnceForATransactionWithoutTime() {
            BankTransaction timeless = pay(100).without("created");
            JsonObject payload = payloadOf(timeless);
            assertThat(payload.get("created"), is(JsonNull.INSTANCE));
            for (int day = 0; day < 5; day++) {
                sleep(Duration.ofDays(1));
                pay(100 + day);
            }
            assertThat(delivered(thing).stream().filter(timeless.id()::equals).toList(), hasSize(1));
        }

        @Test
        void isReadFromTheFormOfMonzosDocumentation() {
            account.form(JsonForm.DOCS);
            JsonObject payload = payloadOf(pay(100));
            assertThat(payload.get("description").getAsString(), is("Corner Shop"));
            assertThat(payload.get("account").getAsString(), is(account.id()));
            assertThat(payload.get("scheme"), is(JsonNull.INSTANCE));
        }
    }
}
