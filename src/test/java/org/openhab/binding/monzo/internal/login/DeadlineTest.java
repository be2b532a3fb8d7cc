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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeadlineTest {

    private final ScheduledExecutorService scheduler = mock(ScheduledExecutorService.class);
    private final ScheduledFuture<?> job = mock(ScheduledFuture.class);
    private final Deadline deadline = new Deadline(scheduler, Duration.ofSeconds(30));
    private Runnable alarm;

    @BeforeEach
    void keepTheAlarm() {
        doAnswer(call -> {
                    alarm = call.getArgument(0);
                    return job;
                })
                .when(scheduler)
                .schedule(any(Runnable.class), eq(30_000L), eq(TimeUnit.MILLISECONDS));
    }

    @AfterEach
    void leaveNoInterruptBehind() {
        assertFalse(Thread.interrupted());
    }

    @Test
    void givesTheResultAndCancelsTheAlarm() throws Exception {
        assertEquals("done", deadline.within(() -> "done"));
        verify(job).cancel(false);
    }

    @Test
    void passesExceptionsOn() {
        IOException broken = new IOException("broken");

        assertSame(
                broken,
                assertThrows(
                        IOException.class,
                        () -> deadline.within(() -> {
                            throw broken;
                        })));
        verify(job).cancel(false);
    }

    @Test
    void interruptsACallThatTakesTooLong() {
        CountDownLatch never = new CountDownLatch(1);

        assertThrows(
                InterruptedException.class,
                () -> deadline.within(() -> {
                    alarm.run();
                    never.await();
                    return null;
                }));
    }

    @Test
    void takesBackAnInterruptThatNobodyNoticed() throws Exception {
        assertEquals("done", deadline.within(() -> {
            alarm.run();
            return "done";
        }));

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void neverInterruptsAfterTheCall() throws Exception {
        deadline.within(() -> "done");

        alarm.run();

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void keepsAnInterruptThatIsNotItsOwn() throws Exception {
        deadline.within(() -> {
            Thread.currentThread().interrupt();
            return null;
        });

        assertThat(Thread.interrupted(), is(true));
    }
}
