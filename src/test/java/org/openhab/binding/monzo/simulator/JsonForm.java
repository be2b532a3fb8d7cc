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
package org.openhab.binding.monzo.simulator;

/** Which of the JSON forms that were seen from Monzo an account or a pot is shown in. */
public enum JsonForm {
    /** Every field a recent reply had. */
    NEWEST,
    /** What replies recorded in 2022 had. */
    RECORDED_2022,
    /** Only what Monzo's documentation shows: type, closed, currency and the like are missing. */
    DOCS
}
