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

/**
 * A URL that a program registered for an account.
 *
 * @param id the id, {@code webhook_…}
 * @param accountId the account
 * @param clientId the OAuth client that registered it; no other client sees it
 * @param url the URL as registered
 */
public record Webhook(String id, String accountId, String clientId, String url) {}
