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
package org.openhab.binding.monzo.house;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.openhab.binding.monzo.bank.AdjustableClock;

/**
 * A scheduler whose time passes when a test says so. Jobs run in the thread that lets time pass, in the order of their
 * times. Setting the clock without {@link #advance} is a clock that jumps, or a computer that slept.
 */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {

    private final AdjustableClock clock;
    private final PriorityQueue<Job<?>> jobs = new PriorityQueue<>(
            Comparator.<Job<?>>comparingLong(job -> job.dueMillis).thenComparingLong(job -> job.number));
    private long nowMillis;
    private long jobsMade;

    /**
     * Makes a scheduler without jobs.
     *
     * @param clock goes with the scheduler's time
     */
    public ManualScheduler(AdjustableClock clock) {
        this.clock = clock;
    }

    /** Lets time pass, running what becomes due at its time. */
    public void advance(Duration by) {
        long end;
        synchronized (jobs) {
            end = nowMillis + by.toMillis();
        }
        for (Job<?> job = next(end); job != null; job = next(end)) {
            passTo(job.dueMillis);
            job.run();
        }
        passTo(end);
    }

    /** Runs what is due now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** The jobs that wait, cancelled ones not counted. */
    public int waiting() {
        synchronized (jobs) {
            jobs.removeIf(Job::isDone);
            return jobs.size();
        }
    }

    /** The time to the next job, {@code null} without any. */
    public Duration untilNext() {
        synchronized (jobs) {
            jobs.removeIf(Job::isDone);
            return jobs.isEmpty() ? null : Duration.ofMillis(Math.max(0, jobs.peek().dueMillis - nowMillis));
        }
    }

    private Job<?> next(long end) {
        synchronized (jobs) {
            jobs.removeIf(Job::isDone);
            return jobs.isEmpty() || jobs.peek().dueMillis > end ? null : jobs.poll();
        }
    }

    private void passTo(long millis) {
        synchronized (jobs) {
            if (millis > nowMillis) {
                clock.advance(Duration.ofMillis(millis - nowMillis));
                nowMillis = millis;
            }
        }
    }

    private <T> Job<T> add(Callable<T> callable, long delay, TimeUnit unit) {
        synchronized (jobs) {
            Job<T> job = new Job<>(callable, nowMillis + Math.max(0, unit.toMillis(delay)), jobsMade++);
            jobs.add(job);
            return job;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("The binding schedules one run at a time");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("The binding schedules one run at a time");
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("openHAB's scheduler is not the binding's to end");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("openHAB's scheduler is not the binding's to end");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    @Override
    public <T> List<java.util.concurrent.Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        return new ArrayList<>(tasks.stream().map(this::submit).toList());
    }

    private final class Job<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final long dueMillis;
        private final long number;

        Job(Callable<V> callable, long dueMillis, long number) {
            super(callable);
            this.dueMillis = dueMillis;
            this.number = number;
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            synchronized (jobs) {
                return unit.convert(dueMillis - nowMillis, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.MILLISECONDS), other.getDelay(TimeUnit.MILLISECONDS));
        }

        @Override
        protected void setException(Throwable t) {
            super.setException(t);
            throw new AssertionError("A job of the binding threw", t);
        }
    }
}
