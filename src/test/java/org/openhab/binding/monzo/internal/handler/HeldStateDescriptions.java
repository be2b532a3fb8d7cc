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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openhab.binding.monzo.fixture.Hold;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.thing.ThingUID;

/** The real provider, in which a test can hold the update of a thing: the currency is what it sets first. */
public final class HeldStateDescriptions extends MonzoStateDescriptionProvider {

    private final Map<ThingUID, Hold> holds = new ConcurrentHashMap<>();

    public HeldStateDescriptions(LocaleProvider locales) {
        super(locales);
    }

    /** Holds the next update of a thing that has values. */
    public Hold holdNext(ThingUID thing) {
        Hold hold = new Hold();
        holds.put(thing, hold);
        return hold;
    }

    @Override
    void setCurrency(ThingUID thing, String currency) {
        Hold hold = holds.remove(thing);
        if (hold != null) {
            hold.pass();
        }
        super.setCurrency(thing, currency);
    }
}
