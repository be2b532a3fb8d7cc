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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.Core;
import org.openhab.binding.monzo.fixture.WarningLog;

/** Tests what a damaged file of openHAB's own storage does. */
class TextStorageTest {

    private static final String NAME = "org.openhab.binding.monzo.test";

    @TempDir
    Path folder;

    private final WarningLog warnings = new WarningLog(TextStorage.class);
    private Core core;

    @BeforeEach
    void start() {
        core = new Core(folder);
    }

    @AfterEach
    void end() {
        warnings.close();
        core.close();
    }

    private TextStorage open(String file) throws IOException {
        Files.writeString(folder.resolve(NAME + ".json"), file);
        return new TextStorage(core.storageService(), NAME);
    }

    private static String entry(String key, String entry) {
        return "{\"good\":{\"class\":\"java.lang.String\",\"value\":\"text\"},\"" + key + "\":" + entry + "}";
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        TextStorage storage = open("{}");
        storage.write("a", "1");
        storage.write("b", "2");
        storage.remove("a");
        storage.remove("never there");

        assertThat(storage.read("b", TextStorageTest::number), is(Optional.of(2)));
        assertThat(storage.read("a", TextStorageTest::number), is(Optional.empty()));
        assertThat(storage.keys(), contains("b"));
        assertThat(warnings.messages(), is(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"class\":\"java.lang.Integer\",\"value\":5}",
                "{\"class\":\"java.lang.Integer\",\"value\":\"five\"}",
                "{\"class\":\"java.util.HashMap\",\"value\":{}}",
                "{\"class\":\"java.lang.String\",\"value\":{}}",
                "{\"class\":\"java.lang.String\",\"value\":null}",
                "{\"class\":\"java.lang.Class\",\"value\":\"x\"}",
                "{\"class\":\"java.time.Instant\",\"value\":{\"seconds\":1}}",
                "{\"class\":\"no.such.Class\",\"value\":\"x\"}"
            })
    void dropsWhatIsNoText(String entry) throws IOException {
        TextStorage storage = open(entry("bad", entry));

        assertThat(storage.read("bad", Optional::of), is(Optional.empty()));

        assertThat(storage.keys(), contains("good"));
        assertThat(storage.read("good", Optional::of), is(Optional.of("text")));
        assertThat(
                warnings.messages(),
                contains("An entry of openHAB's storage " + NAME + " cannot be read. It was removed."));
    }

    @Test
    void dropsWhatCannotBeParsedAndSaysSoOnce() throws IOException {
        TextStorage storage = open("{}");
        for (String key : new String[] {"a", "b", "c"}) {
            storage.write(key, "no number");
        }

        assertThat(storage.read("a", TextStorageTest::number), is(Optional.empty()));
        assertThat(storage.read("b", text -> Optional.empty()), is(Optional.empty()));
        assertThat(storage.read("c", TextStorageTest::overflow), is(Optional.empty()));

        assertThat(storage.keys(), is(empty()));
        assertThat(warnings.messages().size(), is(1));
    }

    private static Optional<Integer> number(String text) {
        return Optional.of(Integer.valueOf(text));
    }

    private static Optional<Integer> overflow(String text) {
        return overflow(text).map(number -> number + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "5",
                "{",
                "{\"a\":5}",
                "{\"a\":{}}",
                "{\"a\":null}",
                "{\"a\":{\"value\":\"x\"}}",
                "{\"a\":{\"class\":\"java.lang.String\"}}"
            })
    void beginsAnewWithADamagedFile(String file) throws IOException {
        TextStorage storage = open(file);
        storage.write("b", "text");
        core.close(); // writes it
        core = new Core(folder);

        assertThat(new TextStorage(core.storageService(), NAME).read("b", Optional::of), is(Optional.of("text")));
    }
}
