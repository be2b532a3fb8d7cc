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
package org.openhab.binding.monzo.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notifies webhooks of transactions: at most five attempts, with exponential backoff. Only addresses on this machine
 * are called. Safe for use by any thread.
 */
public final class Pushes {
    private static final int MOST_ATTEMPTS = 5;
    private static final int THREADS = 2;

    private final Ledger ledger;
    private final PublicUrls publicUrls = new PublicUrls();
    private final List<PushAttempt> attempts = new ArrayList<>();
    private final Set<PushCall> calls = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor;
    private volatile Duration retryDelay = Duration.ofSeconds(1);
    private volatile boolean suspended;

    Pushes(Ledger ledger) {
        this.ledger = ledger;
        AtomicInteger number = new AtomicInteger();
        executor = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "bank-push-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Replaces the proxy or cloud behind a public URL.
     *
     * @param publicUrl a URL as registered, or the beginning of some
     * @param localUrl the address on this machine that is called in its place
     * @throws IllegalArgumentException if that address is not on this machine
     */
    public void deliver(String publicUrl, String localUrl) {
        publicUrls.map(publicUrl, localUrl);
    }

    /**
     * Sets the delay before the second attempt, which doubles for each further one.
     *
     * @param delay the delay, 1 second unless set; Monzo's is not known
     */
    public void retryDelay(Duration delay) {
        retryDelay = delay;
    }

    /**
     * Suspends pushes, as in an outage at Monzo: transactions made during that time are never pushed.
     *
     * @param on whether to
     */
    public void suspend(boolean on) {
        suspended = on;
    }

    /**
     * @return every attempt so far, in the order in which they ended
     */
    public List<PushAttempt> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }

    /**
     * Waits for attempts to end.
     *
     * @param atLeast how many
     * @param timeout how long to wait
     * @return whether they ended
     * @throws InterruptedException if interrupted
     */
    public boolean awaitAttempts(int atLeast, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (attempts) {
            while (attempts.size() < atLeast) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                attempts.wait(millis);
            }
            return true;
        }
    }

    /** Waits for the threads of a closed bank to end. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        return executor.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void send(List<Webhook> webhooks, BankTransaction transaction) {
        if (!suspended && !webhooks.isEmpty()) {
            // Serialized now, as later changes are not part of the notification.
            String body = TransactionJson.push(transaction).toString();
            webhooks.forEach(w -> schedule(w, transaction.id(), body, 1));
        }
    }

    void close() {
        executor.shutdownNow();
        calls.forEach(PushCall::cancel);
    }

    private void schedule(Webhook webhook, String transactionId, String body, int number) {
        long delay = number == 1 ? 0 : retryDelay.toMillis() << (number - 2);
        try {
            executor.schedule(() -> attempt(webhook, transactionId, body, number), delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The bank is closed.
        }
    }

    private void attempt(Webhook webhook, String transactionId, String body, int number) {
        Optional<String> url = publicUrls.resolve(webhook.url());
        int status = url.map(u -> call(u, body)).orElse(0);
        PushAttempt attempt = new PushAttempt(webhook, transactionId, number, url.orElse(null), status, ledger.now());
        synchronized (attempts) {
            attempts.add(attempt);
            attempts.notifyAll();
        }
        // Only now, as another thread may have ended the next one before this one is listed.
        if (url.isPresent() && !attempt.succeeded() && number < MOST_ATTEMPTS) {
            schedule(webhook, transactionId, body, number + 1);
        }
    }

    private int call(String url, String body) {
        PushCall call = new PushCall(url);
        calls.add(call);
        try {
            // The bank may have been closed before the call was listed.
            return executor.isShutdown() ? 0 : call.send(body);
        } finally {
            calls.remove(call);
        }
    }
}
