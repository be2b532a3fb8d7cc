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
package org.openhab.binding.monzo.internal;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.core.thing.ThingTypeUID;

/**
 * IDs of things, channels, configuration parameters and properties.
 */
@NonNullByDefault
public final class MonzoBindingConstants {

    public static final String BINDING_ID = "monzo";

    public static final ThingTypeUID THING_TYPE_BRIDGE = new ThingTypeUID(BINDING_ID, "bridge");
    public static final ThingTypeUID THING_TYPE_ACCOUNT = new ThingTypeUID(BINDING_ID, "account");
    public static final ThingTypeUID THING_TYPE_POT = new ThingTypeUID(BINDING_ID, "pot");
    public static final ThingTypeUID THING_TYPE_BUDGET = new ThingTypeUID(BINDING_ID, "budget");

    public static final String CONFIG_ACCOUNT_ID = "accountId";
    public static final String CONFIG_TRANSACTIONS = "transactions";
    public static final String CONFIG_POT_ID = "potId";
    public static final String CONFIG_LIMIT = "limit";
    public static final String CONFIG_ACCOUNT_IDS = "accountIds";
    public static final String CONFIG_CATEGORIES = "categories";
    public static final String CONFIG_MERCHANTS = "merchants";
    public static final String CONFIG_PERIOD = "period";
    public static final String CONFIG_START_DAY = "startDay";
    public static final String CONFIG_ALERT_AT = "alertAt";

    /** The property with the name of the user of a bridge. */
    public static final String PROPERTY_OWNER = "owner";
    /** The day of the latest approval in the Monzo app, such as 2026-11-03. */
    public static final String PROPERTY_APPROVED = "approved";

    public static final String CHANNEL_BALANCE = "balance";
    public static final String CHANNEL_TOTAL_BALANCE = "total-balance";
    public static final String CHANNEL_SPEND_TODAY = "spend-today";
    public static final String CHANNEL_LAST_TRANSACTION_AMOUNT = "last-transaction-amount";
    public static final String CHANNEL_LAST_TRANSACTION_DESCRIPTION = "last-transaction-description";
    public static final String CHANNEL_LAST_TRANSACTION_CATEGORY = "last-transaction-category";
    public static final String CHANNEL_LAST_TRANSACTION_TIME = "last-transaction-time";
    public static final String CHANNEL_LAST_TRANSACTION_LOCATION = "last-transaction-location";
    public static final String CHANNEL_TRANSACTION = "transaction";
    public static final String CHANNEL_TRANSACTION_UPDATED = "transaction-updated";
    public static final String CHANNEL_GOAL = "goal";
    public static final String CHANNEL_GOAL_PROGRESS = "goal-progress";
    public static final String CHANNEL_LOCKED = "locked";
    public static final String CHANNEL_GOAL_REACHED = "goal-reached";
    public static final String CHANNEL_SPENT = "spent";
    public static final String CHANNEL_REMAINING = "remaining";
    public static final String CHANNEL_DAILY_ALLOWANCE = "daily-allowance";
    public static final String CHANNEL_USED = "used";
    public static final String CHANNEL_PACE = "pace";
    public static final String CHANNEL_PERIOD_END = "period-end";
    public static final String CHANNEL_ALERT = "alert";

    /** The path of the login page on openHAB's web server. */
    public static final String CONNECT_PATH = "/connectmonzo";

    /** The path below which Monzo's notices arrive. */
    public static final String WEBHOOK_PATH = CONNECT_PATH + "/webhook";

    /**
     * The login page's URL in status texts, in openHAB's notation for its own address, which Main UI renders as a link
     * from openHAB 5.0 on.
     */
    public static final String CONNECT_URL = "http(s)://<YOUROPENHAB>:<YOURPORT>" + CONNECT_PATH;

    private MonzoBindingConstants() {}
}
