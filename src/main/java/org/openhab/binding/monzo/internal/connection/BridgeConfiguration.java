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
package org.openhab.binding.monzo.internal.connection;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_BRIDGE;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.auth.OAuthClient;
import org.openhab.binding.monzo.internal.transfer.PotTransfers;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;

/**
 * The configuration of a bridge as entered by the user.
 */
@NonNullByDefault
public class BridgeConfiguration {

    private static final int MIN_INTERVAL = 10;
    private static final int MAX_PORT = 65_535;

    /** Larger limits are typing errors, and beyond what can be transferred. */
    private static final BigDecimal MAX_AMOUNT = BigDecimal.TEN.pow(12);

    private static final List<String> AMOUNTS = List.of("transferLimit", "dailyTransferLimit", "minimumBalance");

    /** Without defaults. */
    private static final Set<String> CLIENT_SETTINGS = Set.of("clientId", "clientSecret");

    public String clientId = "";
    public String clientSecret = "";
    public int refreshInterval = 60;
    public boolean allowFeed = false;
    public boolean push;
    public String webhookUrl = "";
    public int pushRefreshInterval = 900;
    public String callbackUrl = "";
    public String apiUrl = "https://api.monzo.com";
    public String authUrl = "https://auth.monzo.com";
    public boolean allowTransfers = false;
    public BigDecimal transferLimit = BigDecimal.valueOf(50);
    public BigDecimal dailyTransferLimit = BigDecimal.valueOf(200);
    public BigDecimal minimumBalance = BigDecimal.ZERO;

    /**
     * Returns the OAuth clients of all Monzo logins in openHAB by bridge UID, including disabled ones, whose tokens are
     * still stored. Only openHAB's things distinguish them from logins that were removed without notifying the binding.
     *
     * @param things all things in openHAB, of any binding
     */
    public static Map<String, OAuthClient.Settings> oAuthClientSettings(Collection<Thing> things) {
        Map<String, OAuthClient.Settings> settings = new HashMap<>();
        for (Thing thing : things) {
            boolean isRemoved = thing.getStatus() == ThingStatus.REMOVING || thing.getStatus() == ThingStatus.REMOVED;
            if (THING_TYPE_BRIDGE.equals(thing.getThingTypeUID()) && !isRemoved) {
                try {
                    BridgeConfiguration configuration = thing.getConfiguration().as(BridgeConfiguration.class);
                    settings.put(thing.getUID().getAsString(), configuration.oAuthClientSettings());
                } catch (RuntimeException e) {
                    // openHAB cannot convert a list to a string, and does not initialize such a bridge either.
                }
            }
        }
        return settings;
    }

    /**
     * Returns whether an amount can be used as entered. openHAB replaces a text that is no number, such as
     * {@code 5,00}, by the default, which may be more than the user meant to allow.
     *
     * @param entered the amount, {@code null} or blank for the default
     */
    private static boolean isAmount(@Nullable Object entered) {
        String text = entered == null ? "" : entered.toString().trim();
        try {
            return text.isEmpty() || new BigDecimal(text).compareTo(MAX_AMOUNT) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /**
     * Validates the configuration.
     *
     * @param entered the configuration as openHAB stores it
     * @return the status text that describes the error, {@code null} if the configuration is valid
     */
    @Nullable
    String validate(Configuration entered) {
        if (clientId.isBlank()) {
            return "@text/offline.client-id-missing";
        } else if (clientSecret.isBlank()) {
            return "@text/offline.client-secret-missing";
        } else if (refreshInterval < MIN_INTERVAL) {
            return "@text/offline.refresh-interval-too-short [\"" + MIN_INTERVAL + "\"]";
        } else if (!isSafe(apiUrl)) {
            return "@text/offline.api-url-invalid";
        } else if (!isSafe(authUrl)) {
            return "@text/offline.auth-url-invalid";
        } else if (!callbackUrl.isBlank() && !isHttp(parse(callbackUrl))) {
            return "@text/offline.callback-url-invalid";
        } else if (!AMOUNTS.stream().map(entered::get).allMatch(BridgeConfiguration::isAmount)) {
            return "@text/offline.transfer-limit-invalid";
        } else if (transferLimit.signum() < 0 || dailyTransferLimit.signum() < 0 || minimumBalance.signum() < 0) {
            return "@text/offline.transfer-limit-negative";
        } else if (pushRefreshInterval < MIN_INTERVAL) {
            return "@text/offline.push-refresh-interval-too-short [\"" + MIN_INTERVAL + "\"]";
        } else if (!webhookUrl.isBlank() && (!isSafe(webhookUrl) || webhookUrl.matches(".*[?#].*"))) {
            return "@text/offline.webhook-url-invalid";
        }
        return null;
    }

    /**
     * Returns the settings that differ from their defaults, without confidential ones: the names of those that are
     * switched on or filled in, and the values of intervals in seconds.
     */
    List<String> changedSettings() {
        BridgeConfiguration defaults = new BridgeConfiguration();
        List<String> changed = new ArrayList<>();
        for (Field field : BridgeConfiguration.class.getFields()) {
            try {
                Object value = field.get(this);
                if (!isSame(value, field.get(defaults)) && !CLIENT_SETTINGS.contains(field.getName())) {
                    changed.add(value instanceof Integer ? field.getName() + "=" + value : field.getName());
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e); // all are public
            }
        }
        return changed;
    }

    /** Main UI stores a default of 50 as 50.0. */
    private static boolean isSame(@Nullable Object value, @Nullable Object other) {
        return value instanceof BigDecimal amount && other instanceof BigDecimal otherAmount
                ? amount.compareTo(otherAmount) == 0
                : Objects.equals(value, other);
    }

    /** Returns the public URL for webhooks, empty to use openHAB's webhook service; {@code null} without push. */
    @Nullable
    String pushUrl() {
        return push ? withoutTrailingSlash(webhookUrl) : null;
    }

    OAuthClient.Settings oAuthClientSettings() {
        return new OAuthClient.Settings(
                clientId.trim(), clientSecret.trim(), withoutTrailingSlash(apiUrl), withoutTrailingSlash(authUrl));
    }

    /**
     * Returns the interval between refreshes. Push never makes them more frequent.
     *
     * @param reliesOnPush whether notices announce what changes
     */
    Duration interval(boolean reliesOnPush) {
        return Duration.ofSeconds(reliesOnPush ? Math.max(refreshInterval, pushRefreshInterval) : refreshInterval);
    }

    PotTransfers.Settings transferSettings() {
        return new PotTransfers.Settings(allowTransfers, transferLimit, dailyTransferLimit, minimumBalance);
    }

    /** Returns the redirect URL as entered, {@code null} if there is none or it is invalid. */
    @Nullable
    String redirectUrl() {
        return isHttp(parse(callbackUrl)) ? callbackUrl.trim() : null;
    }

    /** Returns whether tokens may be sent to a URL: over HTTPS, or to this machine, for a simulated bank. */
    private static boolean isSafe(String url) {
        URI uri = parse(url);
        return isHttp(uri) && uri != null && ("https".equals(uri.getScheme()) || isLoopback(uri.getHost()));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(?:\\.\\d{1,3}){3}") || host.equals("[::1]");
    }

    private static boolean isHttp(@Nullable URI uri) {
        return uri != null
                && uri.getHost() != null
                && uri.getPort() <= MAX_PORT
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
    }

    private static @Nullable URI parse(String url) {
        try {
            return new URI(url.trim());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String withoutTrailingSlash(String url) {
        return url.trim().replaceAll("/+$", "");
    }
}
