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

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.TransactionWindow;

/**
 * The data that the things of a bridge require.
 *
 * @param accountIds the accounts whose amounts are shown
 * @param firstCurrentAccount whether a thing shows the first open current account
 * @param potIds the pots shown
 * @param listedIds the accounts and pots among them that Monzo has listed before, possibly before a restart
 * @param transactions the transactions required, by account
 */
@NonNullByDefault
public record DataRequests(
        Set<String> accountIds,
        boolean firstCurrentAccount,
        Set<String> potIds,
        Set<String> listedIds,
        Map<String, TransactionWindow.Request> transactions) {

    public DataRequests {
        accountIds = Set.copyOf(accountIds);
        potIds = Set.copyOf(potIds);
        listedIds = Set.copyOf(listedIds);
        transactions = Map.copyOf(transactions);
    }

    /** Returns the requests of a thing that shows an account. */
    public static DataRequests ofAccount(String accountId, boolean listed) {
        return new DataRequests(Set.of(accountId), false, Set.of(), listed ? Set.of(accountId) : Set.of(), Map.of());
    }

    /** Returns the requests of a thing that shows the first open current account. */
    public static DataRequests ofFirstCurrentAccount() {
        return new DataRequests(Set.of(), true, Set.of(), Set.of(), Map.of());
    }

    /** Returns the requests of a thing that shows a pot. */
    public static DataRequests ofPot(String potId, boolean listed) {
        return new DataRequests(Set.of(), false, Set.of(potId), listed ? Set.of(potId) : Set.of(), Map.of());
    }

    /**
     * Returns the requests of a thing that shows no amounts of accounts, but what their transactions tell.
     *
     * @param listedIds the accounts among them that Monzo has listed before
     */
    public static DataRequests ofTransactions(
            Map<String, TransactionWindow.Request> transactions, Set<String> listedIds) {
        return new DataRequests(Set.of(), false, Set.of(), listedIds, transactions);
    }

    /** Returns these requests and transactions of an account. */
    public DataRequests withTransactions(String accountId, TransactionWindow.Request request) {
        return new DataRequests(accountIds, firstCurrentAccount, potIds, listedIds, Map.of(accountId, request));
    }

    /** Returns the requests of a thing that cannot show anything. */
    public static DataRequests none() {
        return union(Stream.of());
    }

    /** Returns the union of the requests of several things. */
    public static DataRequests union(Stream<DataRequests> parts) {
        Set<String> accountIds = new HashSet<>();
        Set<String> potIds = new HashSet<>();
        Set<String> listedIds = new HashSet<>();
        Map<String, TransactionWindow.Request> transactions = new HashMap<>();
        boolean first = false;
        for (DataRequests part : parts.toList()) {
            accountIds.addAll(part.accountIds);
            potIds.addAll(part.potIds);
            listedIds.addAll(part.listedIds);
            part.transactions.forEach(
                    (accountId, request) -> transactions.merge(accountId, request, TransactionWindow.Request::and));
            first |= part.firstCurrentAccount;
        }
        return new DataRequests(accountIds, first, potIds, listedIds, transactions);
    }

    /** Returns the open accounts that things show, or whose pots or spending they show. */
    public Set<String> accounts(BankSnapshot snapshot) {
        Set<String> ids = new HashSet<>(accountsOfBalances(snapshot));
        ids.addAll(accountsOfPots(snapshot));
        ids.addAll(transactions.keySet());
        return snapshot.openAccounts()
                .map(AccountSnapshot::id)
                .filter(ids::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the accounts whose amounts are shown, which may be closed or not listed. */
    Set<String> accountsOfBalances(BankSnapshot snapshot) {
        Set<String> ids = new HashSet<>(accountIds);
        if (firstCurrentAccount) {
            snapshot.firstOpenCurrentAccount().map(AccountSnapshot::id).ifPresent(ids::add);
        }
        return ids;
    }

    /** Returns the accounts whose pots are shown, which may be closed. */
    Set<String> accountsOfPots(BankSnapshot snapshot) {
        return potIds.stream()
                .flatMap(id -> snapshot.accountOfPot(id).stream())
                .map(AccountSnapshot::id)
                .collect(Collectors.toSet());
    }

    /** Returns the IDs of all requested accounts and pots. */
    public Set<String> ids() {
        Set<String> ids = new HashSet<>(accountIds);
        ids.addAll(potIds);
        ids.addAll(transactions.keySet());
        return ids;
    }
}
