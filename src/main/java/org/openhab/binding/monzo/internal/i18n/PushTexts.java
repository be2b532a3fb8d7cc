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
package org.openhab.binding.monzo.internal.i18n;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.model.PushStatus;

/**
 * Describes the status of push in words.
 */
@NonNullByDefault
public final class PushTexts {

    private PushTexts() {}

    /** Returns the description in openHAB's language with the time of the last notice, for administrators. */
    public static String of(MonzoTexts texts, PushStatus status) {
        return of(texts, texts.locale(), status);
    }

    /**
     * Returns the description in a language without the time of the last notice, which is that of a payment and
     * therefore not for everyone on the home network.
     */
    public static String withoutTime(MonzoTexts texts, Locale locale, PushStatus status) {
        return status.state() == PushStatus.State.ON && status.lastNotice() != null
                ? texts.text(locale, "push.on-with-notices")
                : of(texts, locale, new PushStatus(status.state(), null));
    }

    /** Returns the description in a language, e.g. {@code on; last notice: 21 Nov 2026, 08:00:00}. */
    private static String of(MonzoTexts texts, Locale locale, PushStatus status) {
        ZonedDateTime last = status.lastNotice();
        return switch (status.state()) {
            case OFF -> texts.text(locale, "push.off");
            case WAITING_FOR_SERVICE -> texts.text(locale, "push.waiting-for-service");
            case SETTING_UP -> texts.text(locale, "push.setting-up");
            case ON ->
                last == null
                        ? texts.text(locale, "push.on-without-notice")
                        : texts.text(locale, "push.on", format(last, locale));
            case NOT_GETTING_THROUGH ->
                last == null
                        ? texts.text(locale, "push.not-getting-through-without-notice")
                        : texts.text(locale, "push.not-getting-through", format(last, locale));
        };
    }

    private static String format(ZonedDateTime time, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(time);
    }
}
