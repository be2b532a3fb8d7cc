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
package org.openhab.binding.monzo.internal.login;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.storage.Storage;
import org.openhab.core.storage.StorageService;

/**
 * Opens logins. Lives as long as the bundle, and with it what the successive lives of one login share.
 */
@NonNullByDefault
public class Logins {

    private static final String STORE = "org.openhab.binding.monzo.logins";
    private static final int RENEWALS = 10;
    private static final int EXCHANGES = 5;

    private final OAuthFactory oAuthFactory;
    private final Storage<String> records;
    private final Deadline deadline;
    private final Clock clock;
    private final Map<String, Shared> shared = new ConcurrentHashMap<>();

    record Shared(ReentrantLock lock, CallBudget renewals, CallBudget exchanges) {}

    /**
     * Makes the opener.
     *
     * @param scheduler ends calls that take too long
     * @param timeout for a call of the token endpoint
     */
    public Logins(
            OAuthFactory oAuthFactory,
            StorageService storageService,
            ScheduledExecutorService scheduler,
            Clock clock,
            Duration timeout) {
        this.oAuthFactory = oAuthFactory;
        this.records = storageService.getStorage(STORE);
        this.deadline = new Deadline(scheduler, timeout);
        this.clock = clock;
    }

    /**
     * Opens a login, without asking the bank or waiting for anything.
     *
     * @param handle the name under which openHAB stores it: the bridge's UID
     * @param settings a login stored with others is deleted at the first use
     * @param api the calls of the same bank
     */
    public Login open(String handle, LoginSettings settings, MonzoApi api) {
        Shared common = shared.computeIfAbsent(
                handle,
                key -> new Shared(
                        new ReentrantLock(), new CallBudget(RENEWALS, clock), new CallBudget(EXCHANGES, clock)));
        return new Login(
                handle,
                settings,
                () -> new TokenStore(handle, settings, oAuthFactory, deadline),
                records,
                common,
                api,
                clock);
    }
}
