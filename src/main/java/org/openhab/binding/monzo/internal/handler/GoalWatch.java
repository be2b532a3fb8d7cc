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

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.bank.Pot;

/**
 * Notices when a pot reaches its goal: once, not when it was reached before anybody looked, and again only after it has
 * been below.
 */
@NonNullByDefault
class GoalWatch {

    private boolean wasBelow;

    synchronized boolean isJustReached(Pot pot) {
        Boolean reached = pot.isGoalReached();
        boolean justReached = wasBelow && Boolean.TRUE.equals(reached);
        wasBelow = Boolean.FALSE.equals(reached);
        return justReached;
    }

    synchronized void forget() {
        wasBelow = false;
    }
}
