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
import java.util.stream.IntStream;

/**
 * The demo's table: every thing with its channels and their linked items, in the order of the files.
 *
 * @param rows from top to bottom
 * @param missing descriptions of missing values
 */
record DemoTable(List<Row> rows, List<String> missing) {

    /** A line of the table. */
    record Row(String thing, String status, String channel, String item, String value) {
        private List<String> cells() {
            return List.of(thing, status, channel, item, value);
        }
    }

    private static final Row HEADING = new Row("Thing", "Status", "Channel", "Item", "Value");
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
            rows.add(new Row(uid, status.status(), "", "", ""));
            for (JsonElement each : thing.getAsJsonArray("channels")) {
                rows.addAll(channel(rest, each.getAsJsonObject(), shown));
            }
        }
        for (String item : ruleItems) {
            rows.add(new Row("rule", "", "", item, value(rest, item, shown)));
        }
        for (Row row : rows) {
            if (NO_VALUE.contains(row.value()) && !mayBeUndefined.contains(row.item())) {
                missing.add(row.item() + " is " + row.value());
            }
        }
        return new DemoTable(rows, missing);
    }

    private static List<Row> channel(OpenHabRest rest, JsonObject channel, Map<String, String> shown) {
        String id = channel.get("id").getAsString();
        JsonArray items = channel.getAsJsonArray("linkedItems");
        if (items == null || items.size() == 0) {
            boolean trigger = "TRIGGER".equals(channel.get("kind").getAsString());
            return List.of(new Row("", "", id, trigger ? "(trigger)" : "(no item)", ""));
        }
        List<Row> rows = new ArrayList<>();
        for (JsonElement item : items) {
            rows.add(new Row("", "", id, item.getAsString(), value(rest, item.getAsString(), shown)));
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

    /** The table with its columns as wide as they need to be, values to the right. */
    @Override
    public String toString() {
        List<Row> all = new ArrayList<>(rows);
        all.add(0, HEADING);
        int[] widths = IntStream.range(0, HEADING.cells().size())
                .map(c -> all.stream()
                        .mapToInt(r -> width(r.cells().get(c)))
                        .max()
                        .orElse(0))
                .toArray();
        String rule = IntStream.of(widths).mapToObj("─"::repeat).collect(Collectors.joining("─┼─"));
        return all.stream()
                .map(r -> line(r, widths) + (r == HEADING ? "\n" + rule : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Row row, int[] widths) {
        int last = widths.length - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(c -> {
                    String cell = row.cells().get(c);
                    String space = " ".repeat(widths[c] - width(cell));
                    return c == last && row != HEADING ? space + cell : cell + space;
                })
                .collect(Collectors.joining(" │ "));
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
