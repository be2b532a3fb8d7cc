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

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Reads JSON leniently: a missing value or one of another type is {@code null}, a missing required value is an {@link
 * ErrorKind#INVALID_RESPONSE}.
 */
@NonNullByDefault
public final class Json {

    private static final Gson GSON = new Gson();

    /** Whole numbers; no exponents, with which ten characters could expand to a gigabyte. */
    private static final String WHOLE_NUMBER = "-?\\d{1,19}";

    /** Must not be sent, but may be ignored by a reader (RFC 8259 section 8.1). */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Numbers of a size that is harmless when written without exponent. */
    private static final String DECIMAL = "-?\\d{1,19}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,2})?";

    private Json() {}

    public static JsonObject object(String text) throws MonzoException {
        return object(text, json -> GSON.fromJson(json, JsonObject.class));
    }

    /** Returns the object at the start of a text and ignores any text after it. */
    public static JsonObject leadingObject(String text) throws MonzoException {
        return object(text, json -> GSON.fromJson(new JsonReader(new StringReader(json)), JsonObject.class));
    }

    private static JsonObject object(String text, Function<String, @Nullable JsonObject> parser) throws MonzoException {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        try {
            // Gson's reader never returns for some texts that start with two byte order marks.
            JsonObject object = json.startsWith(BYTE_ORDER_MARK) ? null : parser.apply(json);
            if (object != null) {
                return object;
            }
        } catch (JsonParseException | ClassCastException | NumberFormatException | StackOverflowError e) {
            // Gson throws a NumberFormatException for an invalid escape, and overflows the stack for deep nesting.
        }
        throw new MonzoException(ErrorKind.INVALID_RESPONSE, "response is not a JSON object");
    }

    public static JsonObject objectOrEmpty(String text) {
        try {
            return object(text);
        } catch (MonzoException e) {
            return new JsonObject();
        }
    }

    /** Returns the objects of a required array, without its other elements. */
    public static List<JsonObject> objects(JsonObject parent, String name) throws MonzoException {
        JsonElement element = parent.get(name);
        if (element == null || !element.isJsonArray()) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "response has no list '" + name + "'");
        }
        return objectsIn(element);
    }

    /** Returns the objects of an array, none if it is missing. */
    public static List<JsonObject> objectsOrNone(JsonObject parent, String name) {
        JsonElement element = parent.get(name);
        return element == null || !element.isJsonArray() ? List.of() : objectsIn(element);
    }

    private static List<JsonObject> objectsIn(JsonElement array) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : array.getAsJsonArray()) {
            if (element.isJsonObject()) {
                objects.add(element.getAsJsonObject());
            }
        }
        return objects;
    }

    public static JsonObject child(JsonObject parent, String name) {
        JsonElement element = parent.get(name);
        return element != null && element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    }

    /** Returns a text, {@code null} if it is missing, empty or of another type. */
    public static @Nullable String text(JsonObject parent, String name) {
        JsonPrimitive value = primitive(parent, name);
        return value == null || !value.isString() || value.getAsString().isEmpty() ? null : value.getAsString();
    }

    /** Returns a text, or the default if it is missing, empty or of another type. */
    public static @Nullable String text(JsonObject parent, String name, @Nullable String otherwise) {
        String text = text(parent, name);
        return text == null ? otherwise : text;
    }

    public static @Nullable Boolean flag(JsonObject parent, String name) {
        JsonPrimitive value = primitive(parent, name);
        return value == null || !value.isBoolean() ? null : (Boolean) value.getAsBoolean();
    }

    /**
     * Returns a whole number, {@code null} if it is missing or JSON null.
     *
     * @throws MonzoException {@code INVALID_RESPONSE} for any other value: amounts are never guessed
     */
    public static @Nullable Long wholeNumber(JsonObject parent, String name) throws MonzoException {
        JsonElement element = parent.get(name);
        if (element == null || element.isJsonNull()) {
            return null;
        }
        JsonPrimitive value = primitive(parent, name);
        if (value != null && value.isNumber() && value.getAsString().matches(WHOLE_NUMBER)) {
            try {
                return Long.valueOf(value.getAsString());
            } catch (NumberFormatException e) {
                // more than 64 bits
            }
        }
        throw new MonzoException(ErrorKind.INVALID_RESPONSE, "'" + name + "' is not a whole number");
    }

    /** Returns a number, {@code null} if it is missing, of another type or of absurd length. */
    public static @Nullable BigDecimal decimal(JsonObject parent, String name) {
        JsonPrimitive value = primitive(parent, name);
        return value != null && value.isNumber() && value.getAsString().matches(DECIMAL)
                ? new BigDecimal(value.getAsString())
                : null;
    }

    private static @Nullable JsonPrimitive primitive(JsonObject parent, String name) {
        JsonElement element = parent.get(name);
        return element != null && element.isJsonPrimitive() ? element.getAsJsonPrimitive() : null;
    }
}
