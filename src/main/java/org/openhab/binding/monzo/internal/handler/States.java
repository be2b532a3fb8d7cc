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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.core.library.types.DateTimeType;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.PointType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.library.types.StringType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/**
 * Converts Monzo's values to openHAB's states; missing values become {@code UNDEF}.
 */
@NonNullByDefault
final class States {

    private static final int PROGRESS_DECIMALS = 1;

    private static final String CONTROL_CHARACTERS = "[\\p{Cc}\\u2028\\u2029]+";

    private States() {}

    /** Converts an amount in major units. */
    static State amount(@Nullable BigDecimal amount) {
        return amount == null ? UnDefType.UNDEF : new DecimalType(amount.toPlainString());
    }

    /** Converts a text, without control characters, which would break lines of logs. */
    static State text(@Nullable String text) {
        String visible =
                text == null ? "" : text.replaceAll(CONTROL_CHARACTERS, " ").strip();
        return visible.isEmpty() ? UnDefType.UNDEF : new StringType(visible);
    }

    static State time(@Nullable Instant time, ZoneId zone) {
        return time == null ? UnDefType.UNDEF : new DateTimeType(time.atZone(zone));
    }

    /** Converts latitude and longitude, such as {@code 51.5074,-0.1278}. */
    static State point(@Nullable String location) {
        return location == null ? UnDefType.UNDEF : new PointType(location);
    }

    static State onOff(@Nullable Boolean on) {
        return on == null ? UnDefType.UNDEF : OnOffType.from(on);
    }

    /** Returns the saved percentage of a pot's goal, rounded down so that it is 100 only when the goal is reached. */
    static State goalProgress(Pot pot) {
        BigDecimal balance = pot.balance();
        BigDecimal goal = pot.goal();
        if (balance == null || goal == null || goal.signum() <= 0) {
            return UnDefType.UNDEF;
        }
        BigDecimal percent = balance.movePointRight(2).divide(goal, PROGRESS_DECIMALS, RoundingMode.FLOOR);
        return percent(percent);
    }

    static State percent(BigDecimal percent) {
        return new QuantityType<>(percent.toPlainString() + " %");
    }
}
