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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.bank.BankPicture;
import org.openhab.binding.monzo.internal.bank.Fault;
import org.openhab.binding.monzo.internal.refresh.Wanted;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.binding.BaseThingHandler;
import org.openhab.core.types.Command;
import org.openhab.core.types.RefreshType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * A thing that shows a part of the bridge's picture of the bank. It never asks the bank itself.
 */
@NonNullByDefault
public abstract class MonzoChildHandler extends BaseThingHandler {

    private final MonzoStateDescriptionProvider stateDescriptions;
    private final Map<String, State> shown = new ConcurrentHashMap<>();
    private volatile boolean disposed;

    protected MonzoChildHandler(Thing thing, MonzoStateDescriptionProvider stateDescriptions) {
        super(thing);
        this.stateDescriptions = stateDescriptions;
    }

    /** What this thing needs to know of the bank; asked by the bridge before it looks. */
    abstract Wanted wanted();

    /** Whether a picture holds what this thing needs, be it good or bad. */
    abstract boolean isContent(BankPicture picture);

    /** Shows this thing's part of a picture. */
    protected abstract void showPart(BankPicture picture);

    /**
     * Checks what was entered.
     *
     * @return the status text that says what is wrong, {@code null} when nothing is
     */
    protected abstract @Nullable String configurationProblem();

    @Override
    public void initialize() {
        disposed = false;
        String problem = configurationProblem();
        Bridge bridge = getBridge();
        if (problem != null) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, problem);
        } else if (bridge == null) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, "@text/offline.bridge-missing");
        } else {
            if (bridge.getStatus() == ThingStatus.OFFLINE) {
                updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.BRIDGE_OFFLINE);
            } else {
                updateStatus(ThingStatus.UNKNOWN);
                showLatest();
            }
            joinBridge(); // openHAB tells the bridge of a thing that is new, but not of one that was edited
        }
    }

    @Override
    public void dispose() {
        disposed = true;
        shown.clear(); // the next life may be that of another account
        stateDescriptions.forget(getThing().getUID());
    }

    @Override
    public void bridgeStatusChanged(ThingStatusInfo bridgeStatus) {
        if (disposed || configurationProblem() != null) {
            return;
        }
        if (bridgeStatus.getStatus() == ThingStatus.ONLINE) {
            showLatest();
        } else if (bridgeStatus.getStatus() == ThingStatus.OFFLINE) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.BRIDGE_OFFLINE);
        }
    }

    /** Joins the bridge, which has the bank read soon if what this thing needs was not read yet. */
    protected void joinBridge() {
        MonzoBridgeHandler bridge = bridgeHandler();
        if (bridge != null) {
            bridge.adopt(this);
        }
    }

    private void showLatest() {
        MonzoBridgeHandler bridge = bridgeHandler();
        if (bridge != null) {
            show(bridge.picture());
        }
    }

    /** Shows this thing's part of a picture. */
    void show(BankPicture picture) {
        Bridge bridge = getBridge();
        if (!disposed && configurationProblem() == null && bridge != null && bridge.getStatus() == ThingStatus.ONLINE) {
            showPart(picture);
        }
    }

    @Override
    public void handleCommand(ChannelUID channelUID, Command command) {
        if (command instanceof RefreshType) {
            showAgain(channelUID);
            MonzoBridgeHandler bridge = bridgeHandler();
            if (bridge != null) {
                bridge.refreshSoon();
            }
        }
    }

    /** A new link gets what is known; it is no reason to ask the bank. */
    @Override
    public void channelLinked(ChannelUID channelUID) {
        showAgain(channelUID);
    }

    private void showAgain(ChannelUID channelUID) {
        State state = shown.get(channelUID.getId());
        if (state != null) {
            updateState(channelUID, state);
        }
    }

    protected void showState(String channelId, State state) {
        shown.put(channelId, state);
        updateState(channelId, state);
    }

    protected void showAmount(String channelId, @Nullable BigDecimal amount) {
        showState(channelId, amount == null ? UnDefType.UNDEF : new DecimalType(amount.toPlainString()));
    }

    protected void showCurrency(@Nullable String currency) {
        stateDescriptions.setCurrency(getThing().getUID(), currency);
    }

    /** Sets the status that a fault of this thing's own account brings, or ONLINE without one. */
    protected void showFault(@Nullable Fault fault) {
        if (fault == null) {
            updateStatus(ThingStatus.ONLINE);
        } else {
            ThingStatusInfo status = FaultStatus.ofThing(fault);
            updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
        }
    }

    /** Tells a thing whose account or pot was there once from one whose id never was any. */
    protected void showMissing(boolean seenBefore, String goneText, String unknownText) {
        updateStatus(
                ThingStatus.OFFLINE,
                seenBefore ? ThingStatusDetail.GONE : ThingStatusDetail.CONFIGURATION_ERROR,
                seenBefore ? goneText : unknownText);
    }

    /** Sets properties where they differ; what Monzo did not send has none. */
    protected void showProperties(Map<String, @Nullable String> properties) {
        Map<String, String> now = new HashMap<>(editProperties());
        properties.forEach((name, value) -> {
            if (value != null) {
                now.put(name, value);
            } else if (now.remove(name) != null) {
                getThing().setProperty(name, null);
            }
        });
        if (!now.equals(getThing().getProperties())) {
            updateProperties(now);
        }
    }

    private @Nullable MonzoBridgeHandler bridgeHandler() {
        Bridge bridge = getBridge();
        return bridge != null && bridge.getHandler() instanceof MonzoBridgeHandler handler ? handler : null;
    }
}
