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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.bank.AccountSnapshot;
import org.openhab.binding.monzo.internal.bank.BankPicture;
import org.openhab.binding.monzo.internal.bank.Fault;
import org.openhab.binding.monzo.internal.bank.Pot;
import org.openhab.binding.monzo.internal.refresh.Wanted;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * A pot as a thing.
 */
@NonNullByDefault
public class MonzoPotHandler extends MonzoChildHandler {

    private static final int PROGRESS_DECIMALS = 1;

    private final GoalWatch goalWatch = new GoalWatch();
    private volatile String potId = "";

    public MonzoPotHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions) {
        super(thing, stateDescriptions);
    }

    @Override
    public void initialize() {
        Object id = getConfig().get(CONFIG_POT_ID);
        String entered = id == null ? "" : id.toString().trim();
        if (!entered.equals(potId)) {
            goalWatch.forget();
        }
        potId = entered;
        super.initialize();
    }

    @Override
    protected @Nullable String configurationProblem() {
        return potId.isEmpty() ? "@text/offline.pot-id-missing" : null;
    }

    @Override
    Wanted wanted() {
        return potId.isEmpty() ? Wanted.none() : Wanted.ofPot(potId, isSeen());
    }

    @Override
    boolean isContent(BankPicture picture) {
        return picture.accountOfPot(potId)
                .filter(account -> !account.isOpen() || picture.isCurrent(account.pots()))
                .isPresent();
    }

    @Override
    protected void showPart(BankPicture picture) {
        Optional<AccountSnapshot> holder = picture.accountOfPot(potId);
        if (holder.isEmpty()) {
            showNone(picture);
            return;
        }
        AccountSnapshot account = holder.get();
        Pot pot = account.pot(potId).orElseThrow();
        if (pot.deleted()) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.GONE, "@text/offline.pot-deleted");
            return;
        }
        if (!account.isOpen()) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.GONE, "@text/offline.account-closed");
            return;
        }
        showPot(pot);
        showFault(account.pots().error());
    }

    private void showNone(BankPicture picture) {
        Optional<Fault> fault = picture.openAccounts()
                .flatMap(account -> account.pots().lastError().stream())
                .filter(f -> f.remedy() == Fault.Remedy.WAIT)
                .findFirst();
        if (fault.isPresent()) {
            showFault(fault.get()); // it may be among those that could not be read
        } else if (picture.isAbsenceUnconfirmed(potId)) {
            updateStatus(ThingStatus.UNKNOWN);
        } else {
            showMissing(isSeen(), "@text/offline.pot-gone", "@text/offline.pot-unknown");
        }
    }

    /** Whether Monzo has listed the pot before: the property is set only from what Monzo has said of it. */
    private boolean isSeen() {
        return potId.equals(getThing().getProperties().get(CONFIG_POT_ID));
    }

    private void showPot(Pot pot) {
        showCurrency(pot.currency());
        Map<String, @Nullable String> properties = new HashMap<>();
        properties.put(CONFIG_POT_ID, pot.id());
        properties.put("name", pot.name());
        properties.put("currency", pot.currency());
        properties.put("style", pot.style());
        properties.put("potType", pot.type());
        properties.put("roundUp", pot.roundUp() == null ? null : String.valueOf(pot.roundUp()));
        properties.put("lockedUntil", pot.lockedUntil());
        properties.put("created", pot.created());
        showProperties(properties);
        showAmount(CHANNEL_BALANCE, pot.balance());
        showAmount(CHANNEL_GOAL, pot.goal());
        showState(CHANNEL_GOAL_PROGRESS, progress(pot));
        Boolean locked = pot.locked();
        showState(CHANNEL_LOCKED, locked == null ? UnDefType.UNDEF : OnOffType.from(locked));
        if (goalWatch.isJustReached(pot)) {
            triggerChannel(CHANNEL_GOAL_REACHED);
        }
    }

    /** Rounded down, so that it says 100 % only when the goal is reached. */
    private static State progress(Pot pot) {
        BigDecimal balance = pot.balance();
        BigDecimal goal = pot.goal();
        if (balance == null || goal == null || goal.signum() <= 0) {
            return UnDefType.UNDEF;
        }
        BigDecimal percent = balance.movePointRight(2).divide(goal, PROGRESS_DECIMALS, RoundingMode.FLOOR);
        return new QuantityType<>(percent.toPlainString() + " %");
    }
}
