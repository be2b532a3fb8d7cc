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
package org.openhab.binding.monzo.internal.api;

import java.time.Duration;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * Tokens issued by the token endpoint, RFC 6749 section 5.1.
 *
 * @param accessToken the access token
 * @param refreshToken the single-use refresh token, {@code null} for clients that are not confidential
 * @param expiresIn the lifetime of the access token
 * @param userId the user's ID, {@code user_…}; {@code null} if Monzo omits it
 */
@NonNullByDefault
public record TokenGrant(
        String accessToken,
        @Nullable String refreshToken,
        Duration expiresIn,
        @Nullable String userId) {

    @Override
    public String toString() {
        return "TokenGrant[expiresIn=" + expiresIn + "]"; // never log tokens
    }
}
