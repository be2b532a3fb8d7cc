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

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.MonzoApi.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AtMostOnceCall;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.RateLimiter;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows messages in the feed of the Monzo app.
 * <p>
 * Monzo does not recognize a repeated message. So a message is sent again only after a 401, which shows that Monzo did
 * not accept it, and never after a lost response.
 */
@NonNullByDefault
public class Feed {

    /** How long a rule waits at most; less than the 30 s it may be blocked. */
    private static final Duration TIMEOUT = Duration.ofSeconds(25);

    private final Logger logger = LoggerFactory.getLogger(Feed.class);

    private final AuthenticatedClient client;
    private final BooleanSupplier permitted;
    private final Limits.Limit limit;
    private final ExecutorService executor;
    private final Duration timeout;

    /**
     * The result of a message for the feed.
     */
    public enum Result {
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

    /**
     * Limits the messages of each login, as a runaway rule must not fill a phone. Editing or restarting a bridge frees
     * none.
     */
    public static class Limits {

        /** The number of messages of a login within an hour. */
        public static final int MAX_MESSAGES = 20;

        private static final Duration PERIOD = Duration.ofHours(1);

        private final Clock clock;
        private final Map<String, Limit> limits = new ConcurrentHashMap<>();

        /**
         * The limit of a login.
         *
         * @param turn permits one message at a time, so that none is judged before the last one's result is known, and
         *     many rules do not occupy openHAB's pool while Monzo is slow
         * @param shown the messages that may have been shown
         */
        record Limit(Semaphore turn, RateLimiter shown) {}

        public Limits(Clock clock) {
            this.clock = clock;
        }

        /** Returns the limit of a login. */
        Limit of(String bridgeUid) {
            return limits.computeIfAbsent(
                    bridgeUid, key -> new Limit(new Semaphore(1, true), new RateLimiter(MAX_MESSAGES, PERIOD, clock)));
        }
    }

    /**
     * Creates the feed of a login.
     *
     * @param permitted whether messages are still allowed and the login is online; asked before each request
     * @param limits of all logins; they outlive connections
     * @param executor sends the messages, as a rule must not wait for a token as long as a request for it may take
     */
    public Feed(AuthenticatedClient client, BooleanSupplier permitted, Limits limits, ExecutorService executor) {
        this(client, permitted, limits.of(client.bridgeUid()), executor, TIMEOUT);
    }

    Feed(
            AuthenticatedClient client,
            BooleanSupplier permitted,
            Limits.Limit limit,
            ExecutorService executor,
            Duration timeout) {
        this.client = client;
        this.permitted = permitted;
        this.limit = limit;
        this.executor = executor;
        this.timeout = timeout;
    }

    /**
     * Sends a message and waits for the response, for less than 30 s.
     *
     * @return the result; no exception is thrown
     */
    public Result post(String accountId, FeedMessage message) {
        Result invalid = message.validate();
        if (invalid != null) {
            return invalid;
        }
        long end = System.nanoTime() + timeout.toNanos();
        try {
            if (!limit.turn().tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return Result.NOT_SENT;
            }
            try {
                return post(accountId, message, end);
            } finally {
                limit.turn().release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Result.NOT_SENT;
        }
    }

    private Result post(String accountId, FeedMessage message, long end) {
        List<String> text = List.of(message.title(), message.body());
        if (limit.shown().isHeld(text)) {
            return Result.REPEATED;
        } else if (!limit.shown().tryAcquire(text)) {
            return Result.TOO_MANY;
        }
        Result result = send(new AtMostOnceCall<>(guard -> request(accountId, message, guard), permitted), end);
        if (result != Result.DONE && result != Result.UNCONFIRMED) {
            limit.shown().release(text);
        }
        return result;
    }

    private ApiRequest<JsonObject> request(String accountId, FeedMessage message, BooleanSupplier guard) {
        return client.api()
                .postToFeed(accountId, message.title(), message.body(), message.imageUrl(), message.url(), guard);
    }

    private Result send(AtMostOnceCall<?> call, long end) {
        try {
            Future<Result> result = executor.submit(() -> result(call));
            try {
                return result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } finally {
                result.cancel(false);
            }
        } catch (TimeoutException | ExecutionException | CancellationException | RejectedExecutionException e) {
            return abandon(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandon(call);
        }
    }

    private Result result(AtMostOnceCall<?> call) {
        try {
            client.call(call);
            return Result.DONE;
        } catch (MonzoException e) {
            if (e.kind() == ErrorKind.NOT_SENT) {
                return Result.LOGIN_OFFLINE;
            }
            logger.debug("message not confirmed: {}: {}", e.kind(), e.getMessage());
            return call.isOpen() ? unsent(e.kind()) : sent(e.kind());
        } catch (RuntimeException e) {
            logger.warn("Unexpected error while sending a message; please report a bug", e);
            return abandon(call);
        }
    }

    private static Result abandon(AtMostOnceCall<?> call) {
        return call.abandon() ? Result.NOT_SENT : Result.UNCONFIRMED;
    }

    /** Returns the result of a message that was sent. */
    private static Result sent(ErrorKind error) {
        return switch (error) {
            case NOT_PERMITTED -> Result.NOT_PERMITTED;
            case NOT_FOUND, REJECTED -> Result.REJECTED;
            case RATE_LIMITED -> Result.RATE_LIMITED;
            default -> Result.UNCONFIRMED;
        };
    }

    /** Returns the result of a message that was not sent, or only with a token that Monzo rejected. */
    private static Result unsent(ErrorKind error) {
        if (error.recovery() == ErrorKind.Recovery.REAUTHORIZE) {
            return Result.LOGIN_OFFLINE;
        }
        return error == ErrorKind.RATE_LIMITED ? Result.RATE_LIMITED : Result.NOT_SENT;
    }
}
