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

/** An account in the app. */
final class AccountCard {
    private static final int SHOWN = 8;

    private AccountCard() {}

    static String reference(BankAccount account) {
        return """
                <div class="card">
                <h3>%s</h3>
                <p class="soft">shown with %s</p>
                </div>
                """.formatted(
                        title(account), HtmlPage.escape(account.owners().get(0).name()));
    }

    static String full(BankAccount account, List<FeedItem> messages) {
        StringBuilder text = new StringBuilder("""
                <div class="card">
                <h3>%s <span class="amount">%s</span></h3>
                <p class="soft">%s</p>
                """.formatted(
                        title(account),
                        Amounts.text(account.balance(), HtmlPage.escape(account.currency())),
                        HtmlPage.escape(account.id())));
        if (!account.isClosed()) {
            text.append(new AppForm("spend", "Spend", "account_id", account.id()).amount())
                    .append(new AppForm("receive", "Receive", "account_id", account.id()).amount())
                    .append(payments(account.id()));
        }
        messages.forEach(m -> text.append(message(m)));
        text.append(transactions(account));
        List<BankPot> live = account.pots().stream().filter(p -> !p.isDeleted()).toList();
        live.forEach(p -> text.append(pot(p)));
        int deleted = account.pots().size() - live.size();
        if (deleted > 0) {
            text.append("<p class=\"soft\">Deleted pots: ").append(deleted).append("</p>\n");
        }
        return text.append("</div>\n").toString();
    }

    /** A declined payment and a check of the card stay as they are. */
    static boolean canBeSettled(BankTransaction transaction) {
        return transaction.settled() == null && transaction.declineReason() == null && transaction.amount() != 0;
    }

    private static String payments(String id) {
        return "<details>\n<summary>More payments</summary>\n"
                + new AppForm("pay", "Pay", "account_id", id)
                        .text("shop", "Shop")
                        .amount()
                + new AppForm("pay-abroad", "Pay abroad", "account_id", id)
                        .text("shop", "Shop")
                        .text("local_amount", "Local amount")
                        .text("local_currency", "EUR")
                        .amount()
                + new AppForm("decline", "Be declined", "account_id", id)
                        .text("shop", "Shop")
                        .choice("reason", "INSUFFICIENT_FUNDS", "CARD_INACTIVE", "CARD_BLOCKED", "INVALID_CVC", "OTHER")
                        .amount()
                + new AppForm("hold", "Hold (petrol pump)", "account_id", id)
                        .text("shop", "Shop")
                        .amount()
                + new AppForm("refund", "Be refunded", "account_id", id)
                        .text("shop", "Shop")
                        .amount()
                + new AppForm("salary", "Receive salary", "account_id", id)
                        .text("from", "Employer")
                        .amount()
                + new AppForm("transfer", "Receive transfer", "account_id", id)
                        .text("from", "From")
                        .text("reference", "Reference")
                        .amount()
                + "</details>\n<details>\n<summary>Change the newest payment</summary>\n"
                + new AppForm("final-amount", "Settle for", "account_id", id).amount()
                + new AppForm("categorise", "Categorise", "account_id", id)
                        .text("category", "groceries")
                        .button()
                + new AppForm("exclude", "Exclude from spending", "account_id", id).button()
                + "</details>\n";
    }

    private static String message(FeedItem item) {
        return """
                <div class="pot">
                <h3>%s</h3>
                <p>%s</p>
                <p class="soft">%s %s</p>
                </div>
                """.formatted(
                        HtmlPage.escape(item.title()),
                        HtmlPage.escape(item.body()),
                        HtmlPage.escape(item.imageUrl()),
                        HtmlPage.escape(item.url()));
    }

    private static String transactions(BankAccount account) {
        List<BankTransaction> all = account.transactions();
        if (all.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("<div class=\"pot\">\n");
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - SHOWN); i--) {
            text.append(transaction(all.get(i)));
        }
        if (all.stream().anyMatch(AccountCard::canBeSettled)) {
            text.append(new AppForm("settle", "Settle pending", "account_id", account.id()).button());
        }
        return text.append("</div>\n").toString();
    }

    private static String transaction(BankTransaction transaction) {
        String state = transaction.declineReason() != null
                ? "declined: " + transaction.declineReason()
                : transaction.settled() == null ? "pending" : "settled";
        return """
                <p>%s <span class="amount">%s</span><br><span class="soft">%s, %s</span></p>
                """.formatted(
                        HtmlPage.escape(name(transaction)),
                        Amounts.text(
                                transaction.amount(),
                                HtmlPage.escape(transaction.account().currency())),
                        Timestamps.toTheSecond(transaction.created()),
                        HtmlPage.escape(state));
    }

    private static String name(BankTransaction transaction) {
        if (transaction.merchant() != null) {
            return transaction.merchant().emoji() + " " + transaction.merchant().name();
        }
        if (transaction.counterparty() != null) {
            return transaction.counterparty().json().get("name").getAsString() + ": " + transaction.description();
        }
        return transaction.account().pots().stream()
                .filter(p -> p.id().equals(transaction.description()))
                .map(BankPot::name)
                .findFirst()
                .orElseGet(transaction::description);
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
                        HtmlPage.escape(pot.name()),
                        Amounts.text(pot.balance(), HtmlPage.escape(currency)),
                        (pot.goal() == null ? "no goal" : "goal " + Amounts.text(pot.goal(), HtmlPage.escape(currency)))
                                + (pot.isLocked() ? ", locked until " + pot.lockedUntil() : ""),
                        HtmlPage.escape(pot.id()),
                        new AppForm("deposit", "Deposit", "pot_id", pot.id()).amount(),
                        new AppForm("withdraw", "Withdraw", "pot_id", pot.id()).amount(),
                        HtmlPage.escape(pot.id()),
                        HtmlPage.escape(pot.id()));
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
        return HtmlPage.escape(kind) + (account.isClosed() ? " (closed)" : "");
    }
}
