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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.RetrySchedule.Data;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class RetryScheduleTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final RetrySchedule retries = new RetrySchedule(clock);

    private ErrorKind waitingForBalance() {
        return retries.waitingFor("acc_1", Data.BALANCE, true);
    }

    private ErrorKind waitingForTransactions() {
        return retries.waitingFor("acc_1", Data.TRANSACTIONS, false);
    }

    private void failBalance() {
        retries.failed("acc_1", Data.BALANCE, ErrorKind.SERVER_ERROR, null);
    }

    /** Returns how long the balance waits after one more failure. */
    private Duration waitAfterFailure() {
        failBalance();
        Instant begin = clock.instant();
        while (waitingForBalance() != null) {
            clock.advance(Duration.ofSeconds(1));
        }
        return Duration.between(begin, clock.instant());
    }

    @Test
    void backsOffUpToAQuarterOfAnHour() {
        for (int seconds = 10; seconds <= 640; seconds *= 2) {
            assertThat(
                    (double) waitAfterFailure().toSeconds(),
                    allOf(greaterThanOrEqualTo(seconds * 0.8 - 1), lessThanOrEqualTo(seconds * 1.2 + 1)));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(waitAfterFailure(), lessThanOrEqualTo(Duration.ofMinutes(15)));
        }
    }

    @Test
    void delaysNoOtherRequest() {
        failBalance();
        assertEquals(ErrorKind.SERVER_ERROR, waitingForBalance());
        assertNull(retries.waitingFor("acc_1", Data.POTS, true));
        assertNull(retries.waitingFor("acc_2", Data.BALANCE, true));
    }

    @Test
    void honoursALongerDelayOfMonzo() {
        retries.failed("acc_1", Data.BALANCE, ErrorKind.SERVER_ERROR, Duration.ofMinutes(5));
        clock.advance(Duration.ofMinutes(4));
        assertEquals(ErrorKind.SERVER_ERROR, waitingForBalance());
        clock.advance(MINUTE);
        assertNull(waitingForBalance());
    }

    @Test
    void beginsAnewAfterASuccess() {
        for (int i = 0; i < 8; i++) {
            failBalance();
        }
        retries.succeeded("acc_1", Data.BALANCE);
        assertNull(waitingForBalance());
        assertThat(waitAfterFailure(), lessThanOrEqualTo(Duration.ofSeconds(13)));
    }

    @Test
    void repeatsRefusedTransactionsAfterMinutesThenEveryHour() {
        assertTrue(retries.refused("acc_1", false));
        assertEquals(ErrorKind.NOT_PERMITTED, waitingForTransactions());
        assertEquals(Duration.ofMinutes(5), retries.untilRefused());
        clock.advance(Duration.ofMinutes(5));
        assertNull(waitingForTransactions());
        for (int hour = 0; hour < 3; hour++) {
            assertFalse(retries.refused("acc_1", false));
            assertEquals(Duration.ofHours(1), retries.untilRefused());
            clock.advance(Duration.ofHours(1));
            assertNull(waitingForTransactions());
        }
    }

    @Test
    void repeatsNothingThatIsNeverPermitted() {
        retries.refused("acc_1", true);
        clock.advance(Duration.ofDays(365));
        assertEquals(ErrorKind.NOT_PERMITTED, waitingForTransactions());
        assertNull(retries.untilRefused());

        retries.retryNow();
        assertNull(waitingForTransactions());
    }

    @Test
    void keepsRefusalsAfterAnErrorOfTheLogin() {
        failBalance();
        retries.refused("acc_1", false);
        retries.forgetErrors();
        assertNull(waitingForBalance());
        assertEquals(ErrorKind.NOT_PERMITTED, waitingForTransactions());

        retries.retainTransactions(Set.of("acc_2"));
        assertNull(waitingForTransactions());
    }

    @Test
    void limitsOnlyWhatIsNotRequiredAndKeepsTheLongerDelay() {
        retries.limited(Data.POTS, Duration.ofMinutes(10));
        retries.limited(Data.POTS, MINUTE);
        retries.retryNow();
        clock.advance(Duration.ofMinutes(9));
        assertEquals(ErrorKind.RATE_LIMITED, retries.waitingFor("acc_1", Data.POTS, false));
        assertNull(retries.waitingFor("acc_1", Data.POTS, true));
        assertNull(waitingForTransactions());

        retries.limited(Data.POTS, Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(9));
        assertEquals(ErrorKind.RATE_LIMITED, retries.waitingFor("acc_1", Data.POTS, false));
        clock.advance(MINUTE);
        assertNull(retries.waitingFor("acc_1", Data.POTS, false));
    }

    @Test
    void waitsForNothingAfterTheClockIsSetBack() {
        failBalance();
        retries.refused("acc_1", false);
        retries.limited(Data.POTS, MINUTE);
        clock.advance(Duration.ofDays(-1));
        assertNull(waitingForBalance());
        assertNull(waitingForTransactions());
        assertNull(retries.waitingFor("acc_1", Data.POTS, false));
        assertEquals(Duration.ZERO, retries.untilRefused());
    }
}
