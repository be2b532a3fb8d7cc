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
package org.openhab.binding.monzo.internal.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Times;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.binding.monzo.internal.poll.PollJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Monzo notify a bridge of transactions: keeps the webhooks at Monzo in place, and makes the bridge refresh when a
 * notice arrives. Its errors never affect the bridge, which refreshes as often as without push until push works.
 */
@NonNullByDefault
public class Push implements WebhookEndpoint.Listener {

    private static final Duration MIN_TIME_BETWEEN_INTERVAL_CHANGES = Duration.ofMinutes(10);

    /** The time between attempts to repair push while a notice is missing; doubles with each one. */
    private static final Duration FIRST_REPAIR_DELAY = Duration.ofMinutes(10);

    private static final Duration MAX_REPAIR_DELAY = Duration.ofHours(24);

    private final Logger logger = LoggerFactory.getLogger(Push.class);

    private final String bridgeUid;
    private final boolean enabled;
    private final WebhookEndpoint endpoint;
    private final Clock clock;
    private final Listener listener;
    private final WebhookStore store;
    private final PushMonitor monitor;
    private final Webhooks webhooks;
    private final PollJob job;
    private final WebhookAddress address;

    private volatile @Nullable AccessToken formerToken;
    private volatile boolean bankReachable;
    private volatile Set<String> accounts = Set.of();
    private Set<String> formerlyShown = Set.of(); // by the last refresh, or by webhooks that are stored
    private volatile boolean intervalExtended;
    private Instant lastIntervalChange = Instant.MIN;
    private Instant lastRepair = Instant.MIN;
    private Duration repairDelay = FIRST_REPAIR_DELAY;

    /**
     * The state of push for the user, without anything that tells when a payment was made.
     */
    public enum Status {
        /** Not configured. */
        OFF,
        /** No public address is configured, and openHAB has no webhook service. */
        WAITING_FOR_SERVICE,
        /** The public address or the webhooks at Monzo are being requested. */
        SETTING_UP,
        /** The webhooks are registered; no notice has arrived since. */
        AWAITING_NOTICE,
        /** Notices arrive. */
        ON,
        /** A refresh found a change of which no notice arrived. */
        NOT_RECEIVING;

