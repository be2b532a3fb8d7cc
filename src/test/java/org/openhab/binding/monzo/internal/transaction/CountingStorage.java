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
package org.openhab.binding.monzo.internal.transaction;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openhab.core.storage.Storage;
import org.openhab.core.storage.StorageService;

/** openHAB's storage, and how often it was written. */
final class CountingStorage implements StorageService, Storage<Object> {

    private final Map<String, Object> values = new HashMap<>();
    int writes;

    void clear() {
        values.clear();
    }

    Map<String, Object> copy() {
        return Map.copyOf(values);
    }

    void restore(Map<String, Object> copy) {
        values.clear();
        values.putAll(copy);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Storage<T> getStorage(String name) {
        return (Storage<T>) this;
    }

    @Override
    public <T> Storage<T> getStorage(String name, ClassLoader classLoader) {
        return getStorage(name);
    }

    @Override
    public Object put(String key, Object value) {
        writes++;
        return values.put(key, value);
    }

    @Override
    public Object remove(String key) {
        return values.remove(key);
    }

    @Override
    public boolean containsKey(String key) {
        return values.containsKey(key);
    }

    @Override
    public Object get(String key) {
        return values.get(key);
    }

    @Override
    public Collection<String> getKeys() {
        return Set.copyOf(values.keySet());
    }

    @Override
    public Collection<Object> getValues() {
        return List.copyOf(values.values());
    }
}
