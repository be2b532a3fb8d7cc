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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Reads JSON that nobody promised the shape of: what is missing or of another type is {@code null}, what must be there
 * and is not is a {@link ErrorKind#INVALID_RESPONSE}.
 */
@NonNullByDefault
public final class Json {

    private static final Gson GSON = new Gson();

    /** Whole numbers of 64 bits; no exponents, which could make a number of a gigabyte out of ten characters. */
    private static final String WHOLE_NUMBER = "-?\\d{1,19}";

    /** Nobody should send one, a reader may pass over it (RFC 8259 section 8.1). */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private Json() {}

    public static JsonObject object(String text) throws MonzoException {
        return object(text, json -> GSON.fromJson(json, JsonObject.class));
    }

    /** The object that a text begins with, whatever follows it. */
    public static JsonObject leadingObject(String text) throws MonzoException {
        return object(text, json -> GSON.fromJson(new JsonReader(new StringReader(json)), JsonObject.class));
    }

    private static JsonObject object(String text, Function<String, @Nullable JsonObject> parser) throws MonzoException {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        try {
            // Gson's reader never comes back from some texts that begin with two of these marks.
            JsonObject object = json.startsWith(BYTE_ORDER_MARK) ? null : parser.apply(json);
            if (object != null) {
                return object;
            }
        } catch (JsonParseException | ClassCastException | NumberFormatException | StackOverflowError e) {
            // Gson lets a broken escape out as a NumberFormatException, and descends with the nesting, so that a body
            // of brackets overflows the stack.
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

    /** The objects of an array that must be there; elements that are no objects are passed over. */
    public static List<JsonObject> objects(JsonObject parent, String name) throws MonzoException {
        JsonElement element = parent.get(name);
        if (element == null || !element.isJsonArray()) {
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "response has no list '" + name + "'");
        }
        return objectsIn(element);
    }

    /** The objects of an array, empty when it is not there. */
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

    /** A text, {@code null} when missing, empty or not a text. */
    public static @Nullable String text(JsonObject parent, String name) {
        JsonPrimitive value = primitive(parent, name);
        return value == null || !value.isString() || value.getAsString().isEmpty() ? null : value.getAsString();
    }

    /** A text, or another one when it is missing, empty or not a text. */
    public static @Nullable String text(JsonObject parent, String name, @Nullable String otherwise) {
        String text = text(parent, name);
        return text == null ? otherwise : text;
    }

    public static @Nullable Boolean flag(JsonObject parent, String name) {
        JsonPrimitive value = primitive(parent, name);
        return value == null || !value.isBoolean() ? null : (Boolean) value.getAsBoolean();
    }

    /**
     * A whole number, {@code null} when missing or JSON's null.
     *
     * @throws MonzoException {@code INVALID_RESPONSE} when something else stands there: an amount is never guessed
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

    private static @Nullable JsonPrimitive primitive(JsonObject parent, String name) {
        JsonElement element = parent.get(name);
        return element != null && element.isJsonPrimitive() ? element.getAsJsonPrimitive() : null;
    }
}
