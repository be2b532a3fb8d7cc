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
 * A public address that the user has entered, or none.
 */
@NonNullByDefault
class FixedAddress implements AddressSource {

    private final @Nullable PublicAddress address;

    FixedAddress(@Nullable PublicAddress address) {
        this.address = address;
    }

    @Override
    public @Nullable PublicAddress current() {
        return address;
    }

    @Override
    public boolean isServiceMissing() {
        return false;
    }

    @Override
    public @Nullable Duration update() {
        return null;
    }

    @Override
    public void close() {
        // Nothing to end.
    }
}
