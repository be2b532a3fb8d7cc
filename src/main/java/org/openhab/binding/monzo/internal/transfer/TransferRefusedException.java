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
package org.openhab.binding.monzo.internal.transfer;

import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * A transfer that is refused without moving money.
 */
@NonNullByDefault
class TransferRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Object[] arguments;

    /**
     * Creates a refusal.
     *
     * @param textKey the key of the text with the reason
     * @param arguments the arguments of the text
     */
    TransferRefusedException(String textKey, Object... arguments) {
        super(textKey);
        this.arguments = arguments;
    }

    String textKey() {
        return String.valueOf(getMessage());
    }

    Object[] arguments() {
        return arguments;
    }
}
