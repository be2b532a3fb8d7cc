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

import java.time.Instant;

/**
 * One attempt to notify a webhook of a transaction.
 *
 * @param webhook the webhook
 * @param transactionId the transaction
 * @param number 1 for the first attempt, 5 for the last
 * @param calledUrl the address that was called, null if none was because the webhook leads away from this machine
 * @param status the HTTP status of the answer, 0 without one
 * @param time when the attempt ended, by the bank's clock
 */
public record PushAttempt(
        Webhook webhook, String transactionId, int number, String calledUrl, int status, Instant time) {

    /**
     * @return whether the webhook took the message; Monzo's documentation says no more than that a call may fail
     */
    public boolean succeeded() {
        return status / 100 == 2;
    }
}
