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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.bank.Account;
import org.openhab.binding.monzo.internal.bank.Balance;
import org.openhab.binding.monzo.internal.bank.BankPicture;
import org.openhab.binding.monzo.internal.bank.Fault;
import org.openhab.binding.monzo.internal.bank.Pot;
import org.openhab.binding.monzo.internal.login.RenewalException;

/**
 * One picture in the making: the last one, in which each answer of the bank replaces what it is newer than.
 */
@NonNullByDefault
class Reading {

    private final MonzoApi api;
    private final Session session;

    private List<Account> accounts;
    private final Map<String, Balance> balances;
    private final Map<String, List<Pot>> pots;
    private final Map<String, Fault> balanceFaults;
    private final Map<String, Fault> potFaults;

    private int answers;
    private int refusals;
    private int failures;
    private int failuresInARow;
    private @Nullable MonzoException firstFailure;

    Reading(MonzoApi api, Session session, BankPicture last) {
        this.api = api;
        this.session = session;
        accounts = last.accounts();
        balances = new HashMap<>(last.balances());
        pots = new HashMap<>(last.pots());
        balanceFaults = new HashMap<>(last.balanceFaults());
        potFaults = new HashMap<>(last.potFaults());
    }

    BankPicture picture() {
        return new BankPicture(accounts, balances, pots, balanceFaults, potFaults);
    }

    List<Account> openAccounts() {
        return picture().openAccounts().toList();
    }

    Optional<Account> firstOpenCurrentAccount() {
        return picture().firstOpenCurrentAccount();
    }

    void accounts() throws MonzoException {
        accounts = List.copyOf(session.call(api::accounts));
    }

    /**
     * Reads the pots of an account.
     *
     * @param needed whether things show them; otherwise a failure is no concern of theirs
     */
    void pots(String accountId, boolean needed) throws MonzoException {
        List<Pot> answer = ask(accountId, potFaults, needed, () -> session.call(token -> api.pots(accountId, token)));
        if (answer != null) {
            pots.put(accountId, List.copyOf(answer));
        }
    }

    void balance(Account account) throws MonzoException {
        Balance answer = ask(
                account.id(),
                balanceFaults,
                true,
                () -> session.call(token -> api.balance(account.id(), account.currency(), token)));
        if (answer != null) {
            balances.put(account.id(), answer);
        }
    }

    /** Forgets the amounts of accounts that no thing shows any more: they would be as old as that when one does again. */
    void forgetBalancesBut(Set<String> accountIds) {
        balances.keySet().retainAll(accountIds);
        balanceFaults.keySet().retainAll(accountIds);
    }

    private interface Question<T> {
        T ask() throws MonzoException;
    }

    private <T> @Nullable T ask(String accountId, Map<String, Fault> faults, boolean needed, Question<T> question)
            throws MonzoException {
        try {
            T answer = question.ask();
            faults.remove(accountId);
            answers++;
            failuresInARow = 0;
            return answer;
        } catch (MonzoException e) {
            if (e instanceof RenewalException || !isOfOneAccount(e.fault())) {
                throw e;
            }
            faults.put(accountId, e.fault());
            if (needed) {
                count(e);
            }
            if (isNoAnswer(e.fault()) && ++failuresInARow >= 2 && answers == 0) {
                throw e; // nobody is there: waiting for the rest would only hold up openHAB's thread
            }
            return null;
        }
    }

    private void count(MonzoException e) {
        if (e.fault() == Fault.NOT_PERMITTED) {
            refusals++;
        } else {
            failures++;
            MonzoException first = firstFailure;
            if (first == null || first.fault() == Fault.NOT_FOUND) {
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
        if (failure != null && failure.fault() != Fault.NOT_FOUND && answers == 0 && refusals == 0) {
            throw failure;
        }
    }

    private static boolean isNoAnswer(Fault fault) {
        return fault == Fault.UNREACHABLE || fault == Fault.TIMED_OUT;
    }

    private static boolean isOfOneAccount(Fault fault) {
        return switch (fault) {
            case UNREACHABLE, TIMED_OUT, SERVER_ERROR, NONSENSE, NOT_PERMITTED, NOT_FOUND, RENEWED_TOKEN_REFUSED ->
                true;
            default -> false;
        };
    }
}
