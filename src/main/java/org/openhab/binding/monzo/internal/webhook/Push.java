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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.WEBHOOK_PATH;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.Balance;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.Fetched;
import org.openhab.binding.monzo.internal.model.PushStatus;
import org.openhab.binding.monzo.internal.model.PushStatus.State;
import org.openhab.binding.monzo.internal.model.TransactionWindow;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.binding.monzo.internal.poll.PollJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Monzo notify a bridge of transactions: keeps the webhooks at Monzo in place, and tells the bridge to refresh when
 * a notice comes. Its errors never affect the bridge, which refreshes as often as without push until push works.
 */
@NonNullByDefault
public class Push implements Notices.Listener {

    private final Logger logger = LoggerFactory.getLogger(Push.class);

    private final String name;
    private final PushSettings settings;
    private final PushServices services;
    private final Listener listener;
    private final WebhookStore store;
    private final Webhooks webhooks;
    private final PushMonitor monitor;
    private final WebhookKeeper keeper;
    private final NoticeVerifier verifier;
    private final PollJob job;
    private final AddressSource addresses;

    private volatile boolean bankReachable;
    private volatile Set<String> accounts = Set.of();
    private volatile boolean intervalExtended;
    private boolean noticeMissing;

    /** The bridge, as push uses it. */
    public interface Listener {

        /** Ignores everything. */
        Listener NONE = new Listener() {
            @Override
            public void onNotice() {
                // Nothing to refresh.
            }

            @Override
            public void onIntervalChanged() {
                // Nothing to refresh.
            }
        };

        /** A notice came: a refresh will probably find something new. */
        void onNotice();

        /** {@link Push#interval} returns a different value. */
        void onIntervalChanged();
    }

    /**
     * Creates a push that does nothing yet.
     *
     * @param name the bridge's UID
     * @param client owned by the bridge
     */
    public Push(
            String name,
            PushSettings settings,
            MonzoApi api,
            AuthenticatedClient client,
            PushServices services,
            Listener listener) {
        this.name = name;
        this.settings = settings;
        this.services = services;
        this.listener = listener;
        store = services.stores().of(name);
        webhooks = new Webhooks(name, api, client, store);
        monitor = new PushMonitor(services.clock());
        keeper = new WebhookKeeper(name, webhooks, monitor, services.clock());
        verifier = new NoticeVerifier(name, api, client, monitor, services.clock());
        job = new PollJob(services.scheduler(), this::run);
        addresses = addresses();
    }

    private AddressSource addresses() {
        if (!settings.enabled()) {
            return new FixedAddress(null);
        }
        return settings.webhookUrl().isEmpty()
                ? new ServiceAddress(name, localPath(), services.webhookService(), job::runNow, services.clock())
                : new FixedAddress(new PublicAddress(settings.webhookUrl() + "/" + store.secret(), null));
    }

    private String localPath() {
        return WEBHOOK_PATH + "/" + store.secret();
    }

    /** Receives notices from now on, and registers webhooks as soon as a refresh succeeds. */
    public void start() {
        if (settings.enabled()) {
            services.notices().add(store.secret(), this);
            job.runNow();
        }
    }

    /** Ends push, but keeps the webhooks. */
    public void close() {
        services.notices().remove(this);
        addresses.close();
        webhooks.close();
        job.stop();
    }

    /**
     * Deletes the webhooks and the secret of a removed bridge, after {@link #close}. Blocks for requests to the bank,
     * for a limited time.
     */
    public void remove() {
        if (store.exists()) {
            webhooks.deleteAll(services.clock());
            services.webhookService().release(localPath());
            store.delete();
        }
    }

    /** Returns the interval between refreshes, which is longer while push works. */
    public Duration interval() {
        return intervalExtended ? settings.pushInterval() : settings.refreshInterval();
    }

    /** Returns the status for the user. */
    public PushStatus status() {
        if (!settings.enabled()) {
            return PushStatus.OFF;
        }
        State state = State.SETTING_UP;
        if (addresses.isServiceMissing()) {
            state = State.WAITING_FOR_SERVICE;
        } else if (!registered().isEmpty()) {
            state = monitor.isMissing() ? State.NOT_GETTING_THROUGH : State.ON;
        }
        Instant last = monitor.lastNotice();
        return new PushStatus(
                state, last == null ? null : last.atZone(services.zone().get()));
    }

