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
package org.openhab.binding.monzo.internal;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.openhab.binding.monzo.fixture.TestExtent;

/**
 * Runs a target with random input for a moment, longer with {@code -Dmonzo.tests=full} or for {@code
 * -Dmonzo.fuzz.seconds}. A failure reports its seed, with which {@code -Dmonzo.fuzz.seed} repeats it.
 */
public final class Fuzz {

    private static final Duration DEFAULT_TIME = Duration.ofMillis(TestExtent.isFull() ? 2000 : 500);

    /** The maximum time of one run, even on a busy machine. */
    private static final Duration MAX_RUN_TIME = Duration.ofSeconds(5);

    /** The time after which a run counts as hanging. */
    private static final Duration HANGING = Duration.ofSeconds(20);

    private static final List<String> TRAPS = List.of(
            "\"",
            "'",
            "<script>alert(1)</script>",
            "\r\n",
            "\0",
            "\\",
            "\\u",
            "${title}",
            "%s",
            "%0d%0a",
            "{0}",
            "&",
            "//evil.example",
            "..",
            "/",
            "\uD83D",
            "é",
            "1e999999999",
            "-",
            "9223372036854775808",
            "null",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            "\uFEFF",
            "\u202E",
            "=",
            ";",
            "javascript:alert(1)",
            "@evil.example",
            "true",
            " ");

    private Fuzz() {}

    /** Code to run with random input. */
    public interface Target {
        void run(Random random) throws Exception;
    }

    /** Runs the target until the time is over. A hanging run is abandoned and reported. */
    public static void run(String name, Target target) {
        long seed = Long.getLong("monzo.fuzz.seed", System.nanoTime());
        Long seconds = Long.getLong("monzo.fuzz.seconds");
        Duration time = seconds == null ? DEFAULT_TIME : Duration.ofSeconds(seconds);
        System.out.println("Fuzzing " + name + " from -Dmonzo.fuzz.seed=" + seed + " for " + time.toMillis() + " ms");
        AtomicLong next = new AtomicLong(seed);
        Instant end = Instant.now().plus(time);
        assertTimeoutPreemptively(
                time.plus(HANGING),
                () -> {
                    do {
                        runOnce(name, target, next.get());
                        next.incrementAndGet();
                    } while (Instant.now().isBefore(end));
                },
                () -> name + " does not end with -Dmonzo.fuzz.seed=" + next.get());
        System.out.println("Fuzzed " + name + " " + (next.get() - seed) + " times");
    }

    private static void runOnce(String name, Target target, long seed) {
        Instant start = Instant.now();
        try {
            target.run(new Random(seed));
        } catch (Exception | StackOverflowError | AssertionError e) {
            throw new AssertionError(name + " with -Dmonzo.fuzz.seed=" + seed + ": " + e, e);
        }
        Duration took = Duration.between(start, Instant.now());
        if (took.compareTo(MAX_RUN_TIME) > 0) {
            throw new AssertionError(name + " with -Dmonzo.fuzz.seed=" + seed + " took " + took);
        }
    }

    /** Returns one of several values. */
    @SafeVarargs
    public static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Returns a text likely to cause errors, occasionally a long one. */
    public static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(5);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(5)) {
                case 0 -> text.append(Integer.toString(random.nextInt(), 36));
                case 1 -> text.append((char) random.nextInt(Character.MAX_VALUE));
                case 2 -> text.append((char) random.nextInt(128));
                default -> text.append(TRAPS.get(random.nextInt(TRAPS.size())));
            }
        }
        return random.nextInt(50) == 0 ? text.toString().repeat(random.nextInt(2000)) : text.toString();
    }

    /** Returns a variation of a text with parts removed, repeated, moved or replaced. */
    public static String mutated(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        int mutations = 1 + random.nextInt(4);
        for (int i = 0; i < mutations; i++) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, text.substring(from, to));
                case 2 -> text.setLength(from);
                case 3 -> text.insert(from, text.substring(from, to).repeat(random.nextInt(500)));
                case 4 -> text.replace(from, to, text(random));
                default -> text.insert(from, text(random));
            }
        }
        return text.toString();
    }
}
