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
package org.openhab.binding.monzo.internal.connection;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.MessageFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;

class ErrorStatusTest {

    private static final Map<String, String> TEXTS = PropertiesTranslations.load();

    private static final Pattern TEXT = Pattern.compile("@text/(\\S+)(?: \\[\"[^\"]*\"(, \"[^\"]*\")*])?");

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void returnsTextForEveryError(ErrorKind error) {
        checkText(ErrorStatus.ofBridge(error));
        checkText(ErrorStatus.ofThing(error));
    }

    private static void checkText(ThingStatusInfo status) {
        Matcher text = TEXT.matcher(status.getDescription());

        assertEquals(ThingStatus.OFFLINE, status.getStatus());
        assertTrue(text.matches(), status.getDescription());
        assertThat(TEXTS, hasKey(text.group(1)));
        int arguments = text.end(1) == text.end() ? 0 : 1;
        assertEquals(
                arguments,
                new MessageFormat(TEXTS.get(text.group(1))).getFormatsByArgumentIndex().length,
                status.getDescription());
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, COMMUNICATION_ERROR",
        "TIMED_OUT, COMMUNICATION_ERROR",
        "RATE_LIMITED, COMMUNICATION_ERROR",
        "SERVER_ERROR, COMMUNICATION_ERROR",
        "INVALID_RESPONSE, COMMUNICATION_ERROR",
        "NOT_PERMITTED, CONFIGURATION_PENDING",
        "APPROVAL_WITHDRAWN, CONFIGURATION_PENDING",
        "LOGIN_MISSING, CONFIGURATION_PENDING",
        "LOGIN_UNREADABLE, CONFIGURATION_ERROR",
        "LOGIN_EVICTED, CONFIGURATION_ERROR",
        "LOGIN_REFUSED, CONFIGURATION_ERROR",
        "CLIENT_REFUSED, CONFIGURATION_ERROR",
        "CLIENT_NOT_CONFIDENTIAL, CONFIGURATION_ERROR",
        "OTHER_PERSON, CONFIGURATION_ERROR",
    })
    void returnsContractualStatusDetail(ErrorKind error, ThingStatusDetail detail) {
        assertEquals(detail, ErrorStatus.ofBridge(error).getStatusDetail());
    }
}