    /** Returns the accounts with a webhook at the current address. */
    private Set<String> registered() {
        PublicAddress address = addresses.current();
        return address == null ? Set.of() : keeper.registered(address.url());
    }

    /**
     * Evaluates a refresh that succeeded.
     *
     * @param requests the data that things need
     */
    public void onSnapshot(BankSnapshot snapshot, DataRequests requests) {
        bankReachable = true;
        if (settings.enabled()) {
            accounts = requests.accounts(snapshot);
            Set<String> registered = registered();
            monitor.onSnapshot(snapshot.openAccounts()
                    .filter(account -> registered.contains(account.id()))
                    .map(account -> view(account, snapshot.refresh()))
                    .toList());
            evaluate();
        }
        if (isWorkDue()) {
            job.runNow();
        }
    }

    private static PushMonitor.AccountView view(AccountSnapshot account, long refresh) {
        Fetched<TransactionWindow> transactions = account.transactions();
        TransactionWindow window = transactions.fetchedBy() == refresh ? transactions.value() : null;
        return new PushMonitor.AccountView(
                account.id(),
                account.balance().valueOf(refresh).map(Balance::balance).orElse(null),
                window == null ? null : window.transactions());
    }

    private boolean isWorkDue() {
        PublicAddress address = addresses.current();
        if (settings.enabled()) {
            return address != null && keeper.isDue(accounts, address.url()) || monitor.hasUnverified();
        }
        return !store.accounts().isEmpty() && keeper.isDue(Set.of(), null);
    }

    /** A refresh failed; nothing is requested until one succeeds. */
    public void onError(ErrorKind error) {
        bankReachable = false;
        if (error.recovery() != ErrorKind.Recovery.RETRY) {
            keeper.requestCheck(); // the next login may have other webhooks
        }
    }

    /** The user has logged in again. */
    public void loggedIn() {
        bankReachable = false;
        keeper.requestCheck();
    }

    private @Nullable Duration run() {
        Duration untilAddress = addresses.update();
        Duration untilCheck = null;
        Duration untilVerification = null;
        PublicAddress address = addresses.current();
        if (bankReachable && address != null) {
            untilVerification = verifier.verify();
            evaluate();
            untilCheck = keeper.keep(accounts, address.url());
        } else if (bankReachable && !settings.enabled() && !store.accounts().isEmpty()) {
            untilCheck = keeper.keep(Set.of(), null);
            if (store.accounts().isEmpty()) {
                services.webhookService().release(localPath());
                untilCheck = null;
            }
        }
        evaluate();
        return Stream.of(untilAddress, untilCheck, untilVerification)
                .filter(Objects::nonNull)
                .min(Duration::compareTo)
                .orElse(null);
    }

    /** Applies what the monitor has found to the interval, and to the next check of the webhooks. */
    private synchronized void evaluate() {
        boolean isMissing = monitor.isMissing();
        if (isMissing && !noticeMissing) {
            logger.debug("{}: a notice is missing", name);
            keeper.suspect();
        }
        noticeMissing = isMissing;
        boolean isComplete = !accounts.isEmpty() && registered().containsAll(accounts);
        boolean extended = isComplete && monitor.isWorking() && !monitor.isAwaiting();
        if (extended != intervalExtended) {
            intervalExtended = extended;
            logger.debug(
                    "{}: refreshing {}", name, extended ? "less often, as push works" : "as often as without push");
            listener.onIntervalChanged();
        }
    }

    // Notices.Listener

    @Override
    public void onNotice(String body) {
        Optional<TransactionNotice> notice =
                TransactionNotice.parse(body).filter(parsed -> accounts.contains(parsed.accountId()));
        if (notice.isEmpty()) {
            logger.debug("{}: notice ignored", name);
            return;
        }
        boolean isVerificationPending = monitor.hasUnverified();
        monitor.onNotice(notice.get());
        evaluate();
        listener.onNotice();
        if (!isVerificationPending && monitor.hasUnverified()) {
            job.runNow();
        }
    }
}
