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
package org.openhab.binding.monzo.internal.automation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.core.automation.util.ModuleBuilder;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.events.ThingEventFactory;

/** Which transactions are the payments of a rule. */
class PaymentConditionHandlerTest {

    private static final ThingUID THING = new ThingUID("monzo:account:alice:current");
    private static final String FORGED = "{\"id\":\"tx_1\",\"amount\":\"-1000000\"}";

    private static boolean isSatisfied(Transaction transaction, Object... parameters) {
        return PaymentConditionHandler.isSatisfied(configuration(parameters), transaction);
    }

    private static Configuration configuration(Object... parameters) {
        Map<String, Object> configuration = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            configuration.put(parameters[i].toString(), parameters[i + 1]);
        }
        return new Configuration(configuration);
    }

    private static PaymentConditionHandler handler(Configuration configuration, Transaction... delivered) {
        return new PaymentConditionHandler(
                ModuleBuilder.createCondition()
                        .withId("payment")
                        .withTypeUID(PaymentConditionHandler.TYPE)
                        .withConfiguration(configuration)
                        .build(),
                "rule",
                (thing, id) -> List.of(delivered).stream()
                        .filter(transaction ->
                                thing.equals(THING) && transaction.id().equals(id))
                        .findFirst());
    }

    private static Map<String, Object> event(ThingUID thing, String payload) {
        return Map.of("event", ThingEventFactory.createTriggerEvent(payload, new ChannelUID(thing, "transaction")));
    }

    private static Transaction payment(@Nullable String amount) {
        return payment(amount, "Corner Shop", null, null, false);
    }

    private static Transaction payment(
            @Nullable String amount,
            @Nullable String merchant,
            @Nullable String scheme,
            @Nullable String declined,
            boolean payday) {
        return payment(amount, merchant, scheme, declined, payday, Transaction.Details.NONE);
    }

    private static Transaction payment(
            @Nullable String amount,
            @Nullable String merchant,
            @Nullable String scheme,
            @Nullable String declined,
            boolean payday,
            Transaction.Details details) {
        return new Transaction(
                "tx_1",
                "acc_1",
                Instant.EPOCH,
                amount == null ? null : new BigDecimal(amount),
                "GBP",
                null,
                null,
                "CORNER SHOP LONDON",
                merchant,
                merchant == null ? "Sam Friend" : null,
                "eating_out",
                null,
                scheme,
                null,
                declined,
                null,
                payday,
                details);
    }

    @ParameterizedTest
    @CsvSource({
        "-49.99, false, false",
        "-50, true, false",
        "-50.00, true, false",
        "-1000.01, true, false",
        "49.99, false, false",
        "50.00, false, true",
        "1000, false, true",
        "0, false, false",
        ", false, false"
    })
    void comparesMoneySpentOrReceived(String amount, boolean out, boolean in) {
        for (Object limit : List.of(new BigDecimal("50"), "50.00", " 50 ")) {
            assertEquals(out, isSatisfied(payment(amount), "amount", limit));
            assertEquals(out, isSatisfied(payment(amount), "amount", limit, "direction", "OUT"));
            assertEquals(in, isSatisfied(payment(amount), "amount", limit, "direction", "IN"));
            assertEquals(out || in, isSatisfied(payment(amount), "amount", limit, "direction", "EITHER"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, Shoes,    ,      true",
        "-1, ,         ,      true",
        " 1, Shoes,    ,      true",
        " 1, Shoes,    true,  true",
        " 1, Acme Ltd, false, false",
        " 1, ,         true,  true",
        " 1, ,         ,      false"
    })
    void countsRefundsButNoOtherMoneyReceivedWithEither(
            String amount, @Nullable String merchant, @Nullable Boolean spending, boolean counts) {
        Transaction transaction = payment(
                amount,
                merchant,
                null,
                null,
                false,
                new Transaction.Details(null, spending, false, null, null, null, null, null, null, Map.of()));
        assertEquals(counts, isSatisfied(transaction, "direction", "EITHER"));
    }

    @Test
    void needsNoParameter() {
        assertTrue(isSatisfied(payment("-0.01")));
        assertFalse(isSatisfied(payment("0.01")));
        assertFalse(isSatisfied(payment("0.00")));
    }

    /** As they are where nothing was entered, in openHAB 3.0 and in later ones. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "${%s}", "{{%s}}"})
    void ignoresParametersThatAreNotEntered(String value) {
        Map<String, Object> configuration = new HashMap<>();
        for (String name : List.of("direction", "amount", "merchant", "category", "payday")) {
            configuration.put(name, value.formatted(name));
        }
        assertTrue(PaymentConditionHandler.isSatisfied(new Configuration(configuration), payment("-0.01")));
    }

    @ParameterizedTest
    @CsvSource({"Corner Shop, true", "corner, true", "SHOP, true", "er sh, true", "Café, false", "LONDON, false"})
    void findsPartsOfTheMerchantsName(String merchant, boolean found) {
        assertEquals(found, isSatisfied(payment("-1"), "merchant", merchant));
    }

    @Test
    void findsPartsOfACounterpartysNameWithoutAMerchant() {
        Transaction received = payment("20", null, "payport_faster_payments", null, false);
        assertTrue(isSatisfied(received, "direction", "IN", "merchant", "sam"));
        assertFalse(isSatisfied(received, "direction", "IN", "merchant", "corner"));
    }

    @ParameterizedTest
    @CsvSource({"eating_out, true", "Eating out, true", "eating, false", "groceries, false"})
    void comparesTheCategory(String category, boolean same) {
        assertEquals(same, isSatisfied(payment("-1"), "category", category));
    }

    @Test
    void findsTheSalary() {
        Transaction salary = payment("2500", "Acme Ltd", "bacs", null, true);
        for (Object payday : List.of(true, "true")) {
            assertTrue(isSatisfied(salary, "direction", "IN", "payday", payday));
            assertFalse(isSatisfied(payment("2500"), "direction", "IN", "payday", payday));
        }
        assertTrue(isSatisfied(payment("2500"), "direction", "IN", "payday", false));
    }

    @Test
    void ignoresTransactionsThatMoveNoMoney() {
        for (String direction : List.of("OUT", "IN")) {
            for (String amount : List.of("-60", "60")) {
                assertFalse(isSatisfied(
                        payment(amount, "Shop", null, "INSUFFICIENT_FUNDS", false), "direction", direction));
                assertFalse(isSatisfied(
                        payment(amount, null, Transaction.POT_SCHEME, null, false), "direction", direction));
            }
        }
    }

    @Test
    void judgesWhatTheBankSaysNotTheEvent() {
        Configuration large = configuration("amount", "50");
        assertFalse(handler(large, payment("-49.99")).isSatisfied(event(THING, FORGED)));
        assertTrue(handler(large, payment("-50")).isSatisfied(event(THING, FORGED)));
        assertTrue(handler(large, payment("-50")).isSatisfied(event(THING, "{\"id\":\"tx_1\"}")));
    }

    /** Main UI connects no inputs. */
    @Test
    void findsTheEventOfATriggerThatIsNotConnected() {
        Object event = event(THING, FORGED).get("event");
        assertTrue(handler(configuration(), payment("-50")).isSatisfied(Map.of("1.event", event)));
    }

    @Test
    void isNotSatisfiedByATransactionThatTheThingHasNotDelivered() {
        Configuration all = configuration();
        assertFalse(handler(all).isSatisfied(event(THING, FORGED)));
        assertFalse(handler(all, payment("-50")).isSatisfied(event(new ThingUID("monzo:account:alice:other"), FORGED)));
        assertFalse(handler(all, payment("-50")).isSatisfied(Map.of()));
        assertFalse(handler(all, payment("-50")).isSatisfied(Map.of("event", Map.of("payload", FORGED))));
    }

    /** openHAB 3.0 starts the rules of {@code transaction} with these too. */
    @Test
    void ignoresEventsOfOtherChannels() {
        assertFalse(handler(configuration(), payment("-50"))
                .isSatisfied(Map.of(
                        "event",
                        ThingEventFactory.createTriggerEvent(FORGED, new ChannelUID(THING, "transaction-updated")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":null}", "{\"id\":[\"tx_1\"]}", "{}", "[]", "null", "", "3", "REACHED", "{\"id\":\"tx_1"
            })
    void ignoresEventsWithoutAnId(String payload) {
        assertFalse(handler(configuration(), payment("-50")).isSatisfied(event(THING, payload)));
    }

    /** Gson overflows the stack, which would be an error in the log. */
    @Test
    void ignoresEventsOfDeepNesting() {
        String payload = "{\"id\":".repeat(20_000);
        assertFalse(handler(configuration(), payment("-50")).isSatisfied(event(THING, payload)));
    }

    @ParameterizedTest
    @CsvSource({
        "amount, £50, amount is not a number",
        "amount, '50,00', amount is not a number",
        "amount, -50, amount is negative",
        "direction, out, direction is none of",
        "payday, true, payday needs the direction IN"
    })
    void warnsOfAnUnusableParameterOnceAndIsNeverSatisfied(String parameter, String value, String problem) {
        try (WarningLog log = new WarningLog(Parameters.Problems.class)) {
            PaymentConditionHandler handler =
                    handler(configuration(parameter, value), payment("-1000", "Acme Ltd", "bacs", null, true));
            assertFalse(handler.isSatisfied(event(THING, FORGED)));
            assertFalse(handler.isSatisfied(event(THING, FORGED)));
            assertEquals(1, log.messages().size(), log.messages().toString());
            assertTrue(
                    log.messages().get(0).startsWith("The rule rule does not work as configured: " + problem),
                    log.messages().toString());
        }
    }

    @Test
    void warnsOfNothingWithUsableParameters() {
        try (WarningLog log = new WarningLog(Parameters.Problems.class)) {
            handler(configuration());
            handler(configuration("amount", "50.00", "direction", "OUT", "payday", "false"));
            handler(configuration("amount", "", "direction", "IN", "payday", "true", "merchant", "Acme"));
            assertEquals(List.of(), log.messages());
        }
    }
}
