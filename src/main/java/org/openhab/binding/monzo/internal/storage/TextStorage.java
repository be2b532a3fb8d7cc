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
package org.openhab.binding.monzo.internal.storage;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.storage.Storage;
import org.openhab.core.storage.StorageService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts in one of openHAB's storages, whose file may have been damaged or edited: an entry that cannot be read is
 * dropped, which is logged once.
 * <p>
 * Open each storage once: openHAB reads its file anew each time, before it has written what an earlier user put there,
 * and two users would overwrite each other.
 */
@NonNullByDefault
public final class TextStorage {

    private final Logger logger = LoggerFactory.getLogger(TextStorage.class);

    private final String name;
    private final Storage<Object> storage;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** Opens the storage of a name, or a replacement if openHAB cannot read its file at all. */
    public TextStorage(StorageService service, String name) {
        this.name = name;
        storage = open(service);
    }

    private Storage<Object> open(StorageService service) {
        try {
            return service.getStorage(name);
        } catch (RuntimeException e) { // up to openHAB 5 for JSON of another shape
            logger.warn("openHAB cannot read its storage {}. Remove the file {}.json from jsondb.", name, name);
            hasWarned.set(true);
            return service.getStorage(name + ".replacement");
        }
    }

    /**
     * Reads an entry, and drops it if it cannot be read.
     *
     * @param parser reads the text; gives nothing, or throws a runtime exception, if it cannot
     */
    public <T> Optional<T> read(String key, Function<String, Optional<T>> parser) {
        if (!storage.containsKey(key)) {
            return Optional.empty();
        }
        Optional<T> value = parse(key, parser);
        if (value.isEmpty()) {
            drop(key);
        }
        return value;
    }

    private <T> Optional<T> parse(String key, Function<String, Optional<T>> parser) {
        try {
            return storage.get(key) instanceof String text ? parser.apply(text) : Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private void drop(String key) {
        if (!hasWarned.getAndSet(true)) {
            logger.warn("An entry of openHAB's storage {} cannot be read. It was removed.", name);
        }
        try {
            storage.remove(key);
        } catch (RuntimeException e) {
            // openHAB reads what it has removed, in vain
        }
    }

    /** Stores a text; openHAB writes it to disk about half a second later. */
    public void write(String key, String text) {
        storage.put(key, text);
    }

    /** Removes an entry, if there is one. */
    public void remove(String key) {
        if (storage.containsKey(key)) {
            storage.remove(key);
        }
    }

    /** Returns the keys of all entries. */
    public List<String> keys() {
        return List.copyOf(storage.getKeys());
    }
}
