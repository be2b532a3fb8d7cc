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
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.config.core.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /**
     * Logs what is wrong with the configuration of a rule, which would otherwise do nothing and say nothing.
     */
    static final class Problems {

        private final Logger logger = LoggerFactory.getLogger(Problems.class);

        private final String rule;
        private final Set<String> reported = new HashSet<>();

        /**
         * Creates the reporter of a rule.
         *
         * @param rule the UID of the rule
         */
        Problems(String rule) {
            this.rule = rule;
        }

        /** Returns the problem of a parameter that is missing or no number. The log must not contain an amount. */
        static String noNumber(String parameter) {
            return parameter + " is not a number; write it without a currency and with a point, such as 20.00";
        }

        /**
         * Logs a problem, once.
         *
         * @param problem the problem, {@code null} for none
         */
        synchronized void report(@Nullable String problem) {
            if (problem != null && reported.add(problem)) {
                logger.warn("The rule {} does not work as configured: {}", rule, problem);
            }
        }
    }
}
