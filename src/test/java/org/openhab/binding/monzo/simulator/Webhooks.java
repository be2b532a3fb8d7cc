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

import java.util.ArrayList;
import java.util.List;

/** The webhooks of all programs, one list an account. Safe for use by any thread. */
public final class Webhooks {
    private final Ledger ledger;
    private final List<Webhook> all = new ArrayList<>();

    Webhooks(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Registers a webhook; a URL may be registered more than once.
     *
     * @param account the account
     * @param clientId the OAuth client, the caller's own or another program's
     * @param url the URL
     * @return the webhook
     */
    public Webhook register(BankAccount account, String clientId, String url) {
        synchronized (ledger) {
            Webhook webhook = new Webhook(ledger.newEntryId("webhook"), account.id(), clientId, url);
            all.add(webhook);
            return webhook;
        }
    }

    /**
     * @return every webhook of every program, oldest first
     */
    public List<Webhook> all() {
        synchronized (ledger) {
            return List.copyOf(all);
        }
    }

    /**
     * @param account an account
     * @return its webhooks of every program, oldest first
     */
    public List<Webhook> of(BankAccount account) {
        return all().stream().filter(w -> w.accountId().equals(account.id())).toList();
    }

    /**
     * Deletes a webhook behind its program's back.
     *
     * @param webhook the webhook
     */
    public void delete(Webhook webhook) {
        synchronized (ledger) {
            all.remove(webhook);
        }
    }
}
