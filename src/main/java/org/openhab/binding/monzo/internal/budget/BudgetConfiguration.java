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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.config.core.Configuration;

/**
 * The configuration of a budget, with its texts in a normal form: two that mean the same are equal, however they were
 * entered. Except for {@link #problem()}, methods require it to be valid.
 *
 * @param limit the amount to spend in a period, empty for no limit
 * @param accountIds the accounts whose spending counts, empty for that of an account thing without an ID
 * @param categories the categories that count, empty for all
 * @param merchants parts of the names of the merchants that count, empty for all
 * @param period the length of periods
 * @param startDay the day on which periods begin
 * @param alertAt the percentages of the limit that trigger alerts
 */
@NonNullByDefault
public record BudgetConfiguration(
        String limit,
        List<String> accountIds,
        List<String> categories,
        List<String> merchants,
        String period,
        String startDay,
        List<String> alertAt) {

    private static final BigDecimal MAX_LIMIT = BigDecimal.TEN.pow(12);
    private static final int MAX_LIMIT_DECIMALS = 9;
    private static final BigDecimal MAX_PERCENTAGE = BigDecimal.valueOf(9999);

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern NONE = Pattern.compile("(?!)");

    private static final String DEFAULT_START_DAY = "1";
    private static final List<String> DEFAULT_ALERT_AT = List.of("100", "80");

    /** Reads a configuration, in which a parameter of several values may have one plain value, or all in one text. */
    public static BudgetConfiguration of(Configuration entered) {
        return new BudgetConfiguration(
                value(entered, CONFIG_LIMIT, "", BudgetConfiguration::number),
                values(entered, CONFIG_ACCOUNT_IDS, COMMA, id -> id),
                values(
                        entered,
                        CONFIG_CATEGORIES,
                        COMMA,
                        name -> name.replace(' ', '_').toLowerCase(Locale.ROOT)),
                values(entered, CONFIG_MERCHANTS, NONE, name -> name.toLowerCase(Locale.ROOT)), // may contain a comma
                value(entered, CONFIG_PERIOD, BudgetPeriod.Length.MONTH.name(), name -> name.toUpperCase(Locale.ROOT)),
                value(entered, CONFIG_START_DAY, DEFAULT_START_DAY, BudgetConfiguration::number),
                entered.containsKey(CONFIG_ALERT_AT)
                        ? values(entered, CONFIG_ALERT_AT, COMMA, BudgetConfiguration::number)
                        : DEFAULT_ALERT_AT);
    }

    private static String value(
            Configuration entered, String parameter, String otherwise, UnaryOperator<String> normalize) {
        return values(entered, parameter, NONE, normalize).stream().findFirst().orElse(otherwise);
    }

    private static List<String> values(
            Configuration entered, String parameter, Pattern separator, UnaryOperator<String> normalize) {
        Object value = entered.get(parameter);
        Stream<?> values = value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value);
        return values.flatMap(each -> separator.splitAsStream(String.valueOf(each)))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .map(normalize)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns a number without trailing zeros, and a text that is none as it is. */
    private static String number(String text) {
        BigDecimal number = positive(text, MAX_LIMIT);
        return number == null || number.scale() > MAX_LIMIT_DECIMALS ? text : number.toPlainString();
    }

    /** Returns the status text that describes an error, {@code null} if the configuration is valid. */
    public @Nullable String problem() {
        if (!limit.isEmpty() && limitAmount() == null) {
            return "@text/offline.budget-limit-invalid";
        }
        Optional<BudgetPeriod.Length> length = findLength();
        if (length.isEmpty()) {
            return "@text/offline.budget-period-invalid";
        }
        Integer day = wholeNumber(startDay);
        if (day == null || !length.get().canStartOn(day)) {
            return "@text/offline.budget-start-day-invalid";
        }
        return alertAt.stream().allMatch(percentage -> wholeNumber(percentage) != null)
                ? null
                : "@text/offline.budget-alert-invalid";
    }

    /** Returns the limit in major units, {@code null} if there is none. */
    public @Nullable BigDecimal limitAmount() {
        BigDecimal amount = positive(limit, MAX_LIMIT);
        return amount == null || amount.scale() > MAX_LIMIT_DECIMALS ? null : amount;
    }

    public BudgetPeriod.Length length() {
        return findLength().orElseThrow();
    }

    private Optional<BudgetPeriod.Length> findLength() {
        return Arrays.stream(BudgetPeriod.Length.values())
                .filter(length -> length.name().equals(period))
                .findFirst();
    }

    public int firstDay() {
        return Integer.parseInt(String.valueOf(wholeNumber(startDay)));
    }

    /** Returns the percentages of the limit that trigger alerts, the lowest first. */
    public SortedSet<Integer> percentages() {
        SortedSet<Integer> percentages = new TreeSet<>();
        for (String percentage : alertAt) {
            Integer number = wholeNumber(percentage);
            if (number != null) {
                percentages.add(number);
            }
        }
        return percentages;
    }

    /** Returns a positive whole number of at most four digits, {@code null} for any other text. */
    private static @Nullable Integer wholeNumber(String text) {
        BigDecimal number = positive(text, MAX_PERCENTAGE);
        return number == null || number.scale() > 0 ? null : (Integer) number.intValueExact();
    }

    /**
     * Returns a positive number without trailing zeros, {@code null} if the text is none or the number is too large.
     */
    private static @Nullable BigDecimal positive(String text, BigDecimal max) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.signum() > 0 && number.compareTo(max) <= 0 ? number.stripTrailingZeros() : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
