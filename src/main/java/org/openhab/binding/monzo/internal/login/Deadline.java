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
package org.openhab.binding.monzo.internal.login;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Ends a blocking call that takes too long by interrupting its thread. openHAB's OAuth client has had a timeout of its
 * own only since 5.0.
 */
@NonNullByDefault
class Deadline {

    private final ScheduledExecutorService scheduler;
    private final Duration limit;

    Deadline(ScheduledExecutorService scheduler, Duration limit) {
        this.scheduler = scheduler;
        this.limit = limit;
    }

    <T> @Nullable T within(Callable<@Nullable T> call) throws Exception {
        Guard guard = new Guard(Thread.currentThread());
        ScheduledFuture<?> alarm = scheduler.schedule(guard, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return call.call();
        } finally {
            alarm.cancel(false);
            guard.disarm();
        }
    }

    /** Interrupts the caller, but never after the call has ended: the thread has other work then. */
    private static class Guard implements Runnable {

        private final Thread caller;
        private boolean armed = true;
        private boolean fired;

        Guard(Thread caller) {
            this.caller = caller;
        }

        @Override
        public synchronized void run() {
            if (armed) {
                fired = true;
                caller.interrupt();
            }
        }

        synchronized void disarm() {
            armed = false;
            if (fired) {
                Thread.interrupted();
            }
        }
    }
}
