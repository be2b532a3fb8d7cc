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

import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * What the things of a bridge need to know of the bank.
 *
 * @param accountIds the accounts whose amounts are shown
 * @param firstCurrentAccount whether a thing shows the first open current account, whichever that is
 * @param potIds the pots that are shown
 */
@NonNullByDefault
public record Wanted(Set<String> accountIds, boolean firstCurrentAccount, Set<String> potIds) {

    public Wanted {
        accountIds = Set.copyOf(accountIds);
        potIds = Set.copyOf(potIds);
    }
}
