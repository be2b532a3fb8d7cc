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
package org.openhab.binding.monzo.internal.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.library.types.StringType;

/** Tests that amounts of every type are read exactly. */
class TransferRequestTest {

    static Stream<Arguments> amounts() {
        return Stream.of(
                Arguments.of(0.1, "0.10"),
                Arguments.of(0.29, "0.29"), // 0.289999… in binary
                Arguments.of(1.15f, "1.15"),
                Arguments.of(4.35, "4.35"),
                Arguments.of(1e7, "10000000.00"), // 1.0E7 as text
                Arguments.of(5, "5.00"),
                Arguments.of(5L, "5.00"),
                Arguments.of((short) 5, "5.00"),
                Arguments.of(BigInteger.TEN, "10.00"),
                Arguments.of(new BigDecimal("12.3400"), "12.34"),
                Arguments.of(new BigDecimal("1E+2"), "100.00"),
                Arguments.of("7.5", "7.50"),
                Arguments.of(" 7.50 ", "7.50"),
                Arguments.of("+7", "7.00"),
                Arguments.of("007", "7.00"),
                Arguments.of("7.50 GBP", "7.50"),
                Arguments.of("7.5 DEF", "7.50"),
                Arguments.of(new DecimalType("7.5"), "7.50"),
                Arguments.of(new StringType("7.5"), "7.50"),
                Arguments.of(new QuantityType<>("7.5"), "7.50"));
    }

    @ParameterizedTest
    @MethodSource("amounts")
    void readsAmountsExactly(Object value, String expected) throws TransferFailure {
        assertEquals(new BigDecimal(expected), amount(value, "GBP"));
    }

    @Test
    void usesTheDecimalsOfTheCurrency() throws TransferFailure {
        assertEquals(new BigDecimal("5000"), amount("5000.0", "JPY"));
        assertEquals(new BigDecimal("0.125"), amount(0.125, "KWD"));
        assertEquals(new BigDecimal("0.12"), amount(0.12, null));
        assertRefused("transfer.amount-too-precise", 0.5, "JPY");
        assertRefused("transfer.amount-too-precise", "0.125", null);
    }

    @Test
    void refusesOtherCurrencies() {
        assertRefused("transfer.amount-in-other-currency", "5 EUR", "GBP");
        assertRefused("transfer.amount-in-other-currency", "5 GBP", null);
    }

    private static void assertRefused(String key, Object value, String currency) {
        assertEquals(
                key,
                assertThrows(TransferFailure.class, () -> amount(value, currency))
                        .reason()
                        .textKey());
    }

    private static BigDecimal amount(Object value, String currency) throws TransferFailure {
        return new TransferRequest(Direction.DEPOSIT, "pot_1", true, () -> true, value, null).amountIn(currency);
    }
}
