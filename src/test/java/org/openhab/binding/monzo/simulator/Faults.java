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

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The configured faults. For a request the first of these applies: the next one queued, the one for its account, the
 * permanent one, a random one. Safe for use by any thread.
 */
public final class Faults {
    /** The header by which a client recognizes its request in {@link #onEndless}. */
    public static final String REQUEST_ID = "X-Request-Id";

    private record AccountKey(String accountId, Endpoint endpoint) {}

    private record Dice(Random random, double probability, List<Fault> faults, Set<Endpoint> endpoints) {
        Optional<Fault> roll(Endpoint endpoint) {
            return endpoints.contains(endpoint) && random.nextDouble() < probability
                    ? Optional.of(faults.get(random.nextInt(faults.size())))
                    : Optional.empty();
        }
    }

    private final Map<Endpoint, Deque<Fault>> next = new EnumMap<>(Endpoint.class);
    private final Map<AccountKey, Fault> forAccount = new HashMap<>();
    private final Map<Endpoint, Fault> always = new EnumMap<>(Endpoint.class);
    private Dice dice;
    private volatile Consumer<String> endlessListener = id -> {};

    Faults() {}

    /**
     * Makes every request fail.
     *
     * @param endpoint which requests
     * @param fault how
     * @return this
     */
    public synchronized Faults always(Endpoint endpoint, Fault fault) {
        always.put(endpoint, fault);
        return this;
    }

    /**
     * Makes the next request without a queued fault fail.
     *
     * @param endpoint which requests
     * @param fault how
     * @return this
     */
    public synchronized Faults next(Endpoint endpoint, Fault fault) {
        return next(endpoint, 1, fault);
    }

    /**
     * Makes the next requests without a queued fault fail.
     *
     * @param endpoint which requests
     * @param count how many
     * @param fault how
     * @return this
     */
    public synchronized Faults next(Endpoint endpoint, int count, Fault fault) {
        Deque<Fault> queue = next.computeIfAbsent(endpoint, e -> new ArrayDeque<>());
        for (int i = 0; i < count; i++) {
            queue.add(fault);
        }
        return this;
    }

    /**
     * Makes every request for one account fail.
     *
     * @param accountId the account, named as {@code account_id} or {@code current_account_id}
     * @param endpoint which requests
     * @param fault how
     * @return this
     */
    public synchronized Faults forAccount(String accountId, Endpoint endpoint, Fault fault) {
        forAccount.put(new AccountKey(accountId, endpoint), fault);
        return this;
    }

    /**
     * Makes requests fail at random, replacing an earlier call.
     *
     * @param seed of the random numbers
     * @param probability of a fault, 0 to 1
     * @param faults the faults, each as likely as the others
     * @param endpoints which requests; none for all a program makes, which leaves a person's pages whole
     * @return this
     */
    public synchronized Faults random(long seed, double probability, List<Fault> faults, Endpoint... endpoints) {
        dice = new Dice(
                new Random(seed),
                probability,
                List.copyOf(faults),
                endpoints.length == 0 ? Endpoint.api() : Set.of(endpoints));
        return this;
    }

    /**
     * Removes all faults. Hanging requests keep hanging.
     *
     * @return this
     */
    public synchronized Faults clear() {
        next.clear();
        forAccount.clear();
        always.clear();
        dice = null;
        return this;
    }

    /**
     * Sets who is told of each request whose client waits in vain for the end of the reply.
     *
     * @param listener receives the {@link #REQUEST_ID} of the request, null without one, after the fault has struck
     */
    public void onEndless(Consumer<String> listener) {
        endlessListener = listener;
    }

    void strike(Fault fault, Exchange exchange, String requestId) throws IOException {
        fault.strike(exchange);
        if (fault.isEndless()) {
            endlessListener.accept(requestId);
        }
    }

    /** Returns the fault for a request and counts it as applied. */
    synchronized Optional<Fault> take(Endpoint endpoint, String accountId) {
        Deque<Fault> queue = next.get(endpoint);
        if (queue != null && !queue.isEmpty()) {
            return Optional.of(queue.remove());
        }
        return Optional.ofNullable(forAccount.get(new AccountKey(accountId, endpoint)))
                .or(() -> Optional.ofNullable(always.get(endpoint)))
                .or(() -> dice == null ? Optional.empty() : dice.roll(endpoint));
    }
}
