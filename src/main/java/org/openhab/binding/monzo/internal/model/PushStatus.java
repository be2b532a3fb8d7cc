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
package org.openhab.binding.monzo.internal.model;

import java.time.ZonedDateTime;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Whether Monzo's notices of transactions reach a bridge.
 *
 * @param lastNotice the time of the last notice in openHAB's time zone, {@code null} before the first one
 */
@NonNullByDefault
public record PushStatus(State state, @Nullable ZonedDateTime lastNotice) {

    public static final PushStatus OFF = new PushStatus(State.OFF, null);

    /** The stages of push. */
    public enum State {
        /** Not configured. */
        OFF,
        /** No public address is configured, and openHAB has no webhook service. */
        WAITING_FOR_SERVICE,
        /** The public address or the webhooks at Monzo are being requested. */
        SETTING_UP,
        /** The webhooks are registered, and no notice is known to be missing. */
        ON,
        /** A refresh found a transaction of which no notice came. */
        NOT_GETTING_THROUGH
    }
}
