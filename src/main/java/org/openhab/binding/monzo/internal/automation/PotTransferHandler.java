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

import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.automation.Action;
import org.openhab.core.automation.handler.ActionHandler;
import org.openhab.core.automation.handler.BaseModuleHandler;

/**
 * The action of a rule that moves money between a pot and its account.
 */
@NonNullByDefault
class PotTransferHandler extends BaseModuleHandler<Action> implements ActionHandler {

    static final String TYPE = "monzo.PotTransfer";

    private final RuleProblems problems;

    PotTransferHandler(Action module, String rule) {
        super(module);
        problems = new RuleProblems(rule);
    }

    @Override
    public @Nullable Map<String, Object> execute(Map<String, Object> context) {
        problems.report("this version of the binding does not support transfers by rules yet");
        return null;
    }
}
