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
package org.openhab.binding.monzo.internal.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.core.config.core.Configuration;

class BudgetConfigurationTest {

    private static BudgetConfiguration of(Map<String, Object> entered) {
        return BudgetConfiguration.of(new Configuration(entered));
    }

    @Test
    void hasDefaults() {
        BudgetConfiguration configuration = of(Map.of());

        assertNull(configuration.problem());
        assertNull(configuration.limitAmount());
        assertEquals(List.of(), configuration.accountIds());
        assertEquals(BudgetPeriod.Length.MONTH, configuration.length());
        assertEquals(1, configuration.firstDay());
        assertEquals(Set.of(80, 100), configuration.percentages());
    }

    /** As a file gives one, and as Main UI and a file give several. */
    @Test
    void takesOneValueAsWellAsAList() {
        assertEquals(List.of("groceries"), of(Map.of("categories", "groceries")).categories());
        assertEquals(
                List.of("eating_out", "groceries"),
                of(Map.of("categories", List.of("groceries", " eating_out ", "", "groceries")))
                        .categories());
        assertEquals(
                List.of("marks, spencer"),
                of(Map.of("merchants", "Marks, Spencer")).merchants());
        assertEquals(List.of("acc_1"), of(Map.of("accountIds", "acc_1")).accountIds());
        assertEquals(Set.of(50), of(Map.of("alertAt", new BigDecimal(50))).percentages());
        assertEquals(
                Set.of(50, 75), of(Map.of("alertAt", List.of("75", "50.0"))).percentages());
        assertEquals(Set.of(), of(Map.of("alertAt", List.of())).percentages());
    }

    /** In a file, people may write one text for {@code "groceries","eating_out"}. */
    @Test
    void takesSeveralValuesInOneText() {
        assertEquals(
                List.of("eating_out", "groceries"),
                of(Map.of("categories", "groceries, eating_out")).categories());
        assertEquals(
                List.of("acc_1", "acc_2"),
                of(Map.of("accountIds", "acc_1,acc_2")).accountIds());
        assertEquals(Set.of(80, 100), of(Map.of("alertAt", "80,100")).percentages());
    }

    static Stream<Arguments> equalConfigurations() {
        return Stream.of(
                Arguments.of("limit", "250", "250.00"),
                Arguments.of("limit", new BigDecimal("250"), " 2.5E+2 "),
                Arguments.of("accountIds", "acc_1", List.of("acc_1")),
                Arguments.of("accountIds", "acc_1,acc_2", List.of("acc_2", "acc_1")),
                Arguments.of("categories", "groceries", List.of("groceries")),
                Arguments.of("categories", List.of("groceries", "eating_out"), "Eating out, Groceries"),
                Arguments.of("merchants", List.of("Tesco", "LIDL"), List.of("lidl", "tesco", "Tesco")),
                Arguments.of("period", "week", "WEEK"),
                Arguments.of("startDay", "5", new BigDecimal("5.0")),
                Arguments.of("startDay", "", "1"),
                Arguments.of("alertAt", List.of("80", "100"), List.of(new BigDecimal("100.0"), new BigDecimal(80))));
    }

    @ParameterizedTest
    @MethodSource("equalConfigurations")
    void comparesWhatAConfigurationMeans(String parameter, Object entered, Object again) {
        assertEquals(of(Map.of(parameter, entered)), of(Map.of(parameter, again)));
    }

    @Test
    void equalsTheDefaultsThatAreEntered() {
        assertEquals(
                of(Map.of("limit", "100")),
                of(Map.of("limit", "100", "period", "MONTH", "startDay", 1, "alertAt", List.of("80", "100"))));
    }

    /** The names of categories and merchants alone may be in upper or lower case, and accounts are no numbers. */
    @ParameterizedTest
    @CsvSource({"limit, 250, 250.01", "accountIds, acc_a, acc_A", "accountIds, 1, 1.0", "merchants, 1, 1.0"})
    void distinguishesOthers(String parameter, String entered, String other) {
        assertNotEquals(of(Map.of(parameter, entered)), of(Map.of(parameter, other)));
    }

    @ParameterizedTest
    @CsvSource({
        "limit, £20, limit",
        "limit, '20,00', limit",
        "limit, 0, limit",
        "limit, -5, limit",
        "limit, NaN, limit",
        "limit, 1e999999999, limit",
        "limit, 1e-999999999, limit",
        "limit, 10000000000000, limit",
        "startDay, 31, start-day",
        "startDay, 0, start-day",
        "startDay, -1, start-day",
        "startDay, 1.5, start-day",
        "startDay, Monday, start-day",
        "alertAt, 0, alert",
        "alertAt, -80, alert",
        "alertAt, 80%, alert",
        "alertAt, 79.5, alert",
        "alertAt, 1e999999999, alert",
        "period, YEAR, period",
        "period, 7, period",
    })
    void saysWhatIsWrong(String parameter, String value, String problem) {
        assertEquals(
                "@text/offline.budget-" + problem + "-invalid",
                of(Map.of(parameter, value)).problem());
    }

    @ParameterizedTest
    @CsvSource({
        "250, 250",
        "1E+3, 1000",
        "' 99.90 ', 99.9",
        "0.01, 0.01",
    })
    void readsTheLimit(String value, BigDecimal limit) {
        assertNull(of(Map.of("limit", value)).problem());
        assertEquals(0, limit.compareTo(of(Map.of("limit", value)).limitAmount()));
    }

    @Test
    void hasNoLimitIfItIsBlank() {
        assertNull(of(Map.of("limit", " ")).problem());
        assertNull(of(Map.of("limit", " ")).limitAmount());
    }

    @ParameterizedTest
    @CsvSource({"WEEK, 7", "week, 1", "DAY, 28", "MONTH, 28"})
    void acceptsTheDaysOfEachPeriod(String period, String startDay) {
        assertNull(of(Map.of("period", period, "startDay", startDay)).problem());
    }

    /** A day has no first day, but the default of another period may have been left. */
    @Test
    void checksTheStartDayOfAWeek() {
        assertEquals(
                "@text/offline.budget-start-day-invalid",
                of(Map.of("period", "WEEK", "startDay", new BigDecimal(8))).problem());
        assertNull(of(Map.of("period", "DAY", "startDay", new BigDecimal(31))).problem());
    }
}
