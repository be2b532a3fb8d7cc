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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.TokenRefreshException;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.Pot;

/**
 * One picture in the making: the last one, in which each answer of the bank replaces what it is newer than.
 */
@NonNullByDefault
class SnapshotBuilder {

    private static final int MOST_UNANSWERED = 2;

    private final MonzoApi api;
    private final AuthenticatedClient session;

    private final long refresh;
    private Map<String, AccountSnapshot> accounts;

    private int answers;
    private int refusals;
    private int failures;
    private int failuresInARow;
    private @Nullable MonzoException firstFailure;
    private @Nullable Duration retryAfter;

    SnapshotBuilder(MonzoApi api, AuthenticatedClient session, BankSnapshot last) {
        this.api = api;
        this.session = session;
        refresh = last.refresh() + 1;
        accounts = byId(last.accounts().stream());
    }

    /** What is known by now, without a word on what is missing. */
    BankSnapshot snapshot() {
        return picture(Set.of());
    }

    BankSnapshot picture(Set<String> unconfirmedAbsences) {
        return new BankSnapshot(List.copyOf(accounts.values()), unconfirmedAbsences, refresh);
    }

    /** Reads which accounts there are; what is not listed any more leaves the snapshot with its amounts and pots. */
    void accounts() throws MonzoException {
        accounts = byId(session.call(api::accounts).stream().map(listed -> {
            AccountSnapshot known = accounts.get(listed.id());
            return known == null ? new AccountSnapshot(listed) : known.withAccount(listed);
        }));
    }

    /** In the order given; should Monzo list an account twice, the first counts. */
    private static Map<String, AccountSnapshot> byId(Stream<AccountSnapshot> accounts) {
        return accounts.collect(
                Collectors.toMap(AccountSnapshot::id, account -> account, (first, again) -> first, LinkedHashMap::new));
    }

    /** Reads the pots of an account of which things show some. */
    void pots(AccountSnapshot account) throws MonzoException {
        put(account, pots(account, true));
    }

    /**
     * Reads the pots of accounts of which no thing is known to show any, so that a failure is nobody's trouble. When
     * nobody answers, the rest counts as failed too: waiting for it would only hold up openHAB's thread.
     *
     * @param searched whether a pot that things show is searched for in them
     */
    void otherPots(Stream<AccountSnapshot> others, boolean searched) throws MonzoException {
        ErrorKind end = null;
        int unanswered = 0;
        // Accounts that failed must not keep the others from their turn, least of all those left out for them.
        Comparator<AccountSnapshot> order = Comparator.comparing(
                        (AccountSnapshot other) -> other.pots().lastError().isPresent())
                .thenComparing(other -> other.pots().requestedBy());
        for (AccountSnapshot account : others.sorted(order).toList()) {
            Fetched<List<Pot>> pots =
                    end == null ? otherPots(account, searched) : account.pots().leftOut(end);
            put(account, pots);
            ErrorKind error = pots.error();
            unanswered = error != null && isNoAnswer(error) ? unanswered + 1 : 0;
            if (error == ErrorKind.RATE_LIMITED || unanswered >= MOST_UNANSWERED) {
                end = error;
            }
        }
    }

    private Fetched<List<Pot>> otherPots(AccountSnapshot account, boolean searched) throws MonzoException {
        try {
            return pots(account, false);
        } catch (MonzoException e) {
            if (e.kind() != ErrorKind.RATE_LIMITED || e instanceof TokenRefreshException || searched) {
                throw e;
            }
            retryAfter = e.retryAfter();
            return account.pots().failed(e.kind(), refresh);
        }
    }

    private void put(AccountSnapshot account, Fetched<List<Pot>> pots) {
        accounts.computeIfPresent(account.id(), (id, known) -> known.withPots(pots));
    }

    private Fetched<List<Pot>> pots(AccountSnapshot account, boolean needed) throws MonzoException {
        String id = account.id();
        String currency = account.account().currency();
        return ask(account.pots(), needed, () -> List.copyOf(session.call(token -> api.pots(id, currency, token))));
    }

    /** Reads the amounts of an account, which things show. */
    void balance(AccountSnapshot account) throws MonzoException {
        String id = account.id();
        String currency = account.account().currency();
        Fetched<Balance> balance =
                ask(account.balance(), true, () -> session.call(token -> api.balance(id, currency, token)));
        accounts.computeIfPresent(id, (key, known) -> known.withBalance(balance));
    }

    /** How long the bank asks to be left alone although what things need could be read, {@code null} if it does not. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }

    private interface Question<T> {
        T ask() throws MonzoException;
    }

    private <T> Fetched<T> ask(Fetched<T> last, boolean needed, Question<T> question) throws MonzoException {
        try {
            Fetched<T> answer = Fetched.of(question.ask(), refresh);
            answers++;
            failuresInARow = 0;
            return answer;
        } catch (MonzoException e) {
            if (e instanceof TokenRefreshException || !isOfOneAccount(e.kind())) {
                throw e;
            }
            if (needed) {
                count(e);
                if (isNoAnswer(e.kind()) && ++failuresInARow >= MOST_UNANSWERED && answers == 0) {
                    throw e; // nobody is there
                }
            }
            return last.failed(e.kind(), refresh);
        }
    }

    private void count(MonzoException e) {
        if (e.kind() == ErrorKind.NOT_PERMITTED) {
            refusals++;
        } else {
            failures++;
            MonzoException first = firstFailure;
            if (first == null || first.kind() == ErrorKind.NOT_FOUND) {
                firstFailure = e;
            }
        }
    }

    /** Whether everything that things need was refused with a 403, and there was something. */
    boolean isNothingPermitted() {
        return refusals > 0 && answers == 0 && failures == 0;
    }

    /** When nothing that things need could be read, that is the whole login's trouble. */
    void throwIfNothingRead() throws MonzoException {
        MonzoException failure = firstFailure;
        if (failure != null && failure.kind() != ErrorKind.NOT_FOUND && answers == 0 && refusals == 0) {
            throw failure;
        }
    }

    private static boolean isNoAnswer(ErrorKind error) {
        return error == ErrorKind.UNREACHABLE || error == ErrorKind.TIMED_OUT;
    }

    private static boolean isOfOneAccount(ErrorKind error) {
        return switch (error) {
            case UNREACHABLE,
                    TIMED_OUT,
                    SERVER_ERROR,
                    INVALID_RESPONSE,
                    NOT_PERMITTED,
                    NOT_FOUND,
                    REFRESHED_TOKEN_REJECTED -> true;
            default -> false;
        };
    }
}
