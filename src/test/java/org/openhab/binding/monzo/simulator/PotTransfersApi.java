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

import java.util.Map;

/**
 * Moves money between pots and their accounts. A repeated request moves nothing and gets the first one's answer; a
 * refused request is not remembered. What makes two requests the same was recorded from Monzo: pot, account, direction,
 * person and {@code dedupe_id}. Monzo's response to a different amount is not known, see
 * {@link Behaviour#refusesChangedAmounts(boolean)}.
 */
final class PotTransfersApi {
    private final Ledger ledger;
    private final Access access;
    private final PotTransfers transfers;
    private final Behaviour behaviour;

    PotTransfersApi(Ledger ledger, Access access, PotTransfers transfers, Behaviour behaviour) {
        this.ledger = ledger;
        this.access = access;
        this.transfers = transfers;
        this.behaviour = behaviour;
    }

    Reply deposit(Call call) {
        return transfer(call, "source_account_id", true);
    }

    Reply withdraw(Call call) {
        return transfer(call, "destination_account_id", false);
    }

    private Reply transfer(Call call, String accountParameter, boolean deposit) {
        Login login = access.approved(call.only("PUT"));
        // Parameters that are not form-encoded are ignored; Monzo reports the missing amount first.
        Map<String, String> form = call.form();
        long amount = amount(form.get("amount"));
        synchronized (ledger) {
            BankAccount account = access.account(login, call.endpoint(), form, accountParameter);
            String dedupeId = form.getOrDefault("dedupe_id", "");
            if (dedupeId.isEmpty()) {
                throw ErrorResponse.missingParameter("dedupe_id");
            }
            BankPot pot = pot(login, call.secondSegment());
            if (!pot.account().equals(account)) {
                // Monzo may allow some of this; it is not known.
                throw ErrorResponse.badParameter(accountParameter, "is not the pot's account");
            }
            String userId = login.customer.userId();
            String key = PotMove.dedupeKey(pot, deposit, userId, dedupeId);
            return transfers
                    .find(key)
                    .map(answer -> again(answer, amount))
                    .orElseGet(() -> carryOut(pot, deposit ? amount : -amount, userId, dedupeId, key));
        }
    }

    private Reply again(PotTransfers.Answer answer, long amount) {
        if (behaviour.refusesChangedAmounts() && Math.abs(answer.transfer().amount()) != amount) {
            throw ErrorResponse.badParameter("dedupe_id", "was used for another amount");
        }
        return answer.reply();
    }

    private Reply carryOut(BankPot pot, long amount, String userId, String dedupeId, String key) {
        requirePossible(pot, amount);
        BankTransaction transaction = pot.move(-amount, userId, dedupeId);
        PotTransfer transfer =
                new PotTransfer(pot.id(), pot.account().id(), amount, dedupeId, transaction.id(), ledger.now());
        Reply reply = Reply.json(PotJson.pot(pot));
        transfers.add(key, new PotTransfers.Answer(transfer, reply));
        return reply;
    }

    /**
     * The texts of a deleted pot and of either lack of money, and the code of the account's, were found in tests of
     * clients. The other codes and texts are guesses.
     */
    private static void requirePossible(BankPot pot, long amount) {
        if (pot.isDeleted()) {
            throw ErrorResponse.badRequest("pot_deleted", "cannot access deleted pots");
        }
        if (amount > 0) {
            if (pot.account().balance() < amount) {
                throw ErrorResponse.badRequest(
                        "insufficient_funds", "You can't deposit more than your current account balance");
            }
            return;
        }
        if (pot.hasAddedSecurity()) {
            throw ErrorResponse.forbidden(
                    "pot_added_security", "This pot has added security, withdraw in the Monzo app");
        }
        if (pot.isLocked()) {
            throw ErrorResponse.forbidden("pot_locked", "This pot is locked");
        }
        if (pot.balance() < -amount) {
            throw ErrorResponse.badRequest("insufficient_funds", "cannot withdraw amount, not enough money in pot");
        }
    }

    private BankPot pot(Login login, String potId) {
        return ledger.pot(potId)
                .filter(p -> p.account().isOwnedBy(login.customer.userId()))
                .orElseThrow(ErrorResponse::notFound);
    }

    private static long amount(String text) {
        try {
            long amount = Long.parseLong(String.valueOf(text));
            if (amount > 0) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // falls through
        }
        throw ErrorResponse.badParameter("amount", "must be greater than 0");
    }
}
