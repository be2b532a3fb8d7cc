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
package org.openhab.binding.monzo.internal.connect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.thing.ThingUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Registry of the active bridges, for all that addresses them from outside: the pages and the console.
 */
@NonNullByDefault
@Component(service = BridgeRegistry.class)
public class BridgeRegistry {

    private final MonzoTexts texts;
    private final Map<String, ConnectableBridge> bridges = new ConcurrentSkipListMap<>();

    @Activate
    public BridgeRegistry(
            @Reference TranslationProvider translations, @Reference LocaleProvider locales, BundleContext context) {
        this(new MonzoTexts(translations, locales, context.getBundle()));
    }

    /** Creates the registry outside OSGi. */
    public BridgeRegistry(MonzoTexts texts) {
        this.texts = texts;
    }

    /** Adds a bridge; it replaces an earlier one with the same UID. */
    public void add(ConnectableBridge bridge) {
        bridges.put(uid(bridge).getAsString(), bridge);
    }

    /** Removes a bridge, unless a later one has replaced it. */
    public void remove(ConnectableBridge bridge) {
        bridges.remove(uid(bridge).getAsString(), bridge);
    }

    /** Returns the active bridges, ordered by UID. */
    public Collection<ConnectableBridge> bridges() {
        return List.copyOf(bridges.values());
    }

    /** Returns the active bridge with a UID, which may be any text; {@code null} if there is none. */
    public @Nullable ConnectableBridge bridge(String uid) {
        return bridges.get(uid);
    }

    /**
     * Returns a label that distinguishes a bridge from the others.
     *
     * @return the label, with the bridge's ID if another bridge has the same label; {@code null} if it is the only
     *     bridge
     */
    public @Nullable String distinctLabel(ConnectableBridge bridge) {
        List<String> others = bridges().stream()
                .filter(other -> !uid(other).equals(uid(bridge)))
                .map(this::label)
                .toList();
        String label = label(bridge);
        return others.isEmpty()
                ? null
                : others.contains(label) ? label + " " + uid(bridge).getId() : label;
    }

    private String label(ConnectableBridge bridge) {
        String label = bridge.getThing().getLabel();
        return label == null || label.isBlank() ? texts.text("page.bridge") : label;
    }

    private static ThingUID uid(ConnectableBridge bridge) {
        return bridge.getThing().getUID();
    }
}
