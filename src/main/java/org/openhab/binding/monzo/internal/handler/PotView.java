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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.handler.ThingView.ThingUpdate;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.core.types.State;

/**
 * Maps snapshots to a pot thing.
 */
@NonNullByDefault
class PotView extends ThingView {

    private final String potId;
    private final GoalReachedDetector goalDetector;
    private boolean isGoalReached;

    /**
     * Creates the view of a pot thing.
     *
     * @param goalDetector the thing's detector, reused from an earlier view so that editing the thing cannot miss a
     *     goal
     */
    PotView(String potId, GoalReachedDetector goalDetector) {
        this.potId = potId;
        this.goalDetector = goalDetector;
    }

    @Override
    DataRequests dataRequests(Map<String, String> properties) {
        return DataRequests.ofPot(potId, wasListed(properties));
    }

    @Override
    boolean isStale(Map<String, String> properties) {
        return properties.containsKey(CONFIG_POT_ID) && !wasListed(properties);
    }

    /** Returns whether Monzo has listed the pot before: the property is set only from Monzo's data. */
    private boolean wasListed(Map<String, String> properties) {
        return potId.equals(properties.get(CONFIG_POT_ID));
    }

    @Override
    boolean hasRequiredData(BankSnapshot snapshot) {
        return snapshot.accountOfPot(potId)
                .filter(account -> !account.isOpen() || snapshot.isCurrent(account.pots()))
                .isPresent();
    }

    @Override
    ThingUpdate update(BankSnapshot snapshot, Map<String, String> properties) {
        Optional<AccountSnapshot> holder = snapshot.accountOfPot(potId);
        if (holder.isEmpty()) {
            return isRequestedFor(snapshot) ? missing(snapshot, properties) : ThingUpdate.unknown();
        }
        AccountSnapshot account = holder.get();
        Pot pot = account.pot(potId).orElseThrow();
        if (pot.deleted()) {
            return ThingUpdate.gone("@text/offline.pot-deleted");
        }
        if (!account.isOpen()) {
            return ThingUpdate.gone("@text/offline.account-closed");
        }
        if (!snapshot.isCurrent(account.pots())) {
            return ThingUpdate.unknown();
        }
        ErrorKind error = account.pots().error();
        if (error != null) {
            return ThingUpdate.failed(error);
        }
        isGoalReached = goalDetector.isJustReached(pot);
        return ThingUpdate.online(values(pot));
    }

    @Override
    void announce(BankSnapshot snapshot, BiConsumer<String, String> trigger) {
        if (isGoalReached) {
            isGoalReached = false;
            trigger.accept(CHANNEL_GOAL_REACHED, "");
        }
    }

    private ThingUpdate missing(BankSnapshot snapshot, Map<String, String> properties) {
        Optional<ErrorKind> error = snapshot.openAccounts()
                .flatMap(account -> account.potsError().stream())
                .findFirst();
        if (error.isPresent()) {
            return ThingUpdate.failed(error.get()); // the pot may be in a list that could not be fetched
        }
        return snapshot.isAbsenceUnconfirmed(potId)
                ? ThingUpdate.unknown()
                : ThingUpdate.missing(wasListed(properties), "@text/offline.pot-gone", "@text/offline.pot-unknown");
    }

    private static ThingUpdate.Values values(Pot pot) {
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(CONFIG_POT_ID, pot.id());
        properties.put("name", pot.name());
        properties.put("currency", pot.currency());
        properties.put("style", pot.style());
        properties.put("potType", pot.type());
        properties.put("roundUp", pot.roundUp() == null ? null : String.valueOf(pot.roundUp()));
        properties.put("lockedUntil", pot.lockedUntil());
        properties.put("created", pot.created());
        Map<String, State> states = Map.of(
                CHANNEL_BALANCE, States.amount(pot.balance()),
                CHANNEL_GOAL, States.amount(pot.goal()),
                CHANNEL_GOAL_PROGRESS, States.goalProgress(pot),
                CHANNEL_LOCKED, States.onOff(pot.locked()));
        return new ThingUpdate.Values(pot.currency(), properties, states);
    }
}
