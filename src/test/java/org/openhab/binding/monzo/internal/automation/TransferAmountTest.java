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
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.model.Transaction;
import org.openhab.core.config.core.Configuration;

/** How much rules move, to the smallest unit. */
class TransferAmountTest {

    private static TransferAmount amount(String... parameters) {
        Map<String, Object> configuration = new HashMap<>(Map.of("direction", "DEPOSIT"));
        for (String parameter : parameters) {
            int split = parameter.indexOf('=');
            configuration.put(parameter.substring(0, split), parameter.substring(split + 1));
        }
        return new TransferAmount(new Parameters(new Configuration(configuration)));
    }

    private static Transaction transaction(String amount, String currency, String merchant) {
        return new Transaction(
                "tx_1",
                "acc_1",
                Instant.EPOCH,
                new BigDecimal(amount),
                currency,
                null,
                null,
                "CORNER SHOP",
                merchant,
                null,
                "general",
                null,
                "mastercard",
                null,
                null,
                null,
                false,
                Transaction.Details.NONE);
    }

    private static void assertMoves(String expected, BigDecimal moved) {
        assertEquals(0, new BigDecimal(expected).compareTo(moved), expected + " but was " + moved);
    }

    @ParameterizedTest
    @CsvSource({
        "-3.40, GBP, , , 0.60",
        "-3.00, GBP, , , 0",
        "-0.01, GBP, , , 0.99",
        "-3.40, GBP, 5, , 1.60",
        "-3.40, GBP, 0.50, , 0.10",
        "-3.40, GBP, , 1.5, 0.90",
        "-3.33, GBP, , 1.5, 1.00",
        "-3.40, GBP, , 0, 0",
        "-1250, JPY, 100, , 50",
        "-1250, JPY, , , 0",
        "-1.234, KWD, , , 0.766",
        "3.40, GBP, , , 0"
    })
    void roundsUp(String paid, String currency, String step, String factor, String expected) {
        TransferAmount amount = amount(
                "amount=ROUND_UP", "value=" + (step == null ? "" : step), "factor=" + (factor == null ? "" : factor));
        assertNull(amount.problem());
        assertMoves(expected, amount.of(transaction(paid, currency, "Corner Shop")));
    }

    @ParameterizedTest
    @CsvSource({
        "DEPOSIT, -3.40, Shop, 3.40",
        "DEPOSIT, 3.40, Shop, 3.40",
        "WITHDRAW, -3.40, Shop, -3.40",
        "WITHDRAW, -3.40, , -3.40",
        "WITHDRAW, 3.40, Shop, 3.40",
        "WITHDRAW, 3.40, , 0"
    })
    void movesThePaymentItself(String direction, String paid, String merchant, String expected) {
        assertMoves(
                expected, amount("amount=PAYMENT", "direction=" + direction).of(transaction(paid, "GBP", merchant)));
    }

    @ParameterizedTest
    @CsvSource({"33.33, GBP, 10, 3.33", "999, JPY, 0.1, 0", "1000, JPY, 0.1, 1", "0.01, GBP, 99, 0", "5, GBP, 100, 5"})
    void movesAShareRoundedDown(String received, String currency, String percent, String expected) {
        assertMoves(expected, amount("amount=SHARE", "value=" + percent).of(transaction(received, currency, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "2650.00, 2500, 100, 50.00",
        "2650.00, 2500, 0, 150.00",
        "2650.00, 2500, -20, 170.00",
        "2650.00, 2500, 150, 0",
        "2650.00, 2500, 151, 0",
        "2400.00, 2500, 0, 0",
        "2650.00, -10, 0, 0",
        "2650.00, 2500, 99.995, 50.00"
    })
    void movesWhatWasLeftBeforeTheMoneyCame(String balance, String received, String leave, String expected) {
        TransferAmount amount = amount("amount=LEFTOVER", "value=" + leave);
        assertMoves(expected, amount.of(new BigDecimal(balance), new BigDecimal(received), 2));
        assertMoves("0", amount.of(transaction(received, "GBP", null)));
    }

    @ParameterizedTest
    @CsvSource({
        "EITHER, 600, 0, 100",
        "EITHER, 400.50, 0, -99.50",
        "EITHER, 500, 0, 0",
        "EITHER, 520, 20, 0",
        "EITHER, 520.01, 20, 20.01",
        "EITHER, 480, 20, 0",
        "EITHER, 479.99, 20, -20.01",
        "EITHER, -100, 0, -600",
        "DEPOSIT, 600, 0, 100",
        "DEPOSIT, 400, 0, 0",
        "WITHDRAW, 600, 0, 0",
        "WITHDRAW, 400, 0, -100"
    })
    void movesUpOrDownToATarget(String direction, String balance, String margin, String expected) {
        TransferAmount amount = amount("direction=" + direction, "amount=TO_TARGET", "value=500", "margin=" + margin);
        assertMoves(expected, amount.of(new BigDecimal(balance), BigDecimal.ZERO, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "direction=|direction is none of [DEPOSIT, WITHDRAW, EITHER]",
                "direction=in|direction is none of [DEPOSIT, WITHDRAW, EITHER]",
                "amount=ALL|amount is none of [FIXED, PAYMENT, ROUND_UP, SHARE, LEFTOVER, TO_TARGET]",
                "value=|value is not a number; write it without a currency and with a point, such as 20.00",
                "value=£5|value is not a number; write it without a currency and with a point, such as 20.00",
                "value=0|value must be more than 0",
                "value=-5|value must be more than 0",
                "value=5;direction=EITHER|direction EITHER needs the amount TO_TARGET",
                "value=5;direction=WITHDRAW;amount=LEFTOVER|amount LEFTOVER needs the direction DEPOSIT",
                "value=101;amount=SHARE|value is more than 100 per cent",
                "value=x;amount=ROUND_UP|value is not a number; write it without a currency and with a point, such as 20.00",
                "factor=-1;amount=ROUND_UP|factor is negative",
                "margin=-1;value=5;amount=TO_TARGET|margin is negative"
            })
    void saysWhatIsWrongAndMovesNothing(String parameters, String problem) {
        TransferAmount amount = amount(parameters.split(";"));
        assertEquals(problem, amount.problem());
        assertMoves("0", amount.of(transaction("-3.40", "GBP", "Shop")));
        assertMoves("0", amount.of(new BigDecimal("1000"), new BigDecimal("100"), 2));
    }

    /** As they are where nothing was entered, in openHAB 3.0 and in later ones. */
    @Test
    void ignoresParametersThatAreNotEntered() {
        assertNull(amount("amount=${amount}", "value=5", "factor={{factor}}", "margin=${margin}")
                .problem());
    }
}
