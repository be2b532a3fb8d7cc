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
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Each change of a transaction that was delivered, once. */
class TransactionUpdateTest extends WatchedAccountTestBase {

    private static final String STORAGE = "org.openhab.binding.monzo.transactions";

    /** A payment that was delivered. */
    private BankTransaction delivered(long pence) {
        BankTransaction payment = pay(pence);
        refresh();
        assertThat(delivered(thing), hasItem(payment.id()));
        return payment;
    }

    private List<String> updated(Thing by) {
        return updates(by).stream()
                .map(payload -> payload.get("id").getAsString())
                .toList();
    }

    private List<String> amounts() {
        return updates(thing).stream()
                .map(payload -> payload.get("previousAmount").getAsString() + " "
                        + payload.get("amount").getAsString())
                .toList();
    }

    private static Stream<Arguments> changes() {
        return Stream.of(
                change("amount", payment -> payment.correct(-4_512)),
                change("released", payment -> payment.correct(0)),
                change("settled", BankTransaction::settle),
                change("settled for another amount", payment -> payment.settle(-4_512)),
                change("declined", payment -> payment.decline("OTHER")),
                change("category", payment -> payment.category("gifts")),
                change("custom category", payment -> payment.category("category_0000custom")),
                change("all", payment -> payment.settle(-1).category("gifts").decline("OTHER")));
    }

