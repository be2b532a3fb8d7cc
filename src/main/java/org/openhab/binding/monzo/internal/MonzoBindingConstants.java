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
 * The names that things, channels and configuration have in files, rules and the user interface.
 */
@NonNullByDefault
public final class MonzoBindingConstants {

    public static final String BINDING_ID = "monzo";

    public static final ThingTypeUID THING_TYPE_BRIDGE = new ThingTypeUID(BINDING_ID, "bridge");
    public static final ThingTypeUID THING_TYPE_ACCOUNT = new ThingTypeUID(BINDING_ID, "account");
    public static final ThingTypeUID THING_TYPE_POT = new ThingTypeUID(BINDING_ID, "pot");

    public static final String CONFIG_ACCOUNT_ID = "accountId";
    public static final String CONFIG_POT_ID = "potId";

    /** The name of the person whose login a bridge is. */
    public static final String PROPERTY_OWNER = "owner";

    public static final String CHANNEL_BALANCE = "balance";
    public static final String CHANNEL_TOTAL_BALANCE = "total-balance";
    public static final String CHANNEL_SPEND_TODAY = "spend-today";
    public static final String CHANNEL_GOAL = "goal";
    public static final String CHANNEL_GOAL_PROGRESS = "goal-progress";
    public static final String CHANNEL_LOCKED = "locked";
    public static final String CHANNEL_GOAL_REACHED = "goal-reached";

    /** The page with every Monzo bridge, on openHAB's own web server. */
    public static final String CONNECT_PATH = "/connectmonzo";

    /** How openHAB writes a link to itself in a status text; Main UI makes it a link from openHAB 5.0 on. */
    public static final String CONNECT_URL = "http(s)://<YOUROPENHAB>:<YOURPORT>" + CONNECT_PATH;

    private MonzoBindingConstants() {}
}
