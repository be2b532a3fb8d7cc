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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind.Recovery;
import org.openhab.binding.monzo.internal.model.Fetched;

/**
 * Takes pictures of the bank with as few requests as it allows: the amounts of the accounts that have things, the pots
 * of the accounts whose pots have things, and only seldom everything.
 */
@NonNullByDefault
public class SnapshotReader {

    /** A new account or a pot of an account without pot things is noticed at the latest after this. */
    private static final Duration FULL_REFRESH_INTERVAL = Duration.ofHours(1);

    /** A survey in which the bank stumbled over an account is repeated after this. */
    private static final Duration REPEAT_SURVEY_AFTER = Duration.ofMinutes(5);

    private final MonzoApi api;
    private final AuthenticatedClient session;
    private final Clock clock;

    private final AbsenceTracker absences;

    private BankSnapshot last = BankSnapshot.EMPTY;
    private Instant surveyed = Instant.MIN;
    private Set<String> missing = Set.of();
    private @Nullable Duration retryAfter;
    private boolean permissionChecked;
    private volatile boolean surveyWanted;

    public SnapshotReader(MonzoApi api, AuthenticatedClient session, Clock clock) {
        this.api = api;
        this.session = session;
        this.clock = clock;
        absences = new AbsenceTracker(clock, FULL_REFRESH_INTERVAL);
    }

    /** Makes the next picture one of everything: after a login, and for a scan. */
    public void requestFullRefresh() {
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
    public BankSnapshot read(DataRequests wanted) throws MonzoException {
        boolean survey = isSurveyDue(wanted);
        SnapshotBuilder reading = new SnapshotBuilder(api, session, last);
        try {
            if (survey) {
                surveyWanted = false;
            }
            // A refresh without any other request asks for the accounts, to learn whether the bank still answers.
            boolean list = survey
                    || potAccounts(last, wanted).isEmpty()
                            && balanceAccounts(last, wanted).isEmpty();
            if (list) {
                reading.accounts();
            }
            readNeeded(reading, wanted);
            if (survey) {
                readOthers(reading, wanted);
            }
            checkPermission(reading, list);
            reading.throwIfNothingRead();
        } catch (MonzoException e) {
            surveyWanted |= survey;
            throw e;
        }
        absences.update(last, reading.snapshot(), wanted, survey);
        last = reading.picture(absences.unconfirmed());
        retryAfter = reading.retryAfter();
        if (survey) {
            surveyed = clock.instant();
            missing = missing(wanted);
        }
        return last;
    }

    /** The time after which to read again at the latest, {@code null} if there is no hurry. */
    public @Nullable Duration untilSearch() {
        return absences.untilSearch();
    }

    /** How long the bank asked to be left alone at the last reading that succeeded, {@code null} if it did not. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * After a 403 on every account, it takes the list to tell a withdrawn approval from accounts of a kind that Monzo
     * shows to nobody. Once is enough: the next survey looks again.
     */
    private void checkPermission(SnapshotBuilder reading, boolean listRead) throws MonzoException {
        if (!reading.isNothingPermitted()) {
            permissionChecked = false;
        } else if (!permissionChecked) {
            if (!listRead) {
                reading.accounts();
            }
            permissionChecked = true;
        }
    }

    private boolean isSurveyDue(DataRequests wanted) {
        Instant now = clock.instant();
        // A clock that was set back makes the last survey one of the future.
        Duration age = surveyed.equals(Instant.MIN) || surveyed.isAfter(now)
                ? FULL_REFRESH_INTERVAL
                : Duration.between(surveyed, now);
        if (surveyWanted || age.compareTo(FULL_REFRESH_INTERVAL) >= 0 || absences.isSearchDue()) {
            return true;
        }
        // A thing may name a pot that does not exist: no reason to search the bank for it more than once.
        boolean somethingNew = missing(wanted).stream().anyMatch(id -> !missing.contains(id) && !absences.isAbsent(id));
        return somethingNew || age.compareTo(REPEAT_SURVEY_AFTER) >= 0 && isIncomplete();
    }

    /** Whether the list of accounts or of the pots of one is not to be believed for an hour. */
    private boolean isIncomplete() {
        return last.firstOpenCurrentAccount().isEmpty()
                || last.openAccounts().map(AccountSnapshot::pots).anyMatch(SnapshotReader::isUnread);
    }

    private static boolean isUnread(Fetched<?> part) {
        return part.equals(Fetched.never())
                || part.lastError()
                        .filter(error -> error.recovery() == Recovery.RETRY)
                        .isPresent();
    }

    private Set<String> missing(DataRequests wanted) {
        Set<String> ids = new LinkedHashSet<>();
        wanted.potIds().stream().filter(id -> last.pot(id).isEmpty()).forEach(ids::add);
        wanted.accountIds().stream().filter(id -> last.account(id).isEmpty()).forEach(ids::add);
        return ids;
    }

    private static void readNeeded(SnapshotBuilder reading, DataRequests wanted) throws MonzoException {
        for (AccountSnapshot account : potAccounts(reading.snapshot(), wanted)) {
            reading.pots(account);
        }
        for (AccountSnapshot account : balanceAccounts(reading.snapshot(), wanted)) {
            reading.balance(account);
        }
    }

    private static void readOthers(SnapshotBuilder reading, DataRequests wanted) throws MonzoException {
        BankSnapshot picture = reading.snapshot();
        boolean searched =
                wanted.potIds().stream().anyMatch(id -> picture.pot(id).isEmpty());
        reading.otherPots(picture.openAccounts().filter(account -> !picture.isCurrent(account.pots())), searched);
    }

    /** The open accounts that hold pots which things show. */
    private static List<AccountSnapshot> potAccounts(BankSnapshot picture, DataRequests wanted) {
        Set<String> ids = wanted.potIds().stream()
                .flatMap(potId -> picture.accountOfPot(potId).stream())
                .map(AccountSnapshot::id)
                .collect(Collectors.toSet());
        return openAccounts(picture, ids);
    }

    /** The open accounts of which things show the amounts. */
    private static List<AccountSnapshot> balanceAccounts(BankSnapshot picture, DataRequests wanted) {
        Set<String> ids = new HashSet<>(wanted.accountIds());
        if (wanted.firstCurrentAccount()) {
            picture.firstOpenCurrentAccount().map(AccountSnapshot::id).ifPresent(ids::add);
        }
        return openAccounts(picture, ids);
    }

    private static List<AccountSnapshot> openAccounts(BankSnapshot picture, Set<String> ids) {
        return picture.openAccounts()
                .filter(account -> ids.contains(account.id()))
                .toList();
    }
}
