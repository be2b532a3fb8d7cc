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

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The state of push for the user, without anything that tells when a payment was made.
 */
@NonNullByDefault
public enum PushStatus {
    /** Not configured. */
    OFF,
    /** No public address is configured, and openHAB has no webhook service. */
    WAITING_FOR_SERVICE,
    /** The public address or the webhooks at Monzo are being requested. */
    SETTING_UP,
    /** The webhooks are registered; no notice has arrived since. */
    AWAITING_NOTICE,
    /** Notices arrive. */
    ON,
    /** A refresh found a change of which no notice arrived. */
    NOT_RECEIVING;

    /** Returns the key of the text that describes this state. */
    public String textKey() {
        return "push." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
