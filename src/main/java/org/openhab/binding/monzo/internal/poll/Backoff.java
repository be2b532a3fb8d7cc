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
package org.openhab.binding.monzo.internal.poll;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Exponential backoff with jitter: each further failure doubles the delay.
 */
@NonNullByDefault
public class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final double JITTER = 0.2;
    /** At most 15 minutes including the jitter. */
    private static final Duration MAX = Duration.ofSeconds(Math.round(15 * 60 / (1 + JITTER)));

    private final DoubleSupplier random;
    private Duration next = FIRST;

    /** Creates a backoff with random jitter. */
    public Backoff() {
        this(() -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Creates a backoff.
     *
     * @param random supplies numbers from 0 to 1
     */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** Returns the time to wait after one more failure. */
    public Duration next() {
        Duration wait = next;
        Duration doubled = wait.multipliedBy(2);
        next = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        double factor = 1 + JITTER * (2 * random.getAsDouble() - 1);
        return Duration.ofMillis(Math.round(wait.toMillis() * factor));
    }

    /** Begins anew after a success. */
    public void reset() {
        next = FIRST;
    }
}
