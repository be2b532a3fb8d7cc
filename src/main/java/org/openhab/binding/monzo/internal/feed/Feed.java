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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AtMostOnceCall;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
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
    private final FeedLimits.Limit limit;
    private final ExecutorService executor;
    private final Duration timeout;

    /**
     * Creates the feed of a login.
     *
     * @param permitted whether messages are still allowed and the login is online; asked before each request
     * @param limits of all logins; they outlive connections
     * @param executor sends the messages, as a rule must not wait for a token as long as a request for it may take
     */
    public Feed(AuthenticatedClient client, BooleanSupplier permitted, FeedLimits limits, ExecutorService executor) {
        this(client, permitted, limits.of(client.bridgeUid()), executor, TIMEOUT);
    }

    Feed(
            AuthenticatedClient client,
            BooleanSupplier permitted,
            FeedLimits.Limit limit,
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
    public FeedResult post(String accountId, FeedMessage message) {
        FeedResult invalid = message.validate();
        if (invalid != null) {
            return invalid;
        }
        long end = System.nanoTime() + timeout.toNanos();
        try {
            if (!limit.turn().tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                return FeedResult.NOT_SENT;
            }
            try {
                return post(accountId, message, end);
            } finally {
                limit.turn().release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FeedResult.NOT_SENT;
        }
    }

    private FeedResult post(String accountId, FeedMessage message, long end) {
        List<String> text = List.of(message.title(), message.body());
        if (limit.shown().isHeld(text)) {
            return FeedResult.REPEATED;
        } else if (!limit.shown().tryAcquire(text)) {
            return FeedResult.TOO_MANY;
        }
        FeedResult result = send(new AtMostOnceCall<>(guard -> request(accountId, message, guard), permitted), end);
        if (result != FeedResult.DONE && result != FeedResult.UNCONFIRMED) {
            limit.shown().release(text);
        }
        return result;
    }

    private ApiRequest<JsonObject> request(String accountId, FeedMessage message, BooleanSupplier guard) {
        return client.api()
                .postToFeed(accountId, message.title(), message.body(), message.imageUrl(), message.url(), guard);
    }

    private FeedResult send(AtMostOnceCall<?> call, long end) {
        try {
            Future<FeedResult> result = executor.submit(() -> result(call));
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

    private FeedResult result(AtMostOnceCall<?> call) {
        try {
            client.call(call);
            return FeedResult.DONE;
        } catch (MonzoException e) {
            if (e.kind() == ErrorKind.NOT_SENT) {
                return FeedResult.LOGIN_OFFLINE;
            }
            logger.debug("message not confirmed: {}: {}", e.kind(), e.getMessage());
            return call.isOpen() ? unsent(e.kind()) : sent(e.kind());
        } catch (RuntimeException e) {
            logger.warn("Unexpected error while sending a message; please report a bug", e);
            return abandon(call);
        }
    }

    private static FeedResult abandon(AtMostOnceCall<?> call) {
        return call.abandon() ? FeedResult.NOT_SENT : FeedResult.UNCONFIRMED;
    }

    /** Returns the result of a message that was sent. */
    private static FeedResult sent(ErrorKind error) {
        return switch (error) {
            case NOT_PERMITTED -> FeedResult.NOT_PERMITTED;
            case NOT_FOUND, REJECTED -> FeedResult.REJECTED;
            case RATE_LIMITED -> FeedResult.RATE_LIMITED;
            default -> FeedResult.UNCONFIRMED;
        };
    }

    /** Returns the result of a message that was not sent, or only with a token that Monzo rejected. */
    private static FeedResult unsent(ErrorKind error) {
        if (error.recovery() == ErrorKind.Recovery.REAUTHORIZE) {
            return FeedResult.LOGIN_OFFLINE;
        }
        return error == ErrorKind.RATE_LIMITED ? FeedResult.RATE_LIMITED : FeedResult.NOT_SENT;
    }
}
