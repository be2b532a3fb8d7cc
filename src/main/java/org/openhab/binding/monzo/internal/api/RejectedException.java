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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * A request that Monzo rejected with a reason, and so did not carry out.
 */
@NonNullByDefault
public class RejectedException extends MonzoException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String code;
    private final @Nullable String reason;

    RejectedException(ErrorKind kind, String message, @Nullable String code, @Nullable String reason) {
        super(kind, message);
        this.code = code;
        this.reason = reason;
    }

    /** Returns Monzo's code and English text for the reason, to be searched for known ones, never logged or displayed. */
    public String reason() {
        return code + " " + reason;
    }
}
