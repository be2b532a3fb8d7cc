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
package org.openhab.binding.monzo.internal.transfer;

/** Base class of tests that a transfer is made once, whatever happens to its requests. */
abstract class PotTransferOnceTestBase extends TransferTestBase {

    static final String OTHER = "This ID belongs to a transfer with another pot, direction or amount.";

    java.util.Set<String> dedupeIds() {
        return puts().stream()
                .map(request -> request.form().get("dedupe_id"))
                .collect(java.util.stream.Collectors.toSet());
    }
}
