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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.fixture.Fuzz;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.budget.Spending;
import org.openhab.binding.monzo.internal.model.Transaction;

/** Tests that every response leads to a result or a {@link MonzoException} within a short time. */
public class MonzoApiFuzzTest {

    private final CannedTransport bank = new CannedTransport();
    private final MonzoApi api = new MonzoApi("https://api.example", bank, Clock.systemUTC());
    /** The calls, each with a valid response. */
    enum Target {
        ACCOUNTS("{\"accounts\":[{\"id\":\"acc_1\",\"closed\":false,\"created\":\"2017-01-02T03:04:05Z\","
                + "\"type\":\"uk_retail\",\"currency\":\"GBP\",\"owners\":[{\"user_id\":\"user_1\","
                + "\"preferred_name\":\"Ali\\u00e9 \\\"A\\\"\"}],\"payment_details\":{\"a\":null}}]}") {
            @Override
            void call(MonzoApi api) throws MonzoException {
                api.accounts().send("token").await().forEach(account -> assertNotNull(account.id()));
            }
        },
        BALANCE(
                "{\"balance\":-5000,\"total_balance\":6000,\"currency\":\"JPY\",\"spend_today\":-1,\"local_spend\":[]}") {
            @Override
            void call(MonzoApi api) throws MonzoException {
                api.balance("acc_1", null).send("token").await();
            }
        },
        POTS("{\"pots\":[{\"id\":\"pot_1\",\"name\":\"Trip\",\"balance\":1,\"goal_amount\":2,\"currency\":\"GBP\","
                + "\"deleted\":false,\"locked\":true,\"round_up\":null,\"style\":\"beach_ball\"},{}]}") {
            @Override
            void call(MonzoApi api) throws MonzoException {
                api.pots("acc_1", "GBP").send("token").await().forEach(pot -> assertNotNull(pot.name()));
            }
        },
        TRANSACTIONS("{\"transactions\":[{\"id\":\"tx_1\",\"amount\":-350,\"currency\":\"GBP\",\"local_amount\":-700,"
                + "\"local_currency\":\"JPY\",\"created\":\"2026-02-01T19:49:05.817Z\",\"settled\":\"\","
                + "\"merchant\":{\"name\":\"Caf\\u00e9\"},\"counterparty\":{\"name\":\"Sam\"},\"scheme\":"
                + "\"uk_retail_pot\",\"metadata\":{\"pot_id\":\"pot_1\"},\"decline_reason\":\"OTHER\"},{\"id\":\"tx_2\",\"amount\":-900,\"include_in_spending\":true,\"category\":\"groceries\","
                + "\"categories\":{\"groceries\":-600,\"bills\":-300}},{}]}") {
            @Override
            void call(MonzoApi api) throws MonzoException {
                for (Transaction transaction : api.transactions("acc_1", "GBP", Instant.EPOCH, 100)
                        .send("token")
                        .await()) {
                    assertNotNull(transaction.id());
                    assertEquals("acc_1", transaction.accountId());
                    assertPartOfAmount(transaction);
                    Instant created = transaction.created();
                    assertTrue(created == null || created.toEpochMilli() >= 0, "a time that can be stored");
                }
            }
        };

        private final String answer;

        Target(String answer) {
            this.answer = answer;
        }

        abstract void call(MonzoApi api) throws MonzoException;
    }

    /** What counts in a budget is a part of the amount, however odd the parts that the bank tells. */
    private static void assertPartOfAmount(Transaction transaction) {
        BigDecimal amount = transaction.amount();
        BigDecimal counted = Spending.of(transaction, List.of("groceries"), List.of());
        BigDecimal most = amount == null ? BigDecimal.ZERO : amount.abs();
        assertTrue(counted.abs().compareTo(most) <= 0, "no more than the amount");
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void returnsAResultOrThrowsMonzoException(Target target) {
        Fuzz.run("MonzoApi " + target, random -> {
            bank.answer(response(target.answer, random));
            try {
                target.call(api);
            } catch (MonzoException e) {
                assertNotNull(e.kind());
            }
        });
    }

    /** Returns any response, often one that resembles a valid body. */
    public static HttpResponse response(String valid, Random random) {
        return new HttpResponse(status(random), retryAfter(random), body(valid, random));
    }

    private static int status(Random random) {
        return random.nextInt(4) > 0 ? 200 : Fuzz.oneOf(random, 100, 204, 302, 400, 401, 403, 404, 410, 429, 500, 503);
    }

    private static String retryAfter(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Fuzz.mutated("Sun, 01 Mar 2026 12:01:00 GMT", random);
            default -> Fuzz.mutated("30", random);
        };
    }

    private static String body(String valid, Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> randomBytes(random);
            case 1 -> Fuzz.text(random);
            case 2 ->
                Fuzz.oneOf(random, "[", "{\"a\":", "{\"balance\":[", "{\"accounts\":[{", "\"\\u0")
                        .repeat(random.nextInt(20_000));
            case 3 -> "{\"code\":\"" + Fuzz.text(random) + "\",\"params\":{\"user_id\":" + Fuzz.text(random) + "}}";
            default -> Fuzz.mutated(valid, random);
        };
    }

    private static String randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(1000)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
