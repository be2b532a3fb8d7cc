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
package org.openhab.binding.monzo.internal.refresh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.bank.AccountSnapshot;
import org.openhab.binding.monzo.internal.bank.BankPicture;
import org.openhab.binding.monzo.internal.bank.Fault.Remedy;

/**
 * Takes pictures of the bank with as few requests as it allows: the amounts of the accounts that have things, the pots
 * of the accounts whose pots have things, and only seldom everything.
 */
@NonNullByDefault
public class BankReader {

    /** A new account or a pot of an account without pot things is noticed at the latest after this. */
    private static final Duration SURVEY_EVERY = Duration.ofHours(1);

    /** A survey in which the bank stumbled over an account is repeated after this. */
    private static final Duration REPEAT_SURVEY_AFTER = Duration.ofMinutes(5);

    private final MonzoApi api;
    private final Session session;
    private final Clock clock;

    private BankPicture last = BankPicture.EMPTY;
    private Instant surveyed = Instant.MIN;
    private Set<String> missing = Set.of();
    private boolean permissionChecked;
    private volatile boolean surveyWanted;

    public BankReader(MonzoApi api, Session session, Clock clock) {
        this.api = api;
        this.session = session;
        this.clock = clock;
    }

    /** Makes the next picture one of everything: after a login, and for a scan. */
    public void wantSurvey() {
        surveyWanted = true;
    }

    /**
     * Takes a picture. One caller at a time.
     *
     * @param wanted what the things need
     * @return the picture, in which single accounts may have faults and then their last good amounts
     * @throws MonzoException when the fault is not a single account's: nobody is logged in, nothing is permitted, the
     *         bank asks to be left alone, or nothing that things need could be read
     */
    public BankPicture read(Wanted wanted) throws MonzoException {
        boolean survey = isSurveyDue(wanted);
        Reading reading = new Reading(api, session, last);
        try {
            if (survey) {
                surveyWanted = false;
                reading.accounts();
            }
            readPots(reading, wanted, survey);
            readBalances(reading, wanted);
            checkPermission(reading, survey);
            reading.throwIfNothingRead();
        } catch (MonzoException e) {
            surveyWanted |= survey;
            throw e;
        } finally {
            last = reading.picture();
        }
        if (survey) {
            surveyed = clock.instant();
            missing = missing(wanted);
        }
        return last;
    }

    /**
     * After a 403 on every account, it takes the list to tell a withdrawn approval from accounts of a kind that Monzo
     * shows to nobody. Once is enough: the next survey looks again.
     */
    private void checkPermission(Reading reading, boolean survey) throws MonzoException {
        if (!reading.isNothingPermitted()) {
            permissionChecked = false;
        } else if (!permissionChecked) {
            if (!survey) {
                reading.accounts();
            }
            permissionChecked = true;
        }
    }

    private boolean isSurveyDue(Wanted wanted) {
        Instant now = clock.instant();
        // A clock that was set back makes the last survey one of the future.
        Duration age =
                surveyed.equals(Instant.MIN) || surveyed.isAfter(now) ? SURVEY_EVERY : Duration.between(surveyed, now);
        if (surveyWanted || age.compareTo(SURVEY_EVERY) >= 0) {
            return true;
        }
        // A thing may name a pot that does not exist: no reason to search the bank for it more than once.
        boolean somethingNew = !missing.containsAll(missing(wanted));
        return somethingNew || age.compareTo(REPEAT_SURVEY_AFTER) >= 0 && isIncomplete();
    }

    private boolean isIncomplete() {
        return last.openAccounts()
                .flatMap(account -> account.pots().lastError().stream())
                .anyMatch(fault -> fault.remedy() == Remedy.WAIT);
    }

    private Set<String> missing(Wanted wanted) {
        Set<String> ids = new LinkedHashSet<>();
        wanted.potIds().stream().filter(id -> last.pot(id).isEmpty()).forEach(ids::add);
        wanted.accountIds().stream().filter(id -> last.account(id).isEmpty()).forEach(ids::add);
        return ids;
    }

    private void readPots(Reading reading, Wanted wanted, boolean survey) throws MonzoException {
        Set<String> needed = new LinkedHashSet<>();
        for (String potId : wanted.potIds()) {
            last.accountOfPot(potId).map(AccountSnapshot::id).ifPresent(needed::add);
        }
        for (AccountSnapshot account : reading.picture().openAccounts().toList()) {
            boolean isNeeded = needed.contains(account.id());
            if (isNeeded || survey) {
                reading.pots(account, isNeeded);
            }
        }
    }

    private void readBalances(Reading reading, Wanted wanted) throws MonzoException {
        Set<String> needed = new LinkedHashSet<>(wanted.accountIds());
        if (wanted.firstCurrentAccount()) {
            reading.picture().firstOpenCurrentAccount().map(AccountSnapshot::id).ifPresent(needed::add);
        }
        for (AccountSnapshot account : reading.picture().openAccounts().toList()) {
            if (needed.contains(account.id())) {
                reading.balance(account);
            }
        }
    }
}
