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

import java.time.Duration;
import java.util.function.Predicate;

/**
 * Waits for a condition in another process, and reports the last value on timeout.
 */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /**
     * Reads a value, which may fail until it is available.
     *
     * @param <T> the type of the value
     */
    @FunctionalInterface
    public interface Probe<T> {

        /**
         * @return the current value
         * @throws Exception if it is not available yet
         */
        T now() throws Exception;
    }

    /**
     * Reads a value repeatedly until it meets a condition.
     *
     * @param <T> the type of the value
     * @param what the description of the condition, for the message
     * @param timeout the maximum time to wait
     * @param probe reads the value; exceptions are retried
     * @param condition the condition
     * @return the first value that meets the condition
     * @throws AssertionError after the timeout, with the last value or exception
     */
    public static <T> T until(String what, Duration timeout, Probe<? extends T> probe, Predicate<? super T> condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Object last;
        Exception failure;
        do {
            failure = null;
            try {
                T value = probe.now();
                if (condition.test(value)) {
                    return value;
                }
                last = value;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for " + what, e);
            } catch (Exception e) {
                failure = e;
                last = e;
            }
            pause(what);
        } while (System.nanoTime() < deadline);
        throw new AssertionError(
                "Waited %d s for %s; last value: %s".formatted(timeout.toSeconds(), what, last), failure);
    }

    /**
     * Waits until a condition is true.
     *
     * @param what the description of the condition, for the message
     * @param timeout the maximum time to wait
     * @param condition the condition
     */
    public static void until(String what, Duration timeout, Probe<Boolean> condition) {
        until(what, timeout, condition, Boolean::booleanValue);
    }

    private static void pause(String what) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + what, e);
        }
    }
}
