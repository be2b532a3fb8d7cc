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

import java.time.Clock;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.compat.StartLevel;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.transaction.LedgerStore;
import org.openhab.core.i18n.TimeZoneProvider;

/**
 * The services that an account thing needs.
 *
 * @param texts provides the names of account types and the results of messages
 * @param ledgers stores which transactions have been delivered
 * @param timeZones provides the time zone of times
 * @param startLevel knows whether rules can receive events
 * @param clock the current time
 */
@NonNullByDefault
public record AccountServices(
        MonzoTexts texts, LedgerStore ledgers, TimeZoneProvider timeZones, StartLevel startLevel, Clock clock) {}
