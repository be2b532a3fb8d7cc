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
package org.openhab.binding.monzo.internal.handler;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Money;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.thing.Channel;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.type.DynamicStateDescriptionProvider;
import org.openhab.core.types.StateDescription;
import org.openhab.core.types.StateDescriptionFragmentBuilder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Provides the format of amounts with the currency and decimals of their account, which a channel type cannot define.
 */
@NonNullByDefault
@Component(service = {DynamicStateDescriptionProvider.class, MonzoStateDescriptionProvider.class})
public class MonzoStateDescriptionProvider implements DynamicStateDescriptionProvider {

    /** The pattern of channel types for amounts. */
    private static final String AMOUNT = "%,.2f";

    private final LocaleProvider locales;
    private final Map<ThingUID, String> currencies = new ConcurrentHashMap<>();

    @Activate
    public MonzoStateDescriptionProvider(@Reference LocaleProvider locales) {
        this.locales = locales;
    }

    void setCurrency(ThingUID thing, @Nullable String currency) {
        if (currency == null) {
            removeCurrency(thing); // the last one may be that of another account
        } else {
            currencies.put(thing, currency);
        }
    }

    void removeCurrency(ThingUID thing) {
        currencies.remove(thing);
    }

    @Override
    public @Nullable StateDescription getStateDescription(
            Channel channel, @Nullable StateDescription original, @Nullable Locale locale) {
        String currency = currencies.get(channel.getUID().getThingUID());
        if (currency == null || original == null || !AMOUNT.equals(original.getPattern())) {
            return null;
        }
        return StateDescriptionFragmentBuilder.create()
                .withReadOnly(true)
                .withPattern(Money.pattern(currency, locale == null ? locales.getLocale() : locale))
                .build()
                .toStateDescription();
    }
}
