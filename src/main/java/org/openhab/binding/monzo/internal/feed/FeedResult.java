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
package org.openhab.binding.monzo.internal.feed;

import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * The result of a message for the feed.
 */
@NonNullByDefault
public enum FeedResult {
    /** Monzo has accepted the message. */
    DONE,
    /** The bridge does not allow messages. */
    NOT_ALLOWED,
    /** The message has no title. */
    TITLE_MISSING,
    /** The address of the picture is not a usable {@code https} URL. */
    IMAGE_URL_INVALID,
    /** The address to open is not a usable {@code https} URL. */
    URL_INVALID,
    /** The bridge is not online. */
    LOGIN_OFFLINE,
    /** The account is not in the bank's list. */
    ACCOUNT_UNKNOWN,
    /** The account was closed. */
    ACCOUNT_CLOSED,
    /** As many messages as allowed may have been shown within the last hour. */
    TOO_MANY,
    /** A message of the same title and text may have been shown within the last hour. */
    REPEATED,
    /** The message was not sent, as no token or connection was available in time. */
    NOT_SENT,
    /** Monzo limits the requests of this login. */
    RATE_LIMITED,
    /** Monzo does not allow messages for this account. */
    NOT_PERMITTED,
    /** Monzo did not accept the message. */
    REJECTED,
    /** The message was sent, but not confirmed. */
    UNCONFIRMED;

    /** Returns the key of the text that explains this result. */
    public String key() {
        return "feed." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
