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

import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * Tells an answer with a result from every kind of refusal.
 */
@NonNullByDefault
public final class ErrorMapper {

    /** The binding waits no longer than this, even if the bank asks for more. */
    public static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private ErrorMapper() {}

    /**
     * Gives the JSON object of a successful answer.
     *
     * @param reply the answer
     * @param now to which a date in {@code Retry-After} is compared
     * @return the body
     * @throws MonzoException with the fault that the status and the body's {@code code} tell
     */
    public static JsonObject object(HttpResponse reply, Instant now) throws MonzoException {
        int status = reply.status();
        if (status == 200) {
            return Json.object(reply.body());
        }
        JsonObject body = Json.objectOrEmpty(reply.body());
        String code = Json.text(body, "code");
        String message = "HTTP " + status;
        if (status == 429) {
            throw new MonzoException(
                    ErrorKind.RATE_LIMITED, message, parseRetryAfter(reply.retryAfter(), now, LONGEST_WAIT));
        } else if (status >= 500) {
            throw new MonzoException(
                    ErrorKind.SERVER_ERROR, message, parseRetryAfter(reply.retryAfter(), now, LONGEST_WAIT));
        } else if (status == 401) {
            throw new MonzoException(unauthorized(code), message);
        } else if (status == 403 && code != null && code.startsWith("forbidden")) {
            throw new MonzoException(ErrorKind.NOT_PERMITTED, message);
        } else if ((status == 400 || status == 404 || status == 410) && isNotFound(code)) {
            throw new MonzoException(ErrorKind.NOT_FOUND, message);
        }
        throw new MonzoException(ErrorKind.INVALID_RESPONSE, message);
    }

    /**
     * Whether Monzo itself says that there is nothing with this id: an answer without its {@code code} is that of a
     * proxy or of another server, and no reason to give up an account.
     */
    private static boolean isNotFound(@Nullable String code) {
        return code != null && (code.startsWith("not_found") || code.startsWith("bad_request"));
    }

    /** What a 401 means by its {@code code}, e.g. {@code unauthorized.bad_access_token.evicted}. */
    public static ErrorKind unauthorized(@Nullable String code) {
        if (code == null) {
            return ErrorKind.TOKEN_REFUSED;
        } else if (code.endsWith(".evicted")) {
            return ErrorKind.LOGIN_EVICTED;
        } else if (code.endsWith(".expired")) {
            return ErrorKind.TOKEN_EXPIRED;
        }
        return ErrorKind.TOKEN_REFUSED;
    }

    /** RFC 9110 section 10.2.3: seconds or a date; {@code null} for anything else and for what is no time to wait. */
    static @Nullable Duration parseRetryAfter(@Nullable String header, Instant now, Duration longest) {
        if (header == null) {
            return null;
        }
        String value = header.trim();
        Duration wait;
        if (value.matches("\\d+")) {
            BigInteger seconds = new BigInteger(value).min(BigInteger.valueOf(longest.toSeconds()));
            wait = Duration.ofSeconds(seconds.longValueExact());
        } else {
            try {
                wait = Duration.between(
                        now,
                        ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        if (wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
