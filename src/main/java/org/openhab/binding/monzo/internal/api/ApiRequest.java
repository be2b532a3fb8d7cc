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
package org.openhab.binding.monzo.internal.api;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;

/**
 * A request to Monzo's API without its access token, so that it can be repeated with another token.
 */
@NonNullByDefault
@FunctionalInterface
public interface ApiRequest<T> {

    /** Sends the request without waiting for its response. */
    Pending<T> send(String accessToken);
}
