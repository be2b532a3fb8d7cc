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
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests that each transaction is delivered once, in order, whatever the list of Monzo looks like. */
class TransactionDeliveryTest extends WatchedAccountTestBase {

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
        respondWith(page -> {
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
        respondWith(page -> {
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
    void ignoresOneThatVanishes() {
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
        respondWith(page -> {
            JsonArray others = new JsonArray();
            for (JsonElement each : page) {
                if (!each.getAsJsonObject().get("id").getAsString().equals(hidden.id())) {
                    others.add(each);
                }
            }
            return others;
        });
    }

    private void respondWith(UnaryOperator<JsonArray> change) {
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.changedBody(body -> {
            JsonObject json = new JsonParser().parse(body).getAsJsonObject();
            json.add("transactions", change.apply(json.getAsJsonArray("transactions")));
            return json.toString();
        }));
    }

    @Test
    void deliversEachOfTwoThingsEverything() {
        Thing second = fixture.addAccount(bridge, "second", Map.of("accountId", account.id(), "transactions", true));
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
                bridge.getThing(), Map.of("refreshInterval", Duration.ofDays(3).toSeconds()));
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
