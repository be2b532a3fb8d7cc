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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Registry of the active connections, for all that addresses them from outside: the pages and the console.
 */
@NonNullByDefault
@Component(service = ConnectionRegistry.class)
public class ConnectionRegistry {

    private final MonzoTexts texts;
    private final Map<String, MonzoConnection> connections = new ConcurrentSkipListMap<>();

    @Activate
    public ConnectionRegistry(
            @Reference TranslationProvider translations, @Reference LocaleProvider locales, BundleContext context) {
        this(new MonzoTexts(translations, locales, context.getBundle()));
    }

    /** Creates the registry outside OSGi. */
    public ConnectionRegistry(MonzoTexts texts) {
        this.texts = texts;
    }

    /** Adds a connection; it replaces an earlier one with the same UID. */
    public void add(MonzoConnection connection) {
        connections.put(connection.uid().getAsString(), connection);
    }

    /** Removes a connection, unless a later one has replaced it. */
    public void remove(MonzoConnection connection) {
        connections.remove(connection.uid().getAsString(), connection);
    }

    /** Returns the open connections, ordered by UID. */
    public Collection<MonzoConnection> connections() {
        return List.copyOf(connections.values());
    }

    /** Returns the open connection of a bridge, which may be any text; {@code null} if there is none. */
    public @Nullable MonzoConnection connection(String uid) {
        return connections.get(uid);
    }

    /**
     * Returns a label that distinguishes a bridge from the others.
     *
     * @return the label, with the bridge's ID if another bridge has the same label; {@code null} if it is the only
     *     bridge
     */
    public @Nullable String distinctLabel(MonzoConnection connection) {
        List<String> others = connections().stream()
                .filter(other -> !other.uid().equals(connection.uid()))
                .map(this::label)
                .toList();
        String label = label(connection);
        return others.isEmpty()
                ? null
                : others.contains(label) ? label + " " + connection.uid().getId() : label;
    }

    private String label(MonzoConnection connection) {
        String label = connection.getThing().getLabel();
        return label == null || label.isBlank() ? texts.text("page.bridge") : label;
    }
}
