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

import java.util.List;

/**
 * A program registered at the bank.
 *
 * @param id the client id
 * @param secret the client secret
 * @param confidential whether it is given refresh tokens
 * @param redirectUris where people may be sent back to; empty for anywhere
 */
record OAuthClient(String id, String secret, boolean confidential, List<String> redirectUris) {

    boolean permits(String redirectUri) {
        return redirectUris.isEmpty() || redirectUris.contains(redirectUri);
    }
}
