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
package org.openhab.binding.monzo.internal.connect;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A response to a browser.
 *
 * @param status the HTTP status code
 * @param location the redirect target, {@code null} for none
 * @param html the page, empty for a redirect
 */
@NonNullByDefault
record PageResponse(int status, @Nullable String location, String html) {

    static PageResponse redirect(int status, String location) {
        return new PageResponse(status, location, "");
    }

    static PageResponse page(int status, String html) {
        return new PageResponse(status, null, html);
    }

    @Override
    public String toString() {
        return "PageResponse[" + status + "]"; // the redirect to Monzo contains the state
    }
}
