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

/**
 * Tries what nobody thought of, for a few seconds in a build and for {@code -Dmonzo.fuzz.seconds} on demand. A failure
 * names the seed, and {@code -Dmonzo.fuzz.seed} begins with it.
 */
public final class Fuzz {

    private static final Duration USUAL_TIME = Duration.ofSeconds(2);

    /** No input may take longer, not even on a machine that is busy. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(5);

    /** What has not ended by then never will. */
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

    /** One try with everything that is random in it. */
    public interface Target {
        void run(Random random) throws Exception;
    }

    /** Runs tries until the time is over. A try that never ends is left behind, and named. */
    public static void run(String name, Target target) {
        long seed = Long.getLong("monzo.fuzz.seed", System.nanoTime());
        Duration time = Duration.ofSeconds(Long.getLong("monzo.fuzz.seconds", USUAL_TIME.toSeconds()));
        System.out.println("Fuzzing " + name + " from -Dmonzo.fuzz.seed=" + seed + " for " + time.toSeconds() + " s");
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
        if (took.compareTo(LONGEST_TRY) > 0) {
            throw new AssertionError(name + " with -Dmonzo.fuzz.seed=" + seed + " took " + took);
        }
    }

    /** One of several. */
    @SafeVarargs
    public static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A text that something may stumble over, now and then a long one. */
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

    /** A text like another one, with some of it lost, doubled, moved or replaced. */
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
