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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.model.ErrorKind;

class JsonTest {

    static String[] noObjects() {
        return new String[] {
            "",
            " ",
            "null",
            "[]",
            "1",
            "\"text\"",
            "<html><body>Bad Gateway</body></html>",
            "{",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":\"\\u12",
            "{\"a\":\"\\u12zz\"}",
            "{\"a\":\"\\x\"}",
            "\0",
            "\uFEFF\uFEFF" + "x".repeat(2_000),
            "[".repeat(500_000),
            "{\"a\":".repeat(200_000),
        };
    }

    @Test
    void ignoresByteOrderMark() throws MonzoException {
        assertEquals(Json.object("{\"a\":1}"), Json.object("\uFEFF{\"a\":1}"));
    }

    @ParameterizedTest
    @MethodSource("noObjects")
    void rejectsOtherTextThanAnObject(String text) {
        MonzoException e = assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> assertThrows(MonzoException.class, () -> Json.object(text)));

        assertEquals(ErrorKind.INVALID_RESPONSE, e.kind());
        assertEquals(new JsonObject(), Json.objectOrEmpty(text));
    }

    @Test
    void findsTheObjectsOfAList() throws MonzoException {
        JsonObject json = Json.object("{\"list\": [{\"a\": 1}, null, 2, \"x\", [], {}], \"other\": {}}");

        assertThat(Json.objects(json, "list"), contains(Json.object("{\"a\": 1}"), new JsonObject()));
        assertThat(Json.objectsOrNone(json, "list"), contains(Json.object("{\"a\": 1}"), new JsonObject()));
        assertThat(Json.objectsOrNone(json, "other"), empty());
        assertThat(Json.objectsOrNone(json, "missing"), empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"list\": null}", "{\"list\": {}}", "{\"list\": \"x\"}", "{\"list\": 1}"})
    void rejectsMissingList(String text) throws MonzoException {
        JsonObject json = Json.object(text);

        assertEquals(
                ErrorKind.INVALID_RESPONSE,
                assertThrows(MonzoException.class, () -> Json.objects(json, "list"))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": \"text\"} | text | | {}",
                "{\"a\": \"\"}     |      | | {}",
                "{\"a\": null}     |      | | {}",
                "{}                |      | | {}",
                "{\"a\": 1}        |      | | {}",
                "{\"a\": true}     |      | true | {}",
                "{\"a\": \"true\"} | true | | {}",
                "{\"a\": []}       |      | | {}",
                "{\"a\": {\"b\":1}}|      | | {\"b\":1}",
            })
    void returnsOnlyValuesOfTheRequestedType(String text, String asText, Boolean asFlag, String asChild)
            throws MonzoException {
        JsonObject json = Json.object(text);

        assertEquals(asText, Json.text(json, "a"));
        assertEquals(asFlag, Json.flag(json, "a"));
        assertEquals(Json.object(asChild), Json.child(json, "a"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 5000, Long.MAX_VALUE, Long.MIN_VALUE})
    void readsWholeNumbersOf64Bits(long number) throws MonzoException {
        assertEquals(number, Json.wholeNumber(Json.object("{\"a\": " + number + "}"), "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\": null}"})
    void returnsNullWithoutNumber(String text) throws MonzoException {
        assertNull(Json.wholeNumber(Json.object(text), "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999",
                "1e999999999",
                "1E2",
                "5000.0",
                "0.5",
                "NaN",
                "Infinity",
                "\"5000\"",
                "true",
                "[]",
                "{}",
                "+5",
                "0x10",
                "٥",
            })
    void rejectsInexactNumbers(String value) throws MonzoException {
        JsonObject json = Json.object("{\"a\": " + value + "}");

        assertEquals(
                ErrorKind.INVALID_RESPONSE,
                assertThrows(MonzoException.class, () -> Json.wholeNumber(json, "a"))
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":\"b\"}", "\uFEFF{\"a\":\"b\"} <!-- -->", "{\"a\":\"b\"}{\"a\":\"c\"}", "{\"a\":\"b\"}]"})
    void readsLeadingObject(String text) throws MonzoException {
        assertEquals("b", Json.text(Json.leadingObject(text), "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "[{\"a\":\"b\"}]", "\"a\"", "5", "{\"a\":\"b\"", "<html>{}", "\uFEFF\uFEFF{}"})
    void rejectsTextWithoutLeadingObject(String text) {
        assertEquals(
                ErrorKind.INVALID_RESPONSE,
                assertThrows(MonzoException.class, () -> Json.leadingObject(text))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource({"51.5074, 51.5074", "-0, 0", "-5.0E-4, -0.00050", "1e2, 100", "180, 180"})
    void readsDecimals(String value, String expected) throws MonzoException {
        BigDecimal decimal = Json.decimal(Json.object("{\"a\": " + value + "}"), "a");
        assertEquals(expected, decimal.toPlainString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "NaN", "\"51.5\"", "true", "null", "[]", "{}", "0x10", "٥"})
    void readsNoDecimalFromOtherValues(String value) throws MonzoException {
        assertNull(Json.decimal(Json.object("{\"a\": " + value + "}"), "a"));
    }
}
