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
package org.openhab.binding.monzo.bank;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The app in the person's hand: approve programs, spend money, fill and empty pots. */
final class AppPage {
    private final Ledger ledger;
    private final Logins logins;

    AppPage(Ledger ledger, Logins logins) {
        this.ledger = ledger;
        this.logins = logins;
    }

    Reply answer(Call call) {
        if (!call.isPost()) {
            return call.path().equals(Endpoint.APP.path())
                    ? Reply.html(200, page())
                    : Reply.redirect(Endpoint.APP.path());
        }
        try {
            carryOut(call.path().substring(Endpoint.APP.path().length()), call.form());
            return Reply.redirect(Endpoint.APP.path());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return Html.error(String.valueOf(e.getMessage()));
        }
    }

    private void carryOut(String action, Map<String, String> form) {
        switch (action) {
            case "/approve" -> logins.approve(customer(form), Login.Approval.GIVEN);
            case "/revoke" -> logins.approve(customer(form), Login.Approval.WITHDRAWN);
            case "/spend" -> account(form).spend(amount(form, account(form)));
            case "/receive" -> account(form).receive(amount(form, account(form)));
            case "/deposit" -> pot(form).deposit(amount(form, pot(form).account()));
            case "/withdraw" -> pot(form).withdraw(amount(form, pot(form).account()));
            case "/delete" -> pot(form).delete();
            default -> throw new NoSuchElementException("The app has no " + action);
        }
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

    private BankPot pot(Map<String, String> form) {
        return ledger.pot(form.getOrDefault("pot_id", "")).orElseThrow();
    }

    private static long amount(Map<String, String> form, BankAccount account) {
        return Money.minor(form.getOrDefault("amount", ""), account.currency());
    }

    private String page() {
        synchronized (ledger) {
            StringBuilder body = new StringBuilder();
            for (Customer customer : ledger.customers()) {
                body.append("<h2>").append(Html.escape(customer.name())).append("</h2>\n");
                // One card and one button for all programs that wait, and one for all that have access.
                logins.approvals(customer).stream()
                        .map(a -> a == Login.Approval.GIVEN)
                        .distinct()
                        .forEach(given -> body.append(approval(customer, given)));
                for (BankAccount account : ledger.accountsOf(customer.userId())) {
                    // A joint account is on the page once, lest its elements' ids were there twice.
                    boolean first = account.owners().get(0).equals(customer);
                    body.append(first ? account(account) : reference(account));
                }
            }
            return Html.page("The simulated bank's app", body.toString());
        }
    }

    private static String approval(Customer customer, boolean given) {
        String action = given ? "revoke" : "approve";
        return """
                <div class="card">
                <h3>%1$s</h3>
                <form method="post" action="/app/%2$s">
                <input type="hidden" name="user_id" value="%3$s">
                <button id="%2$s-%3$s"%4$s>%5$s</button>
                </form>
                </div>
                """.formatted(
                        given ? "A program has access to your money" : "A program waits for your approval",
                        action,
                        Html.escape(customer.userId()),
                        given ? " class=\"no\"" : "",
                        given ? "Withdraw access" : "Approve");
    }

    private static String reference(BankAccount account) {
        return """
                <div class="card">
                <h3>%s</h3>
                <p class="soft">shown with %s</p>
                </div>
                """.formatted(title(account), Html.escape(account.owners().get(0).name()));
    }

    private static String account(BankAccount account) {
        StringBuilder text = new StringBuilder("""
                <div class="card">
                <h3>%s <span class="amount">%s</span></h3>
                <p class="soft">%s</p>
                """.formatted(
                        title(account),
                        Money.text(account.balance(), Html.escape(account.currency())),
                        Html.escape(account.id())));
        if (!account.isClosed()) {
            text.append(amountForm("spend", "Spend", "account_id", account.id()))
                    .append(amountForm("receive", "Receive", "account_id", account.id()));
        }
        List<BankPot> live = account.pots().stream().filter(p -> !p.isDeleted()).toList();
        live.forEach(p -> text.append(pot(p)));
        int deleted = account.pots().size() - live.size();
        if (deleted > 0) {
            text.append("<p class=\"soft\">Deleted pots: ").append(deleted).append("</p>\n");
        }
        return text.append("</div>\n").toString();
    }

    private static String pot(BankPot pot) {
        String currency = pot.account().currency();
        return """
                <div class="pot">
                <h3>%s <span class="amount">%s</span></h3>
                <p class="soft">%s</p>
                <p class="soft">%s</p>
                %s%s<form id="delete-%s" method="post" action="/app/delete">
                <input type="hidden" name="pot_id" value="%s">
                <button class="no">Delete</button>
                </form>
                </div>
                """.formatted(
                        Html.escape(pot.name()),
                        Money.text(pot.balance(), Html.escape(currency)),
                        (pot.goal() == null ? "no goal" : "goal " + Money.text(pot.goal(), Html.escape(currency)))
                                + (pot.isLocked() ? ", locked until " + pot.lockedUntil() : ""),
                        Html.escape(pot.id()),
                        amountForm("deposit", "Deposit", "pot_id", pot.id()),
                        amountForm("withdraw", "Withdraw", "pot_id", pot.id()),
                        Html.escape(pot.id()),
                        Html.escape(pot.id()));
    }

    /** A form with the id {@code <action>-<id>} and a field {@code amount}. */
    private static String amountForm(String action, String label, String parameter, String id) {
        return """
                <form id="%1$s-%4$s" method="post" action="/app/%1$s">
                <input type="hidden" name="%3$s" value="%4$s">
                <input name="amount" inputmode="decimal" placeholder="0.00" aria-label="%2$s, amount" required>
                <button>%2$s</button>
                </form>
                """.formatted(action, label, parameter, Html.escape(id));
    }

    private static String title(BankAccount account) {
        String kind = switch (account.type()) {
            case "uk_retail" -> "Current account";
            case "uk_retail_joint" -> "Joint account";
            case "uk_monzo_flex" -> "Flex";
            case "uk_monzo_flex_backing_loan" -> "Flex purchase";
            case "uk_rewards" -> "Rewards";
            case "uk_prepaid" -> "Prepaid card";
            case "uk_loan" -> "Loan";
            default -> account.type();
        };
        return Html.escape(kind) + (account.isClosed() ? " (closed)" : "");
    }
}
