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

import java.util.Collection;
import java.util.List;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.PotTransfer.Direction;
import org.openhab.binding.monzo.internal.transfer.TransferLedger;
import org.openhab.binding.monzo.internal.transfer.TransferRequest;
import org.openhab.binding.monzo.internal.transfer.TransferResults;
import org.openhab.binding.monzo.internal.transfer.TransferResults.TransferResult;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandlerService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler of a pot thing.
 */
@NonNullByDefault
public class MonzoPotHandler extends MonzoChildHandler {

    private final Logger logger = LoggerFactory.getLogger(MonzoPotHandler.class);

    private final TransferLedger transfers;
    private final MonzoTexts texts;
    private final GoalReachedDetector goalDetector = new GoalReachedDetector();

    public MonzoPotHandler(
            Thing thing, MonzoStateDescriptionProvider stateDescriptions, TransferLedger transfers, MonzoTexts texts) {
        super(thing, stateDescriptions);
        this.transfers = transfers;
        this.texts = texts;
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(PotActions.class);
    }

    /**
     * Moves money between this pot and its account; waits for the result no longer than 30 seconds, and never throws an
     * exception.
     *
     * @param amount the amount as passed by a rule
     * @param id the rule's name for this transfer as passed by the rule
     */
    TransferResult transfer(Direction direction, @Nullable Object amount, @Nullable Object id) {
        try {
            boolean online = getThing().getStatus() == ThingStatus.ONLINE;
            String pot = configured(CONFIG_POT_ID);
            TransferRequest request = new TransferRequest(
                    direction, pot, online, () -> isActive() && pot.equals(configured(CONFIG_POT_ID)), amount, id);
            MonzoConnection connection = connection();
            return connection == null
                    ? results().withoutLogin(request)
                    : connection.transfers().transfer(request);
        } catch (RuntimeException e) { // a rule must not fail by a bug
            logger.warn(
                    "{}: unexpected error in a transfer; please report a bug",
                    getThing().getBridgeUID(),
                    e);
            return new TransferResult(TransferResult.Outcome.UNKNOWN, texts.text("transfer.internal-error"), null);
        }
    }

    private TransferResults results() {
        ThingUID bridgeUid = getThing().getBridgeUID();
        return new TransferResults(bridgeUid == null ? "" : bridgeUid.getAsString(), transfers, texts);
    }

    @Override
    @Nullable
    String validate() {
        return configured(CONFIG_POT_ID).isEmpty() ? "@text/offline.pot-id-missing" : null;
    }

    @Override
    ThingView createView() {
        return new PotView(configured(CONFIG_POT_ID), goalDetector);
    }
}
