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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task repeatedly and never concurrently, each time after the delay that the task returned.
 */
@NonNullByDefault
public class PollJob {

    private static final Duration DELAY_AFTER_UNEXPECTED_ERROR = Duration.ofMinutes(5);

    private final Logger logger = LoggerFactory.getLogger(PollJob.class);

    private final ScheduledExecutorService scheduler;
    private final Supplier<@Nullable Duration> task;

    private @Nullable ScheduledFuture<?> pending;
    private @Nullable Duration maxDelay;

    /** The number of the pending run; an earlier one may begin while it is cancelled. */
    private int pendingRun;

    private boolean running;
    private boolean runAgain;
    private boolean stopped;

    /**
     * Creates a job that does nothing yet.
     *
     * @param task runs the task and returns the delay until the next run, {@code null} for none
     */
    public PollJob(ScheduledExecutorService scheduler, Supplier<@Nullable Duration> task) {
        this.scheduler = scheduler;
        this.task = task;
    }

    /** Runs the task now, or as soon as a run in progress has ended. */
    public synchronized void runNow() {
        if (running) {
            runAgain = true;
        } else {
            schedule(Duration.ZERO);
        }
    }

    /** Limits the delay of the next scheduled run, including the one after a run in progress. */
    public synchronized void runWithin(Duration delay) {
        ScheduledFuture<?> next = pending;
        if (running) {
            maxDelay = Times.min(maxDelay, delay);
        } else if (next != null && next.getDelay(TimeUnit.MILLISECONDS) > delay.toMillis()) {
            schedule(delay);
        }
    }

    /** Removes a limit that was set during the run in progress. */
    synchronized void clearMaxDelay() {
        maxDelay = null;
    }

    synchronized boolean isRunning() {
        return running;
    }

    /** Stops the job permanently. A run in progress completes, as it may hold the only copy of a new refresh token. */
    public synchronized void stop() {
        stopped = true;
        cancelPending();
    }

    /** Returns whether a run is in progress or scheduled. */
    synchronized boolean isAlive() {
        return running || pending != null;
    }

    /** Returns the time until the next run, {@code null} if none is scheduled. */
    synchronized @Nullable Duration untilNextRun() {
        ScheduledFuture<?> next = pending;
        return next == null ? null : Duration.ofMillis(Math.max(0, next.getDelay(TimeUnit.MILLISECONDS)));
    }

    private void schedule(Duration delay) {
        cancelPending();
        if (!stopped) {
            int number = pendingRun;
            pending = scheduler.schedule(() -> run(number), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancelPending() {
        ScheduledFuture<?> next = pending;
        if (next != null) {
            next.cancel(false);
            pending = null;
        }
        pendingRun++;
    }

    private void run(int number) {
        synchronized (this) {
            if (stopped || running || number != pendingRun) {
                return;
            }
            running = true;
            pending = null;
            maxDelay = null;
        }
        Duration next = DELAY_AFTER_UNEXPECTED_ERROR;
        try {
            next = task.get();
        } catch (RuntimeException e) {
            logger.warn("Unexpected error while refreshing; please report a bug", e);
        } finally {
            completed(next);
        }
    }

    private synchronized void completed(@Nullable Duration next) {
        running = false;
        if (runAgain) {
            runAgain = false;
            schedule(Duration.ZERO);
        } else if (next != null) {
            Duration limit = maxDelay;
            schedule(limit != null && limit.compareTo(next) < 0 ? limit : next);
        }
    }
}
