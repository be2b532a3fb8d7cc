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

import java.util.HashSet;
import java.util.Set;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what is wrong with the configuration of a rule, which would otherwise do nothing and say nothing.
 */
@NonNullByDefault
final class RuleProblems {

    private final Logger logger = LoggerFactory.getLogger(RuleProblems.class);

    private final String rule;
    private final Set<String> reported = new HashSet<>();

    /**
     * Creates the reporter of a rule.
     *
     * @param rule the UID of the rule
     */
    RuleProblems(String rule) {
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
