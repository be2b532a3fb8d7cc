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
package org.openhab.binding.monzo.internal.webhook;

import java.time.Duration;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The configuration of push.
 *
 * @param enabled whether to use push
 * @param webhookUrl the public URL of {@code /connectmonzo/webhook} without a slash at its end, empty to use openHAB's
 *     webhook service
 * @param refreshInterval the interval without push
 * @param pushInterval the interval while push works
 */
@NonNullByDefault
public record PushSettings(boolean enabled, String webhookUrl, Duration refreshInterval, Duration pushInterval) {

    /** Push never makes refreshes more frequent. */
    public PushSettings {
        pushInterval = pushInterval.compareTo(refreshInterval) < 0 ? refreshInterval : pushInterval;
    }

    @Override
    public String toString() {
        return "PushSettings[" + enabled + "]"; // never log the URL, which may contain a secret
    }
}
