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

import java.math.BigDecimal;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Pot;

/**
 * Detects that a pot reaches its goal: once, not if the goal was reached before the first refresh, and again only after
 * the balance was below it.
 * <p>
 * A refresh without a balance or a goal is ignored. If the goal after such a gap differs from the one before, it is
 * treated as a new goal, which may be reached from the start; a goal that is merely raised or lowered is not new.
 */
@NonNullByDefault
class GoalReachedDetector {

    private String potId = "";
    private boolean wasBelow;
    private @Nullable BigDecimal lastGoal;
    private boolean wasWithoutGoal;

    /** Returns whether the pot has reached its goal since the last call, which starts over with another pot. */
    boolean isJustReached(Pot pot) {
        if (!pot.id().equals(potId)) {
            potId = pot.id();
            wasBelow = false;
            lastGoal = null;
            wasWithoutGoal = false;
        }
        Boolean reached = pot.isGoalReached();
        BigDecimal goal = pot.goal();
        if (goal == null || goal.signum() <= 0) {
            wasWithoutGoal = true;
        }
        if (reached == null || goal == null) {
            return false;
        }
        if (wasWithoutGoal && !goal.equals(lastGoal)) {
            wasBelow = false;
        }
        boolean justReached = wasBelow && reached;
        wasBelow = !reached;
        lastGoal = goal;
        wasWithoutGoal = false;
        return justReached;
    }
}
