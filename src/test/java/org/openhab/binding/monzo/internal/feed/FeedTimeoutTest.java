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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.api.HttpTransport;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpRequest;
import org.openhab.binding.monzo.internal.api.HttpTransport.HttpResponse;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.simulator.AdjustableClock;

/** Tests how long a rule waits without a token or a response, and that nothing is sent afterwards. */
class FeedTimeoutTest {

    private static final FeedMessage MESSAGE = FeedMessage.of("title", "text", null, null);
    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final Duration PATIENCE = BindingFixture.PATIENCE;

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger sent = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final TokenManager tokens = mock(TokenManager.class);

    @AfterEach
    void endPool() throws InterruptedException {
        release.countDown();
        pool.shutdown();
        assertTrue(pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private Feed feed(Pending<HttpResponse> response) throws Exception {
        return feed(response, pool, PATIENCE);
    }

    /** A feed whose rule gives up as soon as the message waits for {@link #release}, however late its thread begins. */
    private Feed impatientFeed(Pending<HttpResponse> response) throws Exception {
        ExecutorService untilItWaits = mock(ExecutorService.class);
        when(untilItWaits.submit(any(Callable.class))).thenAnswer(call -> {
            Future<?> result = pool.submit(call.<Callable<?>>getArgument(0));
            begun.await();
            return result;
        });
        return feed(response, untilItWaits, TIMEOUT);
    }

    private Feed feed(Pending<HttpResponse> response, ExecutorService executor, Duration timeout) throws Exception {
        HttpTransport http = (HttpRequest request) -> {
            sent.incrementAndGet();
            return response;
        };
        return new Feed(
                new AuthenticatedClient(tokens, null, new MonzoApi("https://bank.example", http, clock), clock),
                () -> true,
                new Feed.Limits(clock).of("monzo:bridge:alice"),
                executor,
                timeout);
    }

    private AccessToken token() {
        return new AccessToken("token", clock.instant(), clock.instant().plusSeconds(3_600));
    }

    @Test
    void sendsNothingAfterTheRuleGaveUpOnAToken() throws Exception {
        when(tokens.token(any())).thenAnswer(call -> {
            await();
            return token();
        });
        Feed feed = impatientFeed(() -> new HttpResponse(200, null, new JsonObject().toString()));
        assertEquals(Feed.Result.NOT_SENT, feed.post("acc_1", MESSAGE));

        release.countDown();
        pool.shutdown();
        assertTrue(pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, sent.get());
    }

    @Test
    void saysThatALateMessageMayBeShown() throws Exception {
        when(tokens.token(any())).thenReturn(token());
        Feed feed = impatientFeed(() -> {
            await();
            return new HttpResponse(200, null, "{}");
        });
        assertEquals(Feed.Result.UNCONFIRMED, feed.post("acc_1", MESSAGE));
        assertEquals(1, sent.get());
    }

    /** A late 401 must not send the message after the rule has its result. */
    @Test
    void doesNotRepeatAfterTheRuleGaveUp() throws Exception {
        when(tokens.token(any())).thenReturn(token());
        when(tokens.replaceToken(eq(token()), any())).thenReturn(token());
        Feed feed = impatientFeed(() -> {
            await();
            return new HttpResponse(401, null, "{\"code\":\"unauthorized.bad_access_token.expired\"}");
        });
        assertEquals(Feed.Result.UNCONFIRMED, feed.post("acc_1", MESSAGE));
        release.countDown();
        pool.shutdown();
        assertTrue(pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        assertEquals(1, sent.get());
    }

    @Test
    void saysThatNothingWasSentWithoutAThread() throws Exception {
        when(tokens.token(any())).thenReturn(token());
        Feed feed = feed(() -> new HttpResponse(200, null, "{}"));
        pool.shutdown();
        assertEquals(Feed.Result.NOT_SENT, feed.post("acc_1", MESSAGE));
        assertEquals(0, sent.get());
    }

    @Test
    void throwsNothingAtAnInterruptedRule() throws Exception {
        when(tokens.token(any())).thenReturn(token());
        Feed feed = feed(() -> new HttpResponse(200, null, "{}"));
        Thread.currentThread().interrupt();
        assertEquals(Feed.Result.NOT_SENT, feed.post("acc_1", MESSAGE));
        assertTrue(Thread.interrupted());
        assertEquals(0, sent.get());
    }

    @Test
    void throwsNothingAfterABug() throws Exception {
        when(tokens.token(any())).thenThrow(new IllegalStateException("a bug"));
        assertEquals(
                Feed.Result.NOT_SENT,
                feed(() -> new HttpResponse(200, null, "{}")).post("acc_1", MESSAGE));
    }

    private void await() {
        begun.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
