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
package org.openhab.binding.monzo.internal.handler;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONFIG_POT_ID;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.core.thing.Thing;

/**
 * Handler of a pot thing.
 */
@NonNullByDefault
public class MonzoPotHandler extends MonzoChildHandler {

    private String potId = "";
    private GoalReachedDetector goalDetector = new GoalReachedDetector();

    public MonzoPotHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions) {
        super(thing, stateDescriptions);
    }

    @Override
    @Nullable
    String validate() {
        return configured(CONFIG_POT_ID).isEmpty() ? "@text/offline.pot-id-missing" : null;
    }

    @Override
    Lifecycle createLifecycle() {
        String configured = configured(CONFIG_POT_ID);
        if (!configured.equals(potId)) {
            potId = configured;
            goalDetector = new GoalReachedDetector();
        }
        return new PotLifecycle(potId, goalDetector);
    }
}
