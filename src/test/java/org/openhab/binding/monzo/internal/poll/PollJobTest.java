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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.ManualScheduler;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class PollJobTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualScheduler scheduler =
            new ManualScheduler(new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z")));
    private final PollJob job = new PollJob(scheduler, this::run);

    private Duration interval = MINUTE;
    private Runnable duringRun = () -> {};
    private int runs;

    private Duration run() {
        runs++;
        Runnable action = duringRun;
        duringRun = () -> {};
        action.run();
        return interval;
    }

    private void runOnce() {
        job.runNow();
        scheduler.runDue();
    }

    @Test
    void runsAgainAfterTheIntervalOfTheTask() {
        runOnce();
        assertEquals(MINUTE, job.untilNextRun());

        scheduler.advance(MINUTE.minus(SECOND));
        assertEquals(1, runs);
        assertEquals(SECOND, job.untilNextRun());

        scheduler.advance(SECOND);
        assertEquals(2, runs);
    }

    @Test
    void endsWhenTheTaskReturnsNoInterval() {
        interval = null;
        runOnce();

        assertFalse(job.isAlive());
        assertNull(job.untilNextRun());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void runningNowReplacesTheScheduledRun() {
        runOnce();
        runOnce();

        assertEquals(2, runs);
        assertEquals(1, scheduler.waiting());
        assertEquals(MINUTE, job.untilNextRun());
    }

    @Test
    void runningNowDuringARunFollowsItOnce() {
        duringRun = () -> {
            job.runNow();
            job.runNow();
        };
        runOnce();

        assertEquals(2, runs);
        assertEquals(MINUTE, job.untilNextRun());
    }

    @Test
    void limitsTheDelayOfTheNextRunButNeverDelaysIt() {
        runOnce();

        job.runWithin(Duration.ofHours(1));
        assertEquals(MINUTE, job.untilNextRun());

        job.runWithin(SECOND);
        assertEquals(SECOND, job.untilNextRun());
        assertEquals(1, scheduler.waiting());
    }

    @Test
    void limitsTheDelayAfterARunInProgressButNeverDelaysTheNext() {
        duringRun = () -> job.runWithin(SECOND);
        runOnce();
        assertEquals(SECOND, job.untilNextRun());

        duringRun = () -> job.runWithin(Duration.ofHours(1));
        scheduler.advance(SECOND);
        assertEquals(MINUTE, job.untilNextRun());
    }

    @Test
    void limitsTheDelayOfOneRunOnly() {
        duringRun = () -> job.runWithin(SECOND);
        runOnce();
        scheduler.advance(SECOND);

        assertEquals(2, runs);
        assertEquals(MINUTE, job.untilNextRun());
    }

    @Test
    void keepsTheIntervalOfTheTaskOnceTheLimitIsRemoved() {
        duringRun = () -> {
            job.runWithin(SECOND);
            job.clearMaxDelay();
        };
        runOnce();

        assertEquals(MINUTE, job.untilNextRun());
    }

    @Test
    void limitsNothingWhenNoRunIsScheduled() {
        job.runWithin(SECOND);

        assertFalse(job.isAlive());
        assertEquals(0, scheduler.waiting());
    }

    @Test
    void runsAgainFiveMinutesAfterAnUnexpectedError() {
        duringRun = () -> {
            throw new IllegalStateException("a bug");
        };
        runOnce();

        assertFalse(job.isRunning());
        assertEquals(Duration.ofMinutes(5), job.untilNextRun());
    }

    @Test
    void isAliveFromTheFirstRunOn() {
        assertFalse(job.isAlive());

        job.runNow();
        assertTrue(job.isAlive());

        duringRun = () -> {
            assertTrue(job.isAlive());
            assertTrue(job.isRunning());
            assertNull(job.untilNextRun());
        };
        scheduler.runDue();
        assertTrue(job.isAlive());
        assertFalse(job.isRunning());
    }

    @Test
    void runsNoMoreOnceStopped() {
        runOnce();
        job.stop();
        assertEquals(0, scheduler.waiting());

        job.runNow();
        job.runWithin(SECOND);
        scheduler.advance(Duration.ofHours(1));

        assertEquals(1, runs);
        assertFalse(job.isAlive());
    }

    @Test
    void schedulesNothingWhenStoppedDuringARun() {
        duringRun = job::stop;
        runOnce();

        assertEquals(0, scheduler.waiting());
        assertFalse(job.isAlive());
    }

    /** A run that has begun cannot be cancelled any more; it must not lead to a second chain of runs. */
    @Test
    void keepsOneChainOfRunsThoughACancelledRunHasBegun() {
        List<Runnable> begun = new ArrayList<>();
        ScheduledExecutorService threads = mock(ScheduledExecutorService.class);
        when(threads.schedule(any(Runnable.class), anyLong(), any())).thenAnswer(call -> {
            begun.add(call.getArgument(0));
            return mock(ScheduledFuture.class);
        });
        PollJob job = new PollJob(threads, this::run);
        job.runNow();
        job.runNow();

        begun.get(0).run();
        assertEquals(0, runs);
        begun.get(1).run();
        assertEquals(1, runs);
        assertEquals(3, begun.size());

        job.stop();
        begun.get(2).run();
        assertEquals(1, runs);
        assertEquals(3, begun.size());
    }
}
