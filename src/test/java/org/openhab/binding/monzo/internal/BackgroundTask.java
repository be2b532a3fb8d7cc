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
package org.openhab.binding.monzo.internal;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A task of a test in a background thread, which the test can await.
 */
final class BackgroundTask {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Thread thread;
    private final CompletableFuture<Object> result = new CompletableFuture<>();

    private BackgroundTask(Callable<?> task) {
        thread = new Thread(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    static BackgroundTask run(Runnable task) {
        return new BackgroundTask(() -> {
            task.run();
            return null;
        });
    }

    static BackgroundTask call(Callable<?> task) {
        return new BackgroundTask(task);
    }

    /** Waits until the task is blocked by another thread. */
    BackgroundTask awaitBlocked() {
        until("the task waits", this::isWaiting);
        return this;
    }

    /** Waits until the task is done or blocked by a lock that another thread holds. */
    BackgroundTask awaitDoneOrBlocked() {
        until("the task ends or is blocked", () -> result.isDone() || thread.getState() == Thread.State.BLOCKED);
        return this;
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Returns whether the task is blocked by another thread. */
    boolean isWaiting() {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    /** Waits for the task, and returns its result or throws its exception. */
    Object join() {
        try {
            return result.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Timed out waiting until " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