        /** Returns the key of the text that describes this state. */
        public String textKey() {
            return "push." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The bridge, as push uses it. */
    public interface Listener {

        /** A notice arrived: a refresh will probably find something new. */
        void onNotice();

        /** {@link Push#isReliable} returns a different value. */
        void onIntervalChanged();
    }

    /**
     * Creates a push that does nothing yet.
     *
     * @param client owned by the bridge
     * @param webhookUrl the public URL of {@code /connectmonzo/webhook} without a slash at its end, empty to use
     *     openHAB's webhook service, {@code null} without push
     */
    public Push(
            AuthenticatedClient client,
            @Nullable String webhookUrl,
            WebhookEndpoint endpoint,
            ScheduledExecutorService scheduler,
            Clock clock,
            Listener listener) {
        this.bridgeUid = client.bridgeUid();
        this.enabled = webhookUrl != null;
        this.endpoint = endpoint;
        this.clock = clock;
        this.listener = listener;
        store = endpoint.store(bridgeUid);
        monitor = new PushMonitor(clock);
        webhooks = new Webhooks(client, store, monitor, clock);
        job = new PollJob(scheduler, this::run);
        address = new WebhookAddress(bridgeUid, webhookUrl, store, endpoint.publicUrls(), job::runNow, clock);
    }

    /**
     * Receives notices from now on, and registers webhooks as soon as a refresh succeeds.
     *
     * @param former the token of another client that the bridge had before, to delete its webhooks; {@code null} for
     *     none
     */
    public void start(@Nullable AccessToken former) {
        formerToken = former;
        if (former != null) {
            job.runNow();
        }
        if (enabled) {
            store.createSecret();
            formerlyShown = store.accounts();
            endpoint.add(store.secret(), this);
            address.start();
            job.runNow();
        }
    }

    /** Ends push, but keeps the webhooks. */
    public void close() {
        endpoint.remove(this);
        address.close();
        webhooks.close();
        job.stop();
    }

    /**
     * Deletes the webhooks and the secret of a removed bridge, after {@link #close}. Blocks for requests to the bank,
     * for a limited time.
     */
    public void remove() {
        if (store.exists()) {
            webhooks.deleteAll();
            address.release();
            store.delete();
        }
    }

    /** Returns whether refreshes may be rare, as notices announce what changes. */
    public boolean isReliable() {
        return intervalExtended && !monitor.isAwaitingChange();
    }

    /** Returns the status for the user. */
    public Status status() {
        if (!enabled) {
            return Status.OFF;
        } else if (address.isServiceMissing()) {
            return Status.WAITING_FOR_SERVICE;
        } else if (registered().isEmpty()) {
            return Status.SETTING_UP;
        } else if (monitor.isMissing()) {
            return Status.NOT_RECEIVING;
        }
        return monitor.hasReceived() ? Status.ON : Status.AWAITING_NOTICE;
    }

    /** Returns the accounts with a webhook at the current address. */
    private Set<String> registered() {
        String url = address.url();
        return url == null ? Set.of() : webhooks.registered(url);
    }

    /**
     * Evaluates a refresh that succeeded.
     *
     * @param requests what it was to fetch for things
     */
    public void onSnapshot(BankSnapshot snapshot, DataRequests requests) {
        bankReachable = true;
        if (enabled) {
            // An account keeps its webhook until two refreshes show nothing of it: while openHAB starts, edits or moves
            // a thing, a refresh may miss it.
            Set<String> shown = requests.accounts(snapshot);
            Set<String> all = new HashSet<>(shown);
            all.addAll(formerlyShown);
            formerlyShown = shown;
            accounts = Set.copyOf(all);
            monitor.onSnapshot(snapshot, registered(), requests.transactions().keySet());
            evaluate();
        }
        Duration next = Times.min(untilCheck(), monitor.untilMissing());
        if (next != null && next.isZero()) {
            job.runNow();
        } else if (next != null) {
            job.runWithin(next);
        }
    }

    /** A refresh failed; nothing is requested until one succeeds. */
    public void onError(ErrorKind error) {
        bankReachable = false;
        if (error.recovery() != ErrorKind.Recovery.RETRY) {
            webhooks.checkSoon(); // the next login may have other webhooks
        }
    }

    /** The user has logged in again. */
    public void loggedIn() {
        bankReachable = false;
        webhooks.checkSoon();
    }

    /** A transfer of this bridge has moved money. */
    public void onTransfer() {
        monitor.onTransfer();
    }

    private @Nullable Duration run() {
        Duration untilAddress = address.update();
        evaluate();
        AccessToken former = formerToken;
        if (former != null) {
            formerToken = null;
            webhooks.deleteFormer(former);
        }
        if (bankReachable && untilCheck() != null) {
            webhooks.checkIfDue(accounts, address.url());
            if (!enabled && store.accounts().isEmpty()) {
                address.release();
            }
        }
        return Times.min(untilAddress, Times.min(bankReachable ? untilCheck() : null, monitor.untilMissing()));
    }

    /** Returns the time until the webhooks are to be checked, {@code null} for never. */
    private @Nullable Duration untilCheck() {
        boolean needed = enabled ? address.url() != null : !store.accounts().isEmpty();
        return needed ? webhooks.untilCheck(accounts, address.url()) : null;
    }

    /** Applies the findings of the monitor to the interval, and tries to repair what it finds broken. */
    private synchronized void evaluate() {
        Instant now = clock.instant();
        boolean complete = !accounts.isEmpty() && registered().containsAll(accounts);
        boolean extended = complete && monitor.isWorking();
        if (extended != intervalExtended) {
            Duration wait = Times.remaining(MIN_TIME_BETWEEN_INTERVAL_CHANGES, lastIntervalChange, now);
            if (!wait.isZero()) {
                job.runWithin(wait);
            } else {
                intervalExtended = extended;
                lastIntervalChange = now;
                logger.debug("{}: interval {}", bridgeUid, extended ? "extended, as push works" : "as without push");
                listener.onIntervalChanged();
            }
        }
        if (!monitor.isMissing()) {
            repairDelay = FIRST_REPAIR_DELAY;
        } else if (!Times.isRecent(repairDelay, lastRepair, now)) {
            logger.debug("{}: a notice is missing", bridgeUid);
            lastRepair = now;
            Duration doubled = repairDelay.multipliedBy(2);
            repairDelay = doubled.compareTo(MAX_REPAIR_DELAY) > 0 ? MAX_REPAIR_DELAY : doubled;
            address.renew();
            webhooks.checkSoon();
            job.runNow();
        }
    }

    // WebhookEndpoint.Listener

    @Override
    public void onNotice(String body) {
        Optional<String> accountId = WebhookEndpoint.accountId(body).filter(accounts::contains);
        if (accountId.isEmpty()) {
            logger.debug("{}: notice ignored", bridgeUid);
            return;
        }
        monitor.onNotice(accountId.get());
        listener.onNotice();
    }
}
