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
package org.openhab.binding.monzo.internal.i18n;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonzoTextsTest {

    private final MonzoTexts texts = PropertiesTranslations.monzoTexts();

    @Test
    void insertsArguments() {
        assertEquals(
                "Monzo Joint Account, {0} O'Hara", texts.text("discovery.account-of", "Joint Account", "{0} O'Hara"));
    }

    @Test
    void returnsKeyOfAMissingText() {
        assertEquals("no.such-key", texts.text("no.such-key"));
    }

    @ParameterizedTest
    @CsvSource({
        "uk_retail, Current Account",
        "uk_retail_young, Young Person's Account",
        "uk_monzo_flex, Flex",
        "uk_rewards, Rewards",
        "uk_loan, Loan",
        "uk_business, Business Account",
        "eu_retail, Current Account",
        "eu_retail_joint, Joint Account",
        ", Account",
        "'', Account",
        "' ', Account"
    })
    void returnsNameOfKnownAccountType(String type, String name) {
        assertEquals(name, texts.accountType(type));
    }

    /** openHAB formats the default text too, so braces and apostrophes must be handled. */
    @ParameterizedTest
    @ValueSource(strings = {"uk_new", "it's new", "{", "{0}", "{x,y}", "a.b", "with space", "é", "%s"})
    void returnsUnknownAccountTypeInBrackets(String type) {
        assertEquals("Account (" + type + ")", texts.accountType(type));
    }
}
