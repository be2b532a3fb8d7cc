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
import org.eclipse.jdt.annotation.Nullable;

/**
 * Provides the public address of a bridge.
 */
@NonNullByDefault
interface AddressSource {

    /** Returns the address, {@code null} if there is none at present. */
    @Nullable
    PublicAddress current();

    /** Returns whether there can be no address because openHAB has no webhook service. */
    boolean isServiceMissing();

    /**
     * Requests or renews the address if that is due. Never blocks.
     *
     * @return the time until this is to be called again, {@code null} if nothing is pending
     */
    @Nullable
    Duration update();

    /** Ends requests. */
    void close();
}
