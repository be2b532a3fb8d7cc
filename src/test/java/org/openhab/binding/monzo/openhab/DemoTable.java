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
package org.openhab.binding.monzo.openhab;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The demo's table: every thing with its channels and their linked items, in the order of the files.
 *
 * @param rows from top to bottom
 * @param missing descriptions of missing values
 */
record DemoTable(List<Row> rows, List<String> missing) {

    /** A line of the table: of a thing its UID and status, of a channel its ID, an item and its value. */
    record Row(String name, String item, String value) {}

    private static final int WIDTH = 80;
    private static final String GAP = "  ";
    private static final Set<String> NO_VALUE = Set.of("NULL", "UNDEF");

    /**
     * Reads the table from openHAB.
     *
     * @param rest openHAB's REST API
     * @param things the things to show
     * @param ruleItems the items that rules set
     * @param sitemap the sitemap that shows the items, and so has their values as people read them
     * @param mayBeUndefined the items that need not have a value
     */
    static DemoTable read(
            OpenHabRest rest, List<String> things, List<String> ruleItems, String sitemap, Set<String> mayBeUndefined) {
        Map<String, String> shown = shown(rest, sitemap);
        List<Row> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String uid : things) {
            JsonObject thing = rest.thing(uid);
            ThingStatus status = ThingStatus.of(thing.getAsJsonObject("statusInfo"));
            if (!status.isOnline()) {
                missing.add("%s is %s (%s) %s".formatted(uid, status.status(), status.detail(), status.description()));
            }
            rows.add(new Row(thing.get("label").getAsString() + GAP + uid, "", status.status()));
            for (JsonElement each : thing.getAsJsonArray("channels")) {
                rows.addAll(channel(rest, each.getAsJsonObject(), shown));
            }
        }
        rows.add(new Row("Set by the rules", "", ""));
        for (String item : ruleItems) {
            rows.add(new Row("", item, value(rest, item, shown)));
        }
        for (Row row : rows) {
            if (NO_VALUE.contains(row.value()) && !mayBeUndefined.contains(row.item())) {
                missing.add(row.item() + " is " + row.value());
            }
        }
        return new DemoTable(rows, missing);
    }

    /** Returns this table with one more row at its end. */
    DemoTable with(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return new DemoTable(more, missing);
    }

    private static List<Row> channel(OpenHabRest rest, JsonObject channel, Map<String, String> shown) {
        String id = channel.get("id").getAsString();
        JsonArray items = channel.getAsJsonArray("linkedItems");
        if (items == null || items.size() == 0) {
            boolean trigger = "TRIGGER".equals(channel.get("kind").getAsString());
            return List.of(new Row(GAP + id, trigger ? "(trigger)" : "(no item)", ""));
        }
        List<Row> rows = new ArrayList<>();
        for (JsonElement item : items) {
            rows.add(new Row(GAP + id, item.getAsString(), value(rest, item.getAsString(), shown)));
        }
        return rows;
    }

    private static String value(OpenHabRest rest, String item, Map<String, String> shown) {
        String state = rest.itemState(item);
        return NO_VALUE.contains(state) ? state : shown.getOrDefault(item, state);
    }

    /** A sitemap's labels hold the value as every user interface shows it: {@code Balance [£18.40]}. */
    private static Map<String, String> shown(OpenHabRest rest, String sitemap) {
        Map<String, String> values = new HashMap<>();
        collect(rest.get("/sitemaps/" + sitemap).getAsJsonObject().getAsJsonObject("homepage"), values);
        return values;
    }

    private static void collect(JsonObject widgets, Map<String, String> values) {
        for (JsonElement each : widgets.getAsJsonArray("widgets")) {
            JsonObject widget = each.getAsJsonObject();
            String label = widget.get("label").getAsString();
            int bracket = label.indexOf('[');
            if (widget.has("item") && bracket >= 0) {
                String name = widget.getAsJsonObject("item").get("name").getAsString();
                values.put(name, label.substring(bracket + 1, label.lastIndexOf(']')));
            }
            if (widget.has("widgets")) {
                collect(widget, values);
            }
        }
    }

    /** The table, no wider than a terminal: channels, items, and values to the right. */
    @Override
    public String toString() {
        int names = rows.stream()
                .filter(row -> !row.item().isEmpty())
                .mapToInt(row -> width(row.name()))
                .max()
                .orElse(0);
        return rows.stream()
                .map(row -> row.item().isEmpty()
                        ? "\n" + line(row.name(), row.value())
                        : line(row.name() + " ".repeat(names - width(row.name())) + GAP + row.item(), row.value()))
                .collect(Collectors.joining("\n"));
    }

    /** One text to the left and one to the right, which is cut if there is no room for it. */
    private static String line(String left, String right) {
        int room = Math.max(1, WIDTH - width(left) - GAP.length());
        String shown = width(right) <= room ? right : right.substring(0, right.offsetByCodePoints(0, room - 1)) + "…";
        return (left + " ".repeat(Math.max(GAP.length(), WIDTH - width(left) - width(shown))) + shown).stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
