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
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * openHAB's REST API, the one that Main UI uses.
 */
public final class OpenHabRest {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int MAX_TRIES = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String baseUrl;
    private final String authorization;

    private OpenHabRest(String baseUrl, String user, String password) {
        this.baseUrl = baseUrl;
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /**
     * An error response of openHAB.
     */
    public static final class RestException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        RestException(HttpRequest request, HttpResponse<String> response) {
            super("%s %s: %d %s".formatted(request.method(), request.uri(), response.statusCode(), response.body()));
            status = response.statusCode();
        }

        /**
         * @return the HTTP status
         */
        public int status() {
            return status;
        }
    }

    /**
     * Creates an administrator in the console.
     *
     * @param openHab a running openHAB without this user
     * @param user the new administrator's name
     * @param password and password
     * @return REST as that administrator
     */
    public static OpenHabRest createAdministrator(OpenHab openHab, String user, String password) {
        String output = openHab.console("openhab:users add %s %s administrator".formatted(user, password));
        if (!output.contains("User created")) {
            throw new AssertionError("openHAB did not create the user " + user + ": " + output);
        }
        return as(openHab, user, password);
    }

    /**
     * @param openHab an openHAB
     * @param user a user it knows
     * @param password and the password
     * @return REST as that user
     */
    public static OpenHabRest as(OpenHab openHab, String user, String password) {
        return new OpenHabRest(openHab.baseUrl(), user, password);
    }

    /**
     * @return all things
     */
    public JsonArray things() {
        return get("/things").getAsJsonArray();
    }

    /**
     * @param uid of a thing
     * @return the thing with its status, configuration, properties and channels
     */
    public JsonObject thing(String uid) {
        return get("/things/" + encode(uid)).getAsJsonObject();
    }

    /**
     * @param uid of a thing
     * @return its status
     */
    public ThingStatus thingStatus(String uid) {
        return ThingStatus.of(get("/things/" + encode(uid) + "/status").getAsJsonObject());
    }

    /**
     * Waits for the status of a thing, which may not be there yet.
     *
     * @param uid of the thing
     * @param status for example {@code ONLINE}
     * @param timeout the maximum time to wait
     * @return the status
     */
    public ThingStatus awaitThingStatus(String uid, String status, Duration timeout) {
        return awaitThing(uid, status, s -> s.status().equals(status), timeout);
    }

    /**
     * Waits for the status of a thing, which may not be there yet.
     *
     * @param uid of the thing
     * @param status for example {@code OFFLINE}
     * @param detail for example {@code CONFIGURATION_PENDING}
     * @param timeout the maximum time to wait
     * @return the status
     */
    public ThingStatus awaitThingStatus(String uid, String status, String detail, Duration timeout) {
        return awaitThing(
                uid,
                status + "/" + detail,
                s -> s.status().equals(status) && s.detail().equals(detail),
                timeout);
    }

    private ThingStatus awaitThing(String uid, String what, Predicate<ThingStatus> wanted, Duration timeout) {
        return Await.until(uid + " to be " + what, timeout, () -> thingStatus(uid), wanted);
    }

    /**
     * @param thing with {@code UID}, {@code thingTypeUID}, {@code label}, {@code configuration}, {@code bridgeUID}
     * @return the thing made
     */
    public JsonObject createThing(JsonObject thing) {
        return parse(send("POST", "/things", JSON, thing.toString())).getAsJsonObject();
    }

    /**
     * @param uid of a thing
     * @param enabled whether the thing is enabled
     */
    public void enableThing(String uid, boolean enabled) {
        send("PUT", "/things/" + encode(uid) + "/enable", TEXT, String.valueOf(enabled));
    }

    /**
     * @param uid a thing to remove as Main UI does, including its handler's removal
     */
    public void removeThing(String uid) {
        send("DELETE", "/things/" + encode(uid), JSON, "");
    }

    /**
     * @param uid a thing to remove whether its handler is there or not
     */
    public void removeThingNow(String uid) {
        send("DELETE", "/things/" + encode(uid) + "?force=true", JSON, "");
    }

    /**
     * @param uid of a thing
     * @param configuration the parameters to set; those not named keep their values
     */
    public void setThingConfig(String uid, JsonObject configuration) {
        send("PUT", "/things/" + encode(uid) + "/config", JSON, configuration.toString());
    }

    /**
     * @return the discovery results
     */
    public JsonArray inbox() {
        return get("/inbox").getAsJsonArray();
    }

    /**
     * Starts a scan without waiting for its end.
     *
     * @param bindingId the binding whose things to discover
     */
    public void scan(String bindingId) {
        send("POST", "/discovery/bindings/" + bindingId + "/scan", JSON, "");
    }

    /**
     * @param uid of a thing in the inbox
     * @param label the label of the new thing
     */
    public void approveInbox(String uid, String label) {
        send("POST", "/inbox/" + encode(uid) + "/approve", TEXT, label);
    }

    /**
     * @return all items
     */
    public JsonArray items() {
        return get("/items").getAsJsonArray();
    }

