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

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.yaml.snakeyaml.Yaml;

/** A page of Main UI in {@code doc}, in the YAML that a person pastes into the page's tab Code. */
final class MainUiPage {
    private final JsonObject code;

    private MainUiPage(String file) {
        try {
            code = new Gson()
                    .toJsonTree((Object) new Yaml()
                            .load(Files.readString(
                                    Repository.root().resolve("doc").resolve(file))))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the layout page that Main UI opens at the start. */
    static JsonObject overview() {
        return new MainUiPage("overview.yaml").component("overview", "oh-layout-page", "blocks");
    }

    /** Returns the map that the overview links. */
    static JsonObject map() {
        return new MainUiPage("map.yaml").component("map", "oh-map-page", "markers");
    }

    /** Returns what Main UI stores of such code. */
    private JsonObject component(String uid, String type, String content) {
        JsonObject slots = new JsonObject();
        slots.add("default", code.get(content));
        JsonObject page = new JsonObject();
        page.addProperty("uid", uid);
        page.addProperty("component", type);
        page.add("config", code.get("config"));
        page.add("slots", slots);
        return page;
    }
}
