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
package org.openhab.binding.monzo.internal.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps looking at the bank in the name of one login, and decides after each look when the next one is due.
 */
@NonNullByDefault
public class Poller {

    /** A picture younger than this is as good as a new one. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Commands to many items come one by one; those within this time become one look. */
    private static final Duration GATHER = Duration.ofSeconds(1);

    private final Logger logger = LoggerFactory.getLogger(Poller.class);

    private final String name;
    private final Duration interval;
    private final TokenManager login;
    private final Listener listener;
    private final Clock clock;
    private final AuthenticatedClient session;
    private final SnapshotReader reader;
    private final PollJob loop;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());

    private final ApprovalPolling approval;

    private final AtomicInteger starts = new AtomicInteger();
    private volatile boolean healthy;
    private volatile boolean awaitingApproval;
    private volatile Instant lastLook = Instant.MIN;

    /** Hears what each look brought. Not called any more after {@link Poller#stop}. */
    public interface Listener {

        /** What the things need to know of the bank now; asked before each look. */
        DataRequests dataRequests();

        /** A look succeeded, if perhaps not for each single account. */
        void seen(BankSnapshot picture);

        /** A look failed; everything seen before stays valid. */
        void failed(ErrorKind error);
    }

    /**
     * Makes a watch that does nothing yet.
     *
     * @param name of the login, for the debug log
     * @param interval between looks while all is well
     * @param scheduler runs the looks
     */
    public Poller(
            String name,
            Duration interval,
            MonzoApi api,
            TokenManager login,
            Listener listener,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.name = name;
        this.interval = interval;
        this.login = login;
        this.listener = listener;
        this.clock = clock;
        this.approval = new ApprovalPolling(interval, clock);
        this.session = new AuthenticatedClient(login, clock);
        this.reader = new SnapshotReader(api, session, clock);
        this.loop = new PollJob(scheduler, this::look);
    }

    /** Looks at everything at once: at the start and after a login. */
    public void start() {
        starts.incrementAndGet();
        backoff.reset();
        approval.begin();
        reader.requestFullRefresh();
        loop.runNow();
    }

    /**
     * Looks every few seconds for some minutes if an approval in the Monzo app is missing, for somebody who waits for
     * it. However often this is called, there is no more than one look every few seconds.
     */
    public void expectApproval() {
        approval.expect();
        if (awaitingApproval) {
            loop.runWithin(ApprovalPolling.QUICK);
        }
    }

    /** Ends watching for good. */
    public void stop() {
        loop.stop();
    }

    /** Looks soon, once for however many callers. Not while the bank is in trouble or the person has to act. */
    public void lookSoon() {
        if (healthy && !isFresh() && !loop.isRunning()) {
            loop.runWithin(GATHER);
        }
    }

    /** Looks soon at what a thing that is new wants; a look under way, if only the first, may have begun without it. */
    public void lookForNewThing() {
        if (healthy || loop.isRunning()) {
            loop.runWithin(GATHER);
        }
    }

    /** Looks soon at everything there is, for a scan. */
    public void refreshAll() {
        reader.requestFullRefresh();
        if (healthy) {
            loop.runWithin(Duration.ZERO);
        }
    }

    /**
     * Looks now, also while the bank is in trouble.
     *
     * @return whether it does; not while the person has to log in first
     */
    public boolean lookNow() {
        reader.requestFullRefresh();
        loop.runWithin(Duration.ZERO);
        return loop.isAlive();
    }

    /** The time to the next look, {@code null} when none is planned. */
    public @Nullable Duration untilNextLook() {
        return loop.untilNextRun();
    }

    private boolean isFresh() {
        Instant last = lastLook;
        Instant now = clock.instant();
        return !last.isAfter(now) && last.plus(FRESH).isAfter(now);
    }

    private @Nullable Duration look() {
        int start = starts.get();
        awaitingApproval = false;
        try {
            BankSnapshot picture = reader.read(listener.dataRequests());
            AccessToken answered = session.answered();
            if (answered != null) {
                login.approved(answered);
            }
            if (start != starts.get()) {
                return null; // seen with an earlier login; the look at the new one follows at once
            }
            backoff.reset();
            Duration retryAfter = reader.retryAfter();
            healthy = retryAfter == null;
            lastLook = clock.instant();
            if (!loop.isStopped()) {
                listener.seen(picture);
            }
            Duration next = shorter(interval, reader.untilSearch());
            return retryAfter == null || retryAfter.compareTo(next) < 0 ? next : retryAfter;
        } catch (MonzoException e) {
            if (start != starts.get()) {
                return null;
            }
            healthy = false;
            loop.forgetHaste();
            ErrorKind error =
                    e.kind() == ErrorKind.NOT_PERMITTED && login.isApproved() ? ErrorKind.APPROVAL_WITHDRAWN : e.kind();
            logger.debug("{}: {}: {}", name, error, e.getMessage());
            if (!loop.isStopped()) {
                listener.failed(error);
            }
            return afterFailure(error, e.retryAfter());
        }
    }

    private static Duration shorter(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) < 0 ? one : other;
    }

    private @Nullable Duration afterFailure(ErrorKind error, @Nullable Duration retryAfter) {
        return switch (error.recovery()) {
            case REAUTHORIZE -> null;
            case AWAIT_APPROVAL -> {
                // What comes after the approval is a first look.
                reader.requestFullRefresh();
                awaitingApproval = true;
                yield approval.next(error == ErrorKind.APPROVAL_WITHDRAWN);
            }
            case RETRY, REFRESH_TOKEN, NONE -> retryAfter == null ? backoff.next() : retryAfter;
        };
    }
}
