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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the bank with one login and schedules the next refresh after each one.
 */
@NonNullByDefault
public class Poller {

    /** Refresh commands do not cause a refresh before a snapshot has this age. */
    private static final Duration MIN_AGE = Duration.ofSeconds(5);

    /** Refresh commands to several items within this time are combined into one refresh. */
    private static final Duration COALESCE_DELAY = Duration.ofSeconds(1);

    /** Any number of changes cause no more than one refresh in this time. */
    private static final Duration CHANGE_INTERVAL = Duration.ofSeconds(2);

    private final Logger logger = LoggerFactory.getLogger(Poller.class);

    private final Supplier<Duration> interval;
    private final Listener listener;
    private final Clock clock;
    private final AuthenticatedClient client;
    private final SnapshotReader reader;
    private final PollJob job;
    private final Backoff backoff = new Backoff();

    private final ApprovalPolling approval;

    private final AtomicInteger starts = new AtomicInteger();
    private boolean bugReported; // accessed only during refreshes, which never run concurrently
    private volatile boolean healthy;
    private volatile boolean awaitingApproval;
    private volatile boolean approvalMissing;
    private volatile Instant lastRefresh = Instant.MIN;

    /**
     * Supplies the required data and receives the results of refreshes; after {@link Poller#stop}, only that of one in
     * progress.
     */
    public interface Listener {

        /** Called before each refresh; returns the data that things require. */
        DataRequests beginRefresh();

        /** Called after a successful refresh, in which single accounts may have errors. */
        void onSnapshot(BankSnapshot snapshot);

        /** Called after a failed refresh; earlier data stays valid. */
        void onError(ErrorKind error);
    }

    /**
     * Creates a poller, which does nothing until it is started.
     *
     * @param client sends the login's requests
     * @param interval the current time between refreshes without errors, at first the shortest one
     * @param scheduler runs the refreshes
     */
    public Poller(
            AuthenticatedClient client,
            Supplier<Duration> interval,
            Listener listener,
            ScheduledExecutorService scheduler,
            Clock clock) {
        this.client = client;
        this.interval = interval;
        this.listener = listener;
        this.clock = clock;
        this.approval = new ApprovalPolling(interval.get(), clock);
        this.reader = new SnapshotReader(client, clock);
        this.job = new PollJob(scheduler, this::poll);
    }

    /** Starts a full refresh now: on startup and after a login. */
    public void start() {
        starts.incrementAndGet();
        backoff.reset();
        approval.begin();
        reader.requestFullRefresh();
        job.runNow();
    }

    /**
     * Polls every few seconds for some minutes if access is not approved in the Monzo app, for a user waiting on the
     * login page. Frequent calls do not increase the number of requests.
     */
    public void expectApproval() {
        approval.expect();
        if (awaitingApproval) {
            job.runWithin(ApprovalPolling.QUICK);
        }
    }

    /** Stops polling permanently. */
    public void stop() {
        job.stop();
    }

    /**
     * Refreshes soon, once for any number of calls; five seconds after a refresh that was a moment ago or is in
     * progress. Does nothing after an error, so that backoff is kept.
     */
    public void refreshSoon() {
        refresh(COALESCE_DELAY, MIN_AGE);
    }

    /** Refreshes soon for a new thing, also after a refresh in progress, which may have started without it. */
    public void refreshForNewThing() {
        if (healthy || job.isRunning()) {
            reader.requestPots();
            job.runWithin(COALESCE_DELAY);
        }
    }

    /**
     * Refreshes now because a notice or a transfer of openHAB tells of a change or, if the last refresh was a moment ago
     * or is in progress, two seconds later: many of them may come at once. Does nothing after an error: anyone who knows
     * the webhook's URL could otherwise defeat the backoff.
     */
    public void refreshAfterChange() {
        refresh(Duration.ZERO, CHANGE_INTERVAL);
    }

    private void refresh(Duration delay, Duration minAge) {
        boolean running = job.isRunning();
        if (!healthy && !running) {
            return;
        }
        reader.requestPots();
        Instant now = clock.instant();
        Instant last = running ? now : lastRefresh;
        job.runWithin(Times.max(Times.remaining(minAge, last, now), delay));
    }

    /** Applies an interval that has become shorter to the next refresh, too. */
    public void applyInterval() {
        if (healthy) {
            job.runWithin(interval.get());
        }
    }

    /** Requests a full refresh for a scan; starts it now unless the last refresh failed. */
    public void refreshAll() {
        reader.requestFullRefresh();
        if (healthy) {
            job.runWithin(Duration.ZERO);
        }
    }

    /**
     * Starts a full refresh now, also after an error.
     *
     * @return whether it was scheduled; {@code false} while a new login is required
     */
    public boolean refreshAllNow() {
        reader.requestFullRefresh();
        job.runWithin(Duration.ZERO);
        return job.isAlive();
    }

    /** Returns the time until the next refresh, {@code null} if none is scheduled. */
    public @Nullable Duration untilNextRefresh() {
        return job.untilNextRun();
    }

    /** Returns the time until transactions refused with a 403 are requested again, {@code null} for none. */
    public @Nullable Duration untilRefusedTransactions() {
        return reader.untilRefused();
    }

    /** Returns the time of the last successful refresh, {@code null} before the first one. */
    public @Nullable Instant lastRefresh() {
        Instant last = lastRefresh;
        return last.equals(Instant.MIN) ? null : last;
    }

    private @Nullable Duration poll() {
        int start = starts.get();
        awaitingApproval = false;
        try {
            BankSnapshot snapshot = read();
            client.storeApproval(approvalMissing);
            approvalMissing = false;
            if (start != starts.get()) {
                return null; // fetched with an earlier login; a refresh with the new one is already scheduled
            }
            backoff.reset();
            healthy = true;
            lastRefresh = clock.instant();
            listener.onSnapshot(snapshot);
            return Times.min(interval.get(), reader.untilConfirmation());
        } catch (MonzoException e) {
            if (start != starts.get()) {
                return null;
            }
            healthy = false;
            job.clearMaxDelay();
            ErrorKind error = e.kind() == ErrorKind.NOT_PERMITTED && client.isApproved()
                    ? ErrorKind.APPROVAL_WITHDRAWN
                    : e.kind();
            logger.debug("{}: {}: {}", client.bridgeUid(), error, e.getMessage());
            listener.onError(error);
            return afterFailure(error, e.retryAfter());
        }
    }

    /** Reads a snapshot; a bug is an error too, so that old data is not shown as current. */
    private BankSnapshot read() throws MonzoException {
        try {
            return reader.read(listener.beginRefresh());
        } catch (RuntimeException e) {
            if (bugReported) {
                logger.debug("{}: unexpected error while refreshing", client.bridgeUid(), e);
            } else {
                bugReported = true;
                logger.warn("{}: unexpected error while refreshing; please report a bug", client.bridgeUid(), e);
            }
            throw new MonzoException(ErrorKind.INVALID_RESPONSE, "unexpected error", e);
        }
    }

    private @Nullable Duration afterFailure(ErrorKind error, @Nullable Duration retryAfter) {
        return switch (error.recovery()) {
            case REAUTHORIZE -> null;
            case AWAIT_APPROVAL -> {
                // The refresh after the approval is the first one that can read anything.
                reader.requestFullRefresh();
                awaitingApproval = true;
                approvalMissing = true;
                yield approval.next(error == ErrorKind.APPROVAL_WITHDRAWN);
            }
            case RETRY, REFRESH_TOKEN -> Times.max(backoff.next(), retryAfter);
        };
    }
}
