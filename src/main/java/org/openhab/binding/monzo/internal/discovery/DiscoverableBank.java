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
package org.openhab.binding.monzo.internal.discovery;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.bank.BankPicture;
import org.openhab.binding.monzo.internal.text.MonzoTexts;
import org.openhab.core.thing.ThingUID;

/**
 * What discovery needs of a bridge.
 */
@NonNullByDefault
public interface DiscoverableBank {

    /** Hears of each new picture, and of {@link BankPicture#EMPTY} when nobody is logged in any more. */
    interface PictureListener {
        void pictureChanged(BankPicture picture);
    }

    ThingUID uid();

    /** The latest picture, {@link BankPicture#EMPTY} before there is one. */
    BankPicture picture();

    /** Whether openHAB has this thing already. */
    boolean hasThing(ThingUID thing);

    MonzoTexts texts();

    /** Asks for a picture of everything, which the listener then hears of; for nothing while nobody is logged in. */
    void survey();

    void setPictureListener(@Nullable PictureListener listener);
}
