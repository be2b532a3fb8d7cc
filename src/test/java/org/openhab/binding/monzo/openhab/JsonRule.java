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
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Rules as Main UI writes them. */
final class JsonRule {

    private JsonRule() {}

    /**
     * @param condition null for none
     */
    static JsonObject of(String uid, JsonObject trigger, JsonObject condition, JsonObject action) {
        JsonObject rule = new JsonObject();
        rule.addProperty("uid", uid);
        rule.addProperty("name", uid);
        rule.add("triggers", list(trigger));
        rule.add("conditions", list(condition));
        rule.add("actions", list(action));
        return rule;
    }

    /**
     * @param configuration names and values in turn
     */
    static JsonObject ofTemplate(String uid, String template, Object... configuration) {
        JsonObject rule = of(uid, null, null, null);
        rule.addProperty("name", "Name of " + uid);
        rule.addProperty("templateUID", template);
        rule.add("configuration", parameters(configuration));
        return rule;
    }

    /**
     * @param configuration names and values in turn
     */
    static JsonObject parameters(Object... configuration) {
        JsonObject parameters = new JsonObject();
        for (int i = 0; i < configuration.length; i += 2) {
            parameters.add((String) configuration[i], new Gson().toJsonTree(configuration[i + 1]));
        }
        return parameters;
    }

    private static JsonArray list(JsonObject module) {
        JsonArray modules = new JsonArray();
        if (module != null) {
            modules.add(module);
        }
        return modules;
    }

    /**
     * @param configuration names and values in turn
     */
    static JsonObject module(String id, String type, String... configuration) {
        JsonObject module = new JsonObject();
        module.addProperty("id", id);
        module.addProperty("type", type);
        module.add("configuration", parameters((Object[]) configuration));
        return module;
    }
}
