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
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * A request that was not sent, as it was abandoned or is no longer permitted.
 */
@NonNullByDefault
public class NotSentException extends MonzoException {

    private static final long serialVersionUID = 1L;

    public NotSentException() {
        super(ErrorKind.TIMED_OUT, "abandoned or no longer permitted, request not sent");
    }
}
