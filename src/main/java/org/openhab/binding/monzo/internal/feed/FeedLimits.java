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
package org.openhab.binding.monzo.internal.feed;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Keeps the limits of all logins, so that editing or restarting a bridge frees no message.
 */
@NonNullByDefault
public class FeedLimits {

    private final Clock clock;
    private final Map<String, FeedLimit> limits = new ConcurrentHashMap<>();

    public FeedLimits(Clock clock) {
        this.clock = clock;
    }

    /** Returns the limit of a login. */
    public FeedLimit of(String bridgeUid) {
        return limits.computeIfAbsent(bridgeUid, key -> new FeedLimit(clock));
    }
}
