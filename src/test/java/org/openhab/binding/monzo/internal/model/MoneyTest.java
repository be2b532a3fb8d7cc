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
package org.openhab.binding.monzo.internal.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

    private static final List<Locale> LOCALES = List.of(
            Locale.UK, Locale.US, Locale.GERMAN, Locale.FRENCH, Locale.JAPANESE, Locale.ROOT, new Locale("ar", "KW"));

    static Stream<Currency> currencies() {
        return Currency.getAvailableCurrencies().stream();
    }

    @ParameterizedTest
    @CsvSource({
        "5000, GBP, 50.00",
        "5000, JPY, 5000",
        "5000, KWD, 5.000",
        "-1, GBP, -0.01",
        "0, GBP, 0.00",
        "5, EUR, 0.05",
        "9223372036854775807, GBP, 92233720368547758.07",
        "-9223372036854775808, GBP, -92233720368547758.08",
        "9223372036854775807, KWD, 9223372036854775.807",
        "-9223372036854775808, JPY, -9223372036854775808",
        "5000, XAU, 50.00",
        "5000, QQQ, 50.00",
        "5000, gbp, 50.00",
        "5000, '', 50.00",
        "5000, , 50.00",
    })
    void convertsToMajorUnitsExactly(long minorUnits, String currency, String majorUnits) {
        assertEquals(new BigDecimal(majorUnits), Money.inMajorUnits(minorUnits, currency));
    }

    @ParameterizedTest
    @MethodSource("currencies")
    void convertsEveryCurrencyWithoutLoss(Currency currency) {
        String code = currency.getCurrencyCode();
        int decimals = currency.getDefaultFractionDigits() < 0 ? 2 : currency.getDefaultFractionDigits();

        for (long amount : new long[] {Long.MIN_VALUE, -1, 0, 1, 1234567, Long.MAX_VALUE}) {
            BigDecimal major = Money.inMajorUnits(amount, code);
            assertEquals(decimals, major.scale(), code);
            assertEquals(amount, major.movePointRight(decimals).longValueExact(), code);
        }
    }

    @ParameterizedTest
    @MethodSource("currencies")
    void formatsEveryCurrencyInEveryLocale(Currency currency) {
        String code = currency.getCurrencyCode();
        String amount = Money.inMajorUnits(1234567, code).toPlainString();

        for (Locale locale : LOCALES) {
            String pattern = Money.pattern(code, locale);
            String shown = String.format(Locale.ROOT, pattern, new BigDecimal(amount));
            assertThat(pattern, shown.replace(",", ""), containsString(amount));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GBP, en-GB, £12.50",
        "GBP, de, £12.50",
        "GBP, fr, £GB 12.50",
        "GBP, und, £12.50",
        "EUR, en-GB, €12.50",
        "EUR, de, €12.50",
        "EUR, und, €12.50",
        "JPY, en-GB, JP¥13",
        "KWD, en-GB, KWD 12.500",
        "QQQ, en-GB, QQQ 12.50",
    })
    void formatsWithCurrencySymbol(String currency, String language, String shown) {
        String pattern = Money.pattern(currency, Locale.forLanguageTag(language));

        assertEquals(shown, String.format(Locale.ROOT, pattern, new BigDecimal("12.5")));
    }

    @ParameterizedTest
    @CsvSource({
        "GBP, 10263.5,  '£10,263.50'",
        "JPY, 1234567,  'JP¥1,234,567'",
        "'',  -1234.5,  '-1,234.50'",
        "GBP, -1234.56, '£-1,234.56'",
        "GBP, 999.99,   £999.99"
    })
    void groupsThousands(String currency, BigDecimal amount, String shown) {
        assertEquals(shown, String.format(Locale.UK, Money.pattern(currency, Locale.UK), amount));
    }

    /** Java knows the pound only by its code in some of them, such as Polish. */
    @Test
    void formatsPoundsWithTheirSymbolInEveryLocale() {
        for (Locale locale : Locale.getAvailableLocales()) {
            assertThat(locale.toLanguageTag(), Money.pattern("GBP", locale), containsString("£"));
        }
    }

    /** Other countries call some of these F or £, and the Swiss write SFr. */
    @ParameterizedTest
    @CsvSource({"FRF, FRF 12.50", "CYP, CYP 12.50", "CHF, CHF 12.50", "PLN, PLN 12.50"})
    void formatsWithTheCodeWhereNoCountryWithTheCurrencyHasASignForIt(String currency, String shown) {
        String pattern = Money.pattern(currency, Locale.UK);

        assertEquals(shown, String.format(Locale.ROOT, pattern, new BigDecimal("12.5")));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void formatsNumberWithoutCurrency(String currency) {
        assertEquals("%,.2f", Money.pattern(currency, Locale.UK));
    }

    /** Monzo's currency code becomes part of a pattern for {@link String#format}. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "%s", "100%", "%n", "%1$s%2$s", "%%", "A%", "{0}", "\n", "\uD83D\uDE00", "\uD83D"})
    void escapesFormatCharactersInCurrency(String currency) {
        String shown = String.format(Locale.ROOT, Money.pattern(currency, Locale.UK), new BigDecimal("12.5"));

        assertEquals(currency + "12.50", shown.replace(" ", ""));
    }
}
