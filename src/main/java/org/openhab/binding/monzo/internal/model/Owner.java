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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * An owner of an account.
 *
 * @param userId {@code user_…}, {@code null} if Monzo omits it; never displayed, stored or logged
 * @param name the preferred name at Monzo
 */
@NonNullByDefault
public record Owner(@Nullable String userId, String name) {

    @Override
    public String toString() {
        return "Owner"; // never log the ID or the name
    }
}