    private static Arguments change(String name, Consumer<BankTransaction> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void deliversEachChangeOnce(String name, Consumer<BankTransaction> change) {
        BankTransaction payment = delivered(100);
        change.accept(payment);
        refresh();
        refresh();
        fixture.pass(Duration.ofHours(2));
        assertThat(updated(thing), contains(payment.id()));
        fixture.restart(Duration.ofMinutes(1));
        refresh();
        assertThat("after a restart", updated(thing), is(empty()));
        assertThat(delivered(thing), is(empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void deliversEachChangeAfterARestart(String name, Consumer<BankTransaction> change) {
        BankTransaction payment = delivered(100);
        change.accept(payment);
        fixture.restart(Duration.ofMinutes(30));
        refresh();
        assertThat(updated(thing), contains(payment.id()));
        assertThat(updates(thing).get(0).get("late").getAsBoolean(), is(true));
        payment.notes("changed again").category("finances");
        refresh();
        assertThat(updated(thing), contains(payment.id(), payment.id()));
        assertThat(updates(thing).get(1).get("late").getAsBoolean(), is(false));
    }

    @Test
    void hasTheTransactionAndWhatItWasBefore() {
        BankTransaction petrol = account.payments().hold(100, "Petrol Station");
        refresh();
        petrol.correct(-4_512);
        refresh();
        petrol.settle();
        refresh();
        petrol.decline("OTHER");
        refresh();
        petrol.category("holidays");
        refresh();

        JsonObject first = payloads(thing).get(0);
        JsonObject corrected = updates(thing).get(0);
        assertThat(corrected.keySet(), is(hasItems(first.keySet().toArray(String[]::new))));
        assertThat(corrected.size(), is(first.size() + 2));
        assertThat(corrected.get("amount").getAsString(), is("-45.12"));
        assertThat(corrected.get("previousAmount").getAsString(), is("-1.00"));
        assertThat(corrected.get("previousDeclined"), is(JsonNull.INSTANCE));
        assertThat(corrected.get("late").getAsBoolean(), is(false));
        assertThat(corrected.get("description"), is(first.get("description")));
        assertThat(amounts(), contains("-1.00 -45.12", "-45.12 -45.12", "-45.12 -45.12", "-45.12 -45.12"));
        assertThat(updates(thing).get(1).get("settled"), is(not(JsonNull.INSTANCE)));
        assertThat(updates(thing).get(2).get("previousDeclined"), is(JsonNull.INSTANCE));
        assertThat(updates(thing).get(2).get("declined").getAsString(), is("OTHER"));
        assertThat(updates(thing).get(3).get("previousDeclined").getAsString(), is("OTHER"));
        assertThat(delivered(thing), contains(petrol.id()));
    }

    @Test
    void deliversAReturnToWhatItWas() {
        BankTransaction payment = delivered(100);
        payment.category("gifts");
        refresh();
        payment.category("eating_out");
        refresh();
        payment.category("gifts");
        refresh();
        assertThat(updated(thing), hasSize(3));
    }

    @Test
    void showsTheChangeInTheChannels() {
        BankTransaction before = delivered(100);
        BankTransaction payment = delivered(200);
        payment.correct(-300).category("gifts");
        refresh();
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-3.00"));
        assertThat(fixture.state(thing, "last-transaction-category"), is("gifts"));
        payment.correct(0);
        refresh();
        refresh();
        assertThat("the one before", fixture.state(thing, "last-transaction-amount"), is("-1.00"));
        before.decline("OTHER");
        refresh();
        refresh();
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-19.99"));
    }

    @Test
    void ignoresOtherFields() {
        BankTransaction payment = delivered(100);
        payment.notes("with Sam").field("description", new JsonPrimitive("Another text"));
        payment.field("updated", new JsonPrimitive("2026-11-22T08:00:00Z"));
        payment.field(
                "created", new JsonPrimitive(payment.created().plusMillis(1).toString()));
        payment.includeInSpending(false);
        refresh();
        assertThat(updates(thing), is(empty()));
    }

    /** The transaction before the thing showed the account, and those skipped after a downtime. */
    @Test
    void ignoresChangesOfTransactionsThatWereNotDelivered() {
        BankTransaction before = delivered(100);
        Thing second = fixture.addAccount(bridge, "second", Map.of("accountId", account.id(), "transactions", true));
        fixture.pass(A_MOMENT);
        assertThat(delivered(second), is(empty()));
        before.category("gifts");
        List<BankTransaction> missed = pay(110, Duration.ofSeconds(1));
        fixture.restart(Duration.ofHours(1));
        refresh();
        missed.forEach(payment -> payment.category("gifts"));
        before.correct(-300);
        refresh();
        fixture.pass(Duration.ofHours(3));
        assertThat(updated(second), is(ids(missed.subList(10, 110))));
    }

    @Test
    void deliversToEachThingItsOwn() {
        Thing second = fixture.addAccount(bridge, "second", Map.of("accountId", account.id(), "transactions", true));
        fixture.pass(A_MOMENT);
        BankTransaction payment = delivered(100);
        payment.category("gifts");
        refresh();
        fixture.end(second);
        payment.correct(-300);
        refresh();
        fixture.enable(second);
        refresh();

        assertThat(updated(thing), contains(payment.id(), payment.id()));
        assertThat("since it was enabled again", updated(second), contains(payment.id()));
    }

    @Test
    void startsAnewAfterTransactionsWereOff() {
        BankTransaction payment = delivered(100);
        fixture.edit(thing, Map.of("transactions", false));
        fixture.pass(A_MOMENT);
        fixture.edit(thing, Map.of("transactions", true));
        fixture.pass(A_MOMENT);
        payment.category("gifts");
        refresh();
        assertThat(updates(thing), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 7})
    void comparesForEightDays(int days) {
        BankTransaction payment = delivered(100);
        for (int day = 0; day < days; day++) {
            pay(12, Duration.ofHours(2));
            refresh();
        }
        payment.correct(-300);
        fixture.pass(Duration.ofHours(1).plus(Duration.ofMinutes(2)));
        assertThat(updated(thing), contains(payment.id()));
    }

    @Test
    void comparesNoLongerThanEightDays() {
        BankTransaction payment = delivered(100);
        sleep(Duration.ofDays(9));
        pay(200);
        refresh();
        payment.correct(-300);
        fixture.pass(Duration.ofHours(3));
        assertThat(updates(thing), is(empty()));
    }

    @Test
    void comparesAfterARestartWithoutOtherTransactions() {
        BankTransaction payment = delivered(100);
        fixture.restart(Duration.ofDays(5));
        payment.settle();
        refresh();
        refresh();
        assertThat(updated(thing), contains(payment.id()));
    }

    /** A page of the older ones an hour, one after the other, and then the first one again. */
    @Test
    void comparesAllInTurnWithOneMorePageAnHour() {
        BankTransaction oldest = delivered(100);
        for (int day = 0; day < 7; day++) {
            pay(72, Duration.ofMinutes(20));
            refresh();
        }
        assertThat(delivered(thing), hasSize(1 + 7 * 72));
        fixture.pass(Duration.ofHours(6));
        fixture.bank.resetCounts();
        fixture.pass(Duration.ofHours(10));
        int perHour = (fixture.bank.count(Endpoint.TRANSACTIONS) - 10 * 60) / 10;
        assertThat("three pages of three days, and one", perHour, is(lessThanOrEqualTo(4)));

        for (int round = 1; round <= 3; round++) {
            oldest.correct(-100 - round);
            fixture.pass(Duration.ofHours(4));
            assertThat(updated(thing), hasSize(round));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"category", "amount", "settled", "decline_reason", "currency", "scheme", "metadata"})
    void ignoresAFieldThatIsMissingInOneResponse(String field) {
        BankTransaction payment = delivered(100);
        payment.settle().decline("OTHER");
        refresh();
        assertThat(updated(thing), hasSize(1));
        change(payment, json -> json.remove(field));
        refresh();
        fixture.bank.faults().clear();
        refresh();
        assertThat(updated(thing), hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "amount, '\"lots\"'",
        "amount, 1.5",
        "amount, null",
        "amount, 99999999999999999999",
        "currency, '\"JPY\"'",
        "category, ''",
        "category, 3",
        "category, null",
        "category, []",
        "settled, ''",
        "settled, '\"soon\"'",
        "settled, '\"-999999999-01-01T00:00:00Z\"'",
        "decline_reason, ''",
        "decline_reason, true",
        "created, '\"yesterday\"'"
    })
    void ignoresInvalidFields(String field, String value) {
        BankTransaction payment = delivered(100);
        payment.settle().decline("OTHER");
        refresh();
        assertThat(updated(thing), hasSize(1));
        change(
                payment,
                json -> json.add(field, new JsonParser().parse(value == null || value.isEmpty() ? "\"\"" : value)));
        refresh();
        fixture.bank.faults().clear();
        refresh();
        assertThat(updated(thing), hasSize(1));
    }

    @Test
    void deliversTheCategoryThatWasMissingAtFirst() {
        BankTransaction payment = pay(100);
        change(payment, json -> json.remove("category"));
        refresh();
        fixture.bank.faults().clear();
        refresh();
        refresh();
        assertThat(updated(thing), contains(payment.id()));
    }

    @Test
    void ignoresThatATransactionVanishesAndComesBack() {
        BankTransaction payment = delivered(100);
        BankTransaction other = delivered(200);
        hide(payment);
        refresh();
        fixture.pass(Duration.ofHours(2));
        fixture.bank.faults().clear();
        refresh();
        assertThat(updates(thing), is(empty()));

        hide(payment);
        refresh();
        payment.correct(0);
        other.correct(-300);
        refresh();
        fixture.bank.faults().clear();
        refresh();
        assertThat(updated(thing), contains(other.id(), payment.id()));
    }

    @Test
    void deliversAChangeThatIsMadeWhilePagesAreRead() {
        List<BankTransaction> many = pay(150, Duration.ofMinutes(10));
        refresh();
        assertThat(delivered(thing), is(ids(many)));
        fixture.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            int round = i;
            fixture.bank.faults().next(Endpoint.TRANSACTIONS, Fault.changedBody(body -> {
                many.get(149).correct(-1_000 - round);
                many.get(50).correct(-2_000 - round);
                return body;
            }));
            fixture.pass(Duration.ofHours(1).plus(Duration.ofMinutes(5)));
        }
        assertThat(updated(thing).stream().filter(many.get(149).id()::equals).toList(), hasSize(3));
        assertThat(updated(thing).stream().filter(many.get(50).id()::equals).toList(), hasSize(3));
    }

    @Test
    void deliversAChangeWhenATriggerFails() {
        BankTransaction payment = delivered(100);
        payment.category("gifts");
        fixture.callback(thing).failNextTrigger(new IllegalStateException("a fault of this test"));
        refresh();
        assertThat(updates(thing), is(empty()));
        refresh();
        refresh();
        assertThat(updated(thing), contains(payment.id()));
    }

    @Test
    void waitsForTheRulesToStart() {
        BankTransaction payment = delivered(100);
        payment.category("gifts");
        fixture.setStarted(false);
        fixture.restart(Duration.ofMinutes(1));
        refresh();
        assertThat(updates(thing), is(empty()));
        fixture.setStarted(true);
        refresh();
        assertThat(updated(thing), contains(payment.id()));
    }

    @Test
    void repeatsOnlyWhatWasNotStoredBeforeAKill() {
        BankTransaction payment = delivered(100);
        String onDisk = fixture.core().stored(STORAGE);
        payment.category("gifts");
        refresh();
        assertThat(updated(thing), contains(payment.id()));
        fixture.restart(Duration.ofSeconds(10), () -> store(onDisk));
        refresh();
        assertThat("after the kill", updated(thing), contains(payment.id()));
        fixture.restart(Duration.ofSeconds(10));
        refresh();
        assertThat("and not again", updated(thing), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-400, -40, 5, 60})
    void deliversEachOnceWithAWrongClock(int days) {
        BankTransaction payment = delivered(100);
        fixture.clock.advance(Duration.ofDays(days));
        payment.correct(-200);
        refresh();
        refresh();
        assertThat(updated(thing), contains(payment.id()));
        fixture.clock.advance(Duration.ofDays(-days));
        payment.correct(-300);
        refresh();
        refresh();
        assertThat(updated(thing), contains(payment.id(), payment.id()));
    }

    @Test
    void comparesPotMovesAndSalariesToo() {
        BankTransaction salary = account.payments().salary(250_000, "Acme Ltd");
        people.holiday().deposit(1_000);
        refresh();
        List<String> all = new ArrayList<>(delivered(thing));
        assertThat(all, hasSize(2));
        salary.category("general");
        refresh();
        assertThat(updated(thing), contains(salary.id()));
    }

    private void store(String text) throws IOException {
        Files.writeString(folder.resolve(STORAGE + ".json"), text);
    }

    private void change(BankTransaction changed, Consumer<JsonObject> change) {
        respondWith(changed, (json, page) -> {
            change.accept(json);
            page.add(json);
        });
    }

    private void hide(BankTransaction hidden) {
        respondWith(hidden, (json, page) -> {});
    }

    private interface Response {
        void add(JsonObject transaction, JsonArray page);
    }

    private void respondWith(BankTransaction changed, Response response) {
        fixture.bank.faults().always(Endpoint.TRANSACTIONS, Fault.changedBody(body -> {
            JsonObject json = new JsonParser().parse(body).getAsJsonObject();
            JsonArray page = new JsonArray();
            json.getAsJsonArray("transactions").forEach(each -> {
                if (each.getAsJsonObject().get("id").getAsString().equals(changed.id())) {
                    response.add(each.getAsJsonObject(), page);
                } else {
                    page.add(each);
                }
            });
            json.add("transactions", page);
            return json.toString();
        }));
    }
}
