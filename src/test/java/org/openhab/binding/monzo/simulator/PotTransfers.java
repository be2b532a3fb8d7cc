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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transfers requested by clients, with their responses. Guarded by the {@link Ledger}. */
final class PotTransfers {
    /** A response that is sent again for a repeated request. */
    record Answer(PotTransfer transfer, Reply reply) {}

    private final List<PotTransfer> transfers = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>();

    Optional<Answer> find(String dedupeKey) {
        return Optional.ofNullable(answers.get(dedupeKey));
    }

    void add(String dedupeKey, Answer answer) {
        transfers.add(answer.transfer());
        answers.put(dedupeKey, answer);
    }

    List<PotTransfer> all() {
        return List.copyOf(transfers);
    }
}
