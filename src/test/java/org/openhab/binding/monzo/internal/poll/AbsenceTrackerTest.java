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
import org.openhab.binding.monzo.internal.model.PotDetails;
import org.openhab.binding.monzo.simulator.AdjustableClock;

class AbsenceTrackerTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final BankSnapshot BOTH = picture("acc_1", "acc_2");
    private static final BankSnapshot ONE = picture("acc_1");
    private static final DataRequests REQUIRED = DataRequests.ofAccount("acc_2", true);

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final AbsenceTracker tracker = new AbsenceTracker(clock, HOUR);

    private static BankSnapshot picture(String... accountIds) {
        return new BankSnapshot(
                Stream.of(accountIds)
                        .map(id -> new AccountSnapshot(new Account(id, null, false, null, null, List.of())))
                        .toList(),
                Set.of(),
                1);
    }

    private static BankSnapshot withPot(boolean deleted) {
        Pot pot = new Pot("pot_1", "", deleted, null, null, null, null, PotDetails.NONE);
        return new BankSnapshot(List.of(ONE.accounts().get(0).withPots(Fetched.of(List.of(pot), 1))), Set.of(), 1);
    }

    private void pass(Duration time) {
        clock.advance(time);
    }

    @Test
    void tracksNothingWithoutAbsences() {
        tracker.update(BOTH, BOTH, REQUIRED, true);

        assertEquals(Set.of(), tracker.unconfirmed());
        assertNull(tracker.untilSearch());
        assertFalse(tracker.isSearchDue());
    }

    @Test
    void confirmsAnAbsenceOnlyWithAFullRefreshAMinuteLater() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());
        assertEquals(Duration.ofMinutes(1), tracker.untilSearch());

        pass(Duration.ofSeconds(30));
        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        pass(Duration.ofSeconds(30));
        assertTrue(tracker.isSearchDue());
        tracker.update(ONE, ONE, REQUIRED, false);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of(), tracker.unconfirmed());
        assertTrue(tracker.isAbsent("acc_2"));
    }

    @Test
    void searchesWithIncreasingDelayUpToFullRefreshInterval() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        for (int minutes = 1; minutes < 60; minutes *= 2) {
            assertEquals(Duration.ofMinutes(minutes), tracker.untilSearch());
            pass(Duration.ofMinutes(minutes));
            tracker.update(ONE, ONE, REQUIRED, true);
        }
        assertNull(tracker.untilSearch());
        assertTrue(tracker.isAbsent("acc_2"));
    }

    /** A thing may remain for years, and the delay doubles with each search. */
    @Test
    void tracksLongAbsences() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        for (int hours = 0; hours < 20_000; hours++) {
            pass(HOUR);
            tracker.update(ONE, ONE, REQUIRED, true);
        }
        assertTrue(tracker.isAbsent("acc_2"));
        assertNull(tracker.untilSearch());
    }

    @Test
    void doesNotSearchForUnusedIds() {
        tracker.update(BOTH, ONE, DataRequests.none(), true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        pass(Duration.ofMinutes(1));
        tracker.update(ONE, ONE, DataRequests.none(), true);
        assertNull(tracker.untilSearch());
        assertFalse(tracker.isAbsent("acc_2"));
    }

    @Test
    void forgetsIdsListedAgain() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        tracker.update(ONE, BOTH, REQUIRED, true);
        assertNull(tracker.untilSearch());

        tracker.update(BOTH, ONE, REQUIRED, true);
        assertEquals(Duration.ofMinutes(1), tracker.untilSearch());
    }

    @Test
    void tracksIdsListedBeforeARestart() {
        tracker.update(BankSnapshot.EMPTY, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());
    }

    @Test
    void ignoresIdsNeverListed() {
        tracker.update(BankSnapshot.EMPTY, ONE, DataRequests.ofAccount("acc_mistyped", false), true);
        assertNull(tracker.untilSearch());
    }

    @Test
    void expectsDeletedPotsToLeaveTheList() {
        tracker.update(withPot(true), ONE, DataRequests.none(), true);
        assertNull(tracker.untilSearch());

        tracker.update(withPot(false), ONE, DataRequests.none(), true);
        assertEquals(Set.of("pot_1"), tracker.unconfirmed());
    }

    @Test
    void searchesAtOnceAfterClockIsSetBack() {
        tracker.update(BOTH, ONE, REQUIRED, true);
        pass(HOUR.negated());
        assertEquals(Duration.ZERO, tracker.untilSearch());

        tracker.update(ONE, ONE, REQUIRED, true);
        assertTrue(tracker.isAbsent("acc_2"));
        assertEquals(Duration.ofMinutes(2), tracker.untilSearch());
    }

    @Test
    void tracksNoPotThatIsStillListed() {
        tracker.update(withPot(false), withPot(false), DataRequests.none(), true);

        assertEquals(Set.of(), tracker.unconfirmed());
    }

    @ParameterizedTest
    @CsvSource({"acc_1, acc_2", "acc_2, acc_1"})
    void searchesWhenTheEarliestOfSeveralAbsencesNeedsIt(String later, String earlier) {
        tracker.update(BOTH, picture(later), DataRequests.none(), true);
        pass(Duration.ofSeconds(20));
        tracker.update(picture(later), BankSnapshot.EMPTY, DataRequests.none(), true);

        assertEquals(Set.of(earlier, later), tracker.unconfirmed());
        assertEquals(Duration.ofSeconds(40), tracker.untilSearch());
    }

    @Test
    void searchesOftenAgainAfterAnotherAbsence() {
        DataRequests required = DataRequests.union(Stream.of(REQUIRED, DataRequests.ofAccount("acc_1", true)));
        tracker.update(BOTH, ONE, required, true);
        for (int minutes = 1; minutes < 16; minutes *= 2) {
            pass(Duration.ofMinutes(minutes));
            tracker.update(ONE, ONE, required, true);
        }
        assertEquals(Duration.ofMinutes(16), tracker.untilSearch());

        tracker.update(ONE, BankSnapshot.EMPTY, required, true);
        pass(Duration.ofMinutes(1));
        tracker.update(BankSnapshot.EMPTY, BankSnapshot.EMPTY, required, true);

        assertEquals(Duration.ofMinutes(2), tracker.untilSearch());
    }

    /** The scheduler measures time with another clock. */
    @Test
    void acceptsARefreshASecondEarlyButNoEarlier() {
        tracker.update(BOTH, ONE, REQUIRED, true);

        pass(Duration.ofSeconds(58));
        assertFalse(tracker.isSearchDue());
        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of("acc_2"), tracker.unconfirmed());

        pass(Duration.ofSeconds(1));
        assertTrue(tracker.isSearchDue());
        tracker.update(ONE, ONE, REQUIRED, true);
        assertEquals(Set.of(), tracker.unconfirmed());
        assertTrue(tracker.isAbsent("acc_2"));
    }
}
