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
 * Waits for something that another process does, and tells what it saw last when it waited in vain.
 */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /**
     * A look at the world, which may fail as long as the world is not ready.
     *
     * @param <T> what is seen
     */
    @FunctionalInterface
    public interface Look<T> {

        /**
         * @return what is there now
         * @throws Exception if it cannot be seen yet
         */
        T now() throws Exception;
    }

    /**
     * Looks again and again until it likes what it sees.
     *
     * @param <T> what is seen
     * @param what what is awaited, for the message
     * @param timeout when to give up
     * @param look how to look; a failure counts as "not yet"
     * @param enough what ends the wait
     * @return the first sight that was enough
     * @throws AssertionError after the timeout, with the last sight or failure
     */
    public static <T> T until(String what, Duration timeout, Look<? extends T> look, Predicate<? super T> enough) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Object last;
        Exception failure;
        do {
            failure = null;
            try {
                T seen = look.now();
                if (enough.test(seen)) {
                    return seen;
                }
                last = seen;
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
                "Waited %d s for %s; last seen: %s".formatted(timeout.toSeconds(), what, last), failure);
    }

    /**
     * Looks again and again until a condition holds.
     *
     * @param what what is awaited, for the message
     * @param timeout when to give up
     * @param condition what ends the wait
     */
    public static void until(String what, Duration timeout, Look<Boolean> condition) {
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
