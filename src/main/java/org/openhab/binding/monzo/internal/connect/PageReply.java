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
 * An answer to a browser.
 *
 * @param status the HTTP status code
 * @param location where to go on, {@code null} to stay
 * @param html the page, empty when the browser goes on
 */
@NonNullByDefault
record PageReply(int status, @Nullable String location, String html) {

    static PageReply redirect(int status, String location) {
        return new PageReply(status, location, "");
    }

    static PageReply page(int status, String html) {
        return new PageReply(status, null, html);
    }

    @Override
    public String toString() {
        return "PageReply[" + status + "]"; // the way to Monzo has the state in it
    }
}
