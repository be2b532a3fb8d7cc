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
package org.openhab.binding.monzo.internal.i18n;

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Maps error kinds to the texts that explain them.
 */
@NonNullByDefault
public final class ErrorTexts {

    private ErrorTexts() {}

    /** Returns the key of the status text for an error, {@code offline.…}, without {@code @text/}. */
    public static String key(ErrorKind error) {
        return switch (error) {
            case LOGIN_MISSING -> "offline.login-needed";
            case NOT_PERMITTED -> "offline.approval-needed";
            case NOT_SENT -> key(ErrorKind.TIMED_OUT);
            case TOKEN_EXPIRED, TOKEN_REFUSED, RESPONSE_TOO_LONG -> key(ErrorKind.INVALID_RESPONSE);
            default -> "offline." + error.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }
}
