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
package org.openhab.binding.monzo.internal.automation;

import java.math.BigDecimal;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.config.core.Configuration;

/**
 * The parameters of a module of a rule.
 */
@NonNullByDefault
record Parameters(Configuration configuration) {

    private static final String NUMBER = "-?\\d{1,15}(\\.\\d{1,15})?";

    /** What openHAB leaves of a template's optional parameter for which nothing was entered. */
    private static final String REFERENCE = "\\$\\{\\w+}|\\{\\{\\w+}}";

    /** Returns whether there is a value. */
    boolean isEntered(String name) {
        return text(name) != null;
    }

    /** Returns a value as text, {@code null} if it is missing. */
    @Nullable
    String text(String name) {
        Object value = configuration.get(name);
        String text = value == null ? "" : value.toString().trim();
        return text.isEmpty() || text.matches(REFERENCE) ? null : text;
    }

    /** Returns a value that openHAB has as a number or a text, {@code null} if it is missing or no number. */
    @Nullable
    BigDecimal number(String name) {
        if (configuration.get(name) instanceof BigDecimal number) {
            return number;
        }
        String text = text(name);
        return text != null && text.matches(NUMBER) ? new BigDecimal(text) : null;
    }
}