    /**
     * @param name of an item
     * @return the item with its state and {@code stateDescription}
     */
    public JsonObject item(String name) {
        return get("/items/" + name).getAsJsonObject();
    }

    /**
     * @param name of an item
     * @return its state, for example {@code 18.40}, {@code UNDEF} or {@code NULL}
     */
    public String itemState(String name) {
        return send("GET", "/items/" + name + "/state", TEXT, null).body();
    }

    /**
     * Waits for the state of an item, which may not be there yet.
     *
     * @param name of the item
     * @param state the state to wait for
     * @param timeout the maximum time to wait
     * @return the state
     */
    public String awaitItemState(String name, String state, Duration timeout) {
        return Await.until(name + " to be " + state, timeout, () -> itemState(name), state::equals);
    }

    /**
     * Waits for the state of an item, which may not be there yet.
     *
     * @param name of the item
     * @param wanted the condition of the state
     * @param timeout the maximum time to wait
     * @return the state
     */
    public String awaitItemState(String name, Predicate<String> wanted, Duration timeout) {
        return Await.until("the awaited state of " + name, timeout, () -> itemState(name), wanted);
    }

    /**
     * @param type for example {@code Number}
     * @param name of the new item
     * @param label its label
     */
    public void createItem(String type, String name, String label) {
        JsonObject item = new JsonObject();
        item.addProperty("type", type);
        item.addProperty("name", name);
        item.addProperty("label", label);
        send("PUT", "/items/" + name, JSON, item.toString());
    }

    /**
     * @param itemName an item
     * @param channelUid the channel to link
     */
    public void link(String itemName, String channelUid) {
        JsonObject link = new JsonObject();
        link.addProperty("itemName", itemName);
        link.addProperty("channelUID", channelUid);
        link.add("configuration", new JsonObject());
        send("PUT", "/links/" + itemName + "/" + encode(channelUid), JSON, link.toString());
    }

    /**
     * @param itemName an item
     * @param command for example {@code REFRESH}
     */
    public void sendCommand(String itemName, String command) {
        send("POST", "/items/" + itemName, TEXT, command);
    }

    /**
     * Updates the state of an item as a thing would.
     *
     * @param itemName an item
     * @param state for example {@code 18.40}
     */
    public void postUpdate(String itemName, String state) {
        send("PUT", "/items/" + itemName + "/state", TEXT, state);
    }

    /**
     * @param rule with {@code uid}, {@code name}, {@code triggers}, {@code conditions}, {@code actions}
     */
    public void createRule(JsonObject rule) {
        send("POST", "/rules", JSON, rule.toString());
    }

    /**
     * Creates or replaces a page of Main UI.
     *
     * @param page the page, with {@code uid}
     */
    public void savePage(JsonObject page) {
        String uid = page.get("uid").getAsString();
        boolean exists = OpenHabFixture.objects(get("/ui/components/ui:page"))
                .anyMatch(each -> each.get("uid").getAsString().equals(uid));
        if (exists) {
            send("PUT", "/ui/components/ui:page/" + uid, JSON, page.toString());
        } else {
            send("POST", "/ui/components/ui:page", JSON, page.toString());
        }
    }

    /**
     * @return all rules, those from files too
     */
    public JsonArray rules() {
        return get("/rules").getAsJsonArray();
    }

    /**
     * Sends any other GET request.
     *
     * @param path below {@code /rest}
     * @return the JSON answered
     */
    public JsonElement get(String path) {
        return parse(send("GET", path, JSON, null));
    }

    /**
     * Sends any other request.
     *
     * @param method of HTTP
     * @param path below {@code /rest}
     * @param contentType of the body
     * @param body or null
     * @return the response, which is not an error
     */
    public HttpResponse<String> send(String method, String path, String contentType, String body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(baseUrl + "/rest" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization)
                .header("Accept-Language", "en")
                .header("Accept", TEXT.equals(contentType) ? TEXT + ", */*" : JSON + ", */*");
        Optional.ofNullable(body)
                .ifPresentOrElse(
                        b -> builder.header("Content-Type", contentType).method(method, BodyPublishers.ofString(b)),
                        () -> builder.method(method, BodyPublishers.noBody()));
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            for (int tries = 0; tries < MAX_TRIES && isRestarting(response); tries++) {
                Thread.sleep(PAUSE.toMillis());
                response = http.send(request, BodyHandlers.ofString());
            }
            if (response.statusCode() >= 300) {
                throw new RestException(request, response);
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** REST restarts when a component adds a resource; meanwhile the web server responds with a page of its own. */
    private static boolean isRestarting(HttpResponse<String> response) {
        return response.statusCode() == 503
                || response.statusCode() == 404 && response.body().contains("<html");
    }

    private static JsonElement parse(HttpResponse<String> response) {
        return new JsonParser().parse(response.body());
    }

    private static String encode(String pathSegment) {
        return Web.encode(pathSegment).replace("+", "%20");
    }
}
