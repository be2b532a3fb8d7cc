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

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Converts exact amounts from the minor unit of a currency (pence), used by Monzo, to the major unit (pounds).
 */
@NonNullByDefault
public final class Money {

    private static final int DEFAULT_DECIMALS = 2;

    private Money() {}

    /**
     * Converts an amount to major units, exactly.
     *
     * @param minorUnits the amount as Monzo sends it, e.g. 5000 pence
     * @param currency ISO 4217 code, {@code null} if Monzo omitted it
     * @return the amount with the currency's number of decimals, e.g. 50.00
     */
    public static BigDecimal inMajorUnits(long minorUnits, @Nullable String currency) {
        return BigDecimal.valueOf(minorUnits, decimals(currency));
    }

    /**
     * Converts an amount to minor units, exactly.
     *
     * @param majorUnits the amount, e.g. 50.00
     * @param currency ISO 4217 code, {@code null} if Monzo omitted it
     * @return the amount as Monzo expects it, e.g. 5000 pence
     * @throws ArithmeticException if it has more decimals than the currency, or more than 64 bits
     */
    public static long inMinorUnits(BigDecimal majorUnits, @Nullable String currency) {
        return majorUnits.movePointRight(decimals(currency)).longValueExact();
    }

    /**
     * Returns the number of decimals of a currency.
     *
     * @param currency ISO 4217 code or {@code null}
     * @return 2 for pounds, 0 for yen, 3 for dinars; 2 if Java does not know the currency or its decimals
     */
    public static int decimals(@Nullable String currency) {
        return known(currency)
                .map(Currency::getDefaultFractionDigits)
                .filter(decimals -> decimals >= 0)
                .orElse(DEFAULT_DECIMALS);
    }

    /**
     * Returns the pattern to format an amount with its currency. A minus sign follows the symbol, which no pattern of
     * Java can change.
     *
     * @param currency ISO 4217 code or {@code null}
     * @param locale determines the symbol of the currency
     * @return a format for {@link String#format}, e.g. {@code £%,.2f}
     */
    public static String pattern(@Nullable String currency, Locale locale) {
        String number = "%,." + decimals(currency) + "f";
        if (currency == null || currency.isEmpty()) {
            return number;
        }
        String symbol = known(currency).map(c -> symbol(c, locale)).orElse(currency);
        // A symbol of letters alone, such as KWD, needs a space before the digits.
        String space = Character.isLetter(symbol.charAt(symbol.length() - 1)) ? " " : "";
        return symbol.replace("%", "%%") + space + number;
    }

    /**
     * Returns the symbol in the user's locale or, failing that, in the locale of a country with this currency: Java
     * knows the pound's symbol in English, but only its code in some other languages.
     */
    private static String symbol(Currency currency, Locale locale) {
        String symbol = currency.getSymbol(locale);
        if (!symbol.equals(currency.getCurrencyCode())) {
            return symbol;
        }
        for (Locale local : Locale.getAvailableLocales()) {
            if (paysIn(local, currency) && !currency.getSymbol(local).equals(currency.getCurrencyCode())) {
                String localSymbol = currency.getSymbol(local);
                if (localSymbol.codePointCount(0, localSymbol.length()) == 1) {
                    return localSymbol;
                }
            }
        }
        return symbol;
    }

    private static boolean paysIn(Locale country, Currency currency) {
        try {
            return !country.getCountry().isEmpty() && currency.equals(Currency.getInstance(country));
        } catch (IllegalArgumentException e) {
            return false; // a region that is no country
        }
    }

    private static Optional<Currency> known(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
