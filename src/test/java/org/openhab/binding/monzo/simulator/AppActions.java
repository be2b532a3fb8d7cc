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
package org.openhab.binding.monzo.simulator;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/** The actions of the app's buttons. */
final class AppActions {
    private static final int LONGEST_TEXT = 100;

    private final Ledger ledger;
    private final Logins logins;

    AppActions(Ledger ledger, Logins logins) {
        this.ledger = ledger;
        this.logins = logins;
    }

    /**
     * @throws IllegalArgumentException if the form is filled in wrongly
     * @throws NoSuchElementException if there is no such action, customer, account or pot
     */
    void carryOut(String action, Map<String, String> form) {
        switch (action) {
            case "/approve" -> logins.approve(customer(form), Login.Approval.GIVEN);
            case "/revoke" -> logins.approve(customer(form), Login.Approval.WITHDRAWN);
            case "/spend" -> account(form).spend(amount(form));
            case "/receive" -> account(form).receive(amount(form));
            case "/pay" -> account(form).payments().pay(amount(form), text(form, "shop"));
            case "/pay-abroad" -> payAbroad(form);
            case "/decline" -> account(form).payments().decline(amount(form), text(form, "shop"), text(form, "reason"));
            case "/hold" -> account(form).payments().hold(amount(form), text(form, "shop"));
            case "/refund" -> account(form).payments().refund(amount(form), text(form, "shop"));
            case "/salary" -> account(form).payments().salary(amount(form), text(form, "from"));
            case "/transfer" ->
                account(form).payments().receive(amount(form), text(form, "from"), text(form, "reference"));
            case "/settle" ->
                account(form).transactions().stream()
                        .filter(AccountCard::canBeSettled)
                        .forEach(BankTransaction::settle);
            case "/final-amount" -> newest(form, AccountCard::canBeSettled).settle(-amount(form));
            case "/categorise" ->
                newest(form, payment -> payment.scheme() != Scheme.POT).category(text(form, "category"));
            case "/exclude" ->
                newest(form, BankTransaction::isIncludedInSpending).includeInSpending(false);
            case "/deposit" -> pot(form).deposit(amount(form, pot(form).account()));
            case "/withdraw" -> pot(form).withdraw(amount(form, pot(form).account()));
            case "/delete" -> pot(form).delete();
            default -> throw new NoSuchElementException("The app has no " + action);
        }
    }

    private void payAbroad(Map<String, String> form) {
        String currency = form.getOrDefault("local_currency", "");
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("Not a currency: " + currency);
        }
        long local = Amounts.minor(form.getOrDefault("local_amount", ""), currency);
        account(form).payments().payAbroad(amount(form), text(form, "shop"), local, currency);
    }

    private Customer customer(Map<String, String> form) {
        return ledger.customer(form.getOrDefault("user_id", "")).orElseThrow();
    }

    private BankAccount account(Map<String, String> form) {
        return ledger.accounts().stream()
                .filter(a -> a.id().equals(form.get("account_id")))
                .findFirst()
                .orElseThrow();
    }

    private BankTransaction newest(Map<String, String> form, Predicate<BankTransaction> kind) {
        List<BankTransaction> matching =
                account(form).transactions().stream().filter(kind).toList();
        if (matching.isEmpty()) {
            throw new NoSuchElementException("There is no such transaction");
        }
        return matching.get(matching.size() - 1);
    }

    private BankPot pot(Map<String, String> form) {
        return ledger.pot(form.getOrDefault("pot_id", "")).orElseThrow();
    }

    private long amount(Map<String, String> form) {
        return amount(form, account(form));
    }

    private static long amount(Map<String, String> form, BankAccount account) {
        return Amounts.minor(form.getOrDefault("amount", ""), account.currency());
    }

    private static String text(Map<String, String> form, String name) {
        String text = form.getOrDefault(name, "").strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("Between 1 and " + LONGEST_TEXT + " letters, please: " + name);
        }
        return text;
    }
}
