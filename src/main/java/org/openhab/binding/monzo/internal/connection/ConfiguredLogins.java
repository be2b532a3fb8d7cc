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

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.auth.OAuthClientSettings;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.openhab.core.thing.ThingStatus;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Supplies the settings of all Monzo logins in openHAB, including disabled ones, whose tokens are still stored. Only
 * openHAB's thing registry distinguishes them from logins that were removed without notifying the binding.
 */
@NonNullByDefault
public class ConfiguredLogins implements Supplier<Map<String, OAuthClientSettings>> {

    private final Supplier<? extends Collection<Thing>> things;

    /** Creates the supplier for openHAB's things. */
    ConfiguredLogins(BundleContext context) {
        this(() -> things(context));
    }

    /**
     * Creates the supplier outside OSGi.
     *
     * @param things all things in openHAB, of any binding
     */
    public ConfiguredLogins(Supplier<? extends Collection<Thing>> things) {
        this.things = things;
    }

    /** Not a reference, which would be cyclic: openHAB's thing registry requires all handler factories at startup. */
    private static Collection<Thing> things(BundleContext context) {
        ServiceReference<ThingRegistry> reference = context.getServiceReference(ThingRegistry.class);
        ThingRegistry things = reference == null ? null : context.getService(reference);
        if (things == null) {
            return List.of();
        }
        try {
            return things.getAll();
        } finally {
            context.ungetService(reference);
        }
    }

    /** Returns the settings as configured, by bridge UID. */
    @Override
    public Map<String, OAuthClientSettings> get() {
        Map<String, OAuthClientSettings> settings = new HashMap<>();
        for (Thing thing : things.get()) {
            if (THING_TYPE_BRIDGE.equals(thing.getThingTypeUID()) && !isBeingRemoved(thing.getStatus())) {
                add(thing, settings);
            }
        }
        return settings;
    }

    private static void add(Thing thing, Map<String, OAuthClientSettings> settings) {
        try {
            BridgeConfiguration configuration = thing.getConfiguration().as(BridgeConfiguration.class);
            settings.put(thing.getUID().getAsString(), configuration.oAuthClientSettings());
        } catch (RuntimeException e) {
            // openHAB cannot convert a list to a string, and does not initialize such a bridge either.
        }
    }

    private static boolean isBeingRemoved(ThingStatus status) {
        return status == ThingStatus.REMOVING || status == ThingStatus.REMOVED;
    }
}
