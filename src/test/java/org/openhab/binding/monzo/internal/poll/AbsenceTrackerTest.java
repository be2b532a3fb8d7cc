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
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.model.Account;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class AbsenceTrackerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final BankSnapshot BOTH = snapshot("acc_1", "acc_2");
    private static final BankSnapshot ONE = snapshot("acc_1");
    private static final DataRequests REQUIRED = DataRequests.ofAccount("acc_2", true);

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final AbsenceTracker tracker = new AbsenceTracker(clock);

    private static BankSnapshot snapshot(String... accountIds) {
        return new BankSnapshot(
                Stream.of(accountIds)
                        .map(id -> new AccountSnapshot(new Account(id, null, false, null, null, List.of())))
                        .toList(),
                Set.of(),
                1);
    }

    private static BankSnapshot withPot(boolean deleted) {
        Pot pot = new Pot("pot_1", "", deleted, null, null, null, null, null, null, null, null, null);
        return new BankSnapshot(List.of(ONE.accounts().get(0).withPots(Fetched.of(List.of(pot), 1))), Set.of(), 1);
    }

    private void pass(Duration time) {
        clock.advance(time);
    }

    @Test
    void tracksNothingWithoutAbsences() {
        tracker.update(BOTH, BOTH, REQUIRED, true);

        assertEquals(Set.of(), tracker.unconfirmed());
        assertNull(tracker.untilConfirmation());
    }

    @Test
    void confirmsAnAbsenceOnlyWithAFullRefreshAMinuteLater() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());
        assertEquals(Duration.ofMinutes(1), tracker.untilConfirmation());

        pass(Duration.ofSeconds(30));
        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        pass(Duration.ofSeconds(30));
        tracker.update(ONE, ONE, REQUIRED, false);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of(), tracker.unconfirmed());
    }

    @Test
    void keepsAbsencesConfirmed() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        for (int hours = 0; hours < 3; hours++) {
            pass(HOUR);
            tracker.update(ONE, ONE, REQUIRED, true);
        }
        assertEquals(Set.of(), tracker.unconfirmed());
        assertNull(tracker.untilConfirmation());
    }

    @Test
    void confirmsAbsencesOfUnusedIds() {
        tracker.update(BOTH, ONE, DataRequests.none(), true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        pass(Duration.ofMinutes(1));
        tracker.update(ONE, ONE, DataRequests.none(), true);
        assertNull(tracker.untilConfirmation());
    }

    @Test
    void forgetsIdsListedAgain() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        tracker.update(ONE, BOTH, REQUIRED, true);
        assertNull(tracker.untilConfirmation());

        tracker.update(BOTH, ONE, REQUIRED, true);
        assertEquals(Duration.ofMinutes(1), tracker.untilConfirmation());
    }

    @Test
    void tracksIdsListedBeforeARestart() {
        tracker.update(BankSnapshot.EMPTY, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());
    }

    @Test
    void ignoresIdsNeverListed() {
        tracker.update(BankSnapshot.EMPTY, ONE, DataRequests.ofAccount("acc_mistyped", false), true);
        assertNull(tracker.untilConfirmation());
    }

    @Test
    void expectsDeletedPotsToLeaveTheList() {
        tracker.update(withPot(true), ONE, DataRequests.none(), true);
        assertNull(tracker.untilConfirmation());

        tracker.update(withPot(false), ONE, DataRequests.none(), true);
        assertEquals(Set.of("pot_1"), tracker.unconfirmed());
    }

    @Test
    void confirmsAtOnceAfterClockIsSetBack() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        pass(HOUR.negated());
        assertEquals(Duration.ZERO, tracker.untilConfirmation());

        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of(), tracker.unconfirmed());
        assertNull(tracker.untilConfirmation());
    }

    @Test
    void tracksNoPotThatIsStillListed() {
        tracker.update(withPot(false), withPot(false), DataRequests.none(), true);

        assertEquals(Set.of(), tracker.unconfirmed());
    }

    @ParameterizedTest
    @CsvSource({"acc_1, acc_2", "acc_2, acc_1"})
    void confirmsTheEarliestOfSeveralAbsencesFirst(String later, String earlier) {
        tracker.update(BOTH, snapshot(later), DataRequests.none(), true);
        pass(Duration.ofSeconds(20));
        tracker.update(snapshot(later), BankSnapshot.EMPTY, DataRequests.none(), true);

        assertEquals(Set.of(earlier, later), tracker.unconfirmed());
        assertEquals(Duration.ofSeconds(40), tracker.untilConfirmation());
    }

    /** The scheduler measures time with another clock. */
    @Test
    void acceptsARefreshASecondEarlyButNoEarlier() {
        tracker.update(BOTH, ONE, REQUIRED, true);

        pass(Duration.ofSeconds(58));
        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        pass(Duration.ofSeconds(1));
        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of(), tracker.unconfirmed());
    }
}
