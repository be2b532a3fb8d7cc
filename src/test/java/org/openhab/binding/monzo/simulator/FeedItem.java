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
 * A message that a program put into a customer's feed.
 *
 * @param accountId the account
 * @param clientId the OAuth client of the program
 * @param title the title
 * @param body the text, empty for none
 * @param imageUrl the address of the image
 * @param url the page to open on a tap, empty for none
 * @param time when it was posted, by the bank's clock
 */
public record FeedItem(
        String accountId, String clientId, String title, String body, String imageUrl, String url, Instant time) {}
