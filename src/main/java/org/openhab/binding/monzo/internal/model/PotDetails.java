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
 * Details of a pot that a person may want to see but no rule needs. Values missing from Monzo's response are {@code
 * null}.
 *
 * @param style the name of the pot's image
 * @param type e.g. {@code default} or {@code flexible_savings}
 * @param roundUp whether round-ups are paid into this pot
 * @param lockedUntil the end of the lock, in Monzo's format
 * @param created creation time, in Monzo's format
 */
@NonNullByDefault
public record PotDetails(
        @Nullable String style,
        @Nullable String type,
        @Nullable Boolean roundUp,
        @Nullable String lockedUntil,
        @Nullable String created) {

    /** A pot without details. */
    public static final PotDetails NONE = new PotDetails(null, null, null, null, null);
}
