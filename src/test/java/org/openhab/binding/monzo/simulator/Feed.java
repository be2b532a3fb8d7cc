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

/** What programs put into the feeds, oldest first. Guarded by the {@link Ledger}. */
final class Feed {
    private final List<FeedItem> items = new ArrayList<>();

    void add(FeedItem item) {
        items.add(item);
    }

    List<FeedItem> all() {
        return List.copyOf(items);
    }

    List<FeedItem> of(BankAccount account) {
        return items.stream().filter(i -> i.accountId().equals(account.id())).toList();
    }
}
