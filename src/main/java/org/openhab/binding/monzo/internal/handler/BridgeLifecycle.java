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
package org.openhab.binding.monzo.internal.handler;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AccessToken;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.auth.OAuthClientSettings;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.binding.monzo.internal.feed.FeedResult;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.binding.monzo.internal.poll.Poller;
import org.openhab.binding.monzo.internal.transfer.PotTransfers;
import org.openhab.binding.monzo.internal.webhook.Push;

/**
 * The state of a bridge with a valid configuration, from {@code initialize()} to {@code dispose()}: its login, its
 * poller and the data fetched since.
 * <p>
 * A refresh may outlast its lifecycle, and the next lifecycle may belong to a different user. So each change of state is
 * made under this object's lock and only while it is open.
 */
@NonNullByDefault
class BridgeLifecycle implements Poller.Listener, Push.Listener, PotTransfers.Login {

    private final MonzoBridgeHandler handler;
    private final TokenManager login;
    private final AuthenticatedClient client;
    private final Push push;
    private final Poller poller;
    private final OAuthClientSettings settings;
    private final boolean allowFeed;
    private final Feed feed;
    private final PotTransfers transfers;

    private volatile BankSnapshot snapshot = BankSnapshot.EMPTY;
    private volatile @Nullable ErrorKind error;
    private volatile boolean closed;

    /**
     * Creates a lifecycle that does nothing yet.
     *
     * @param api sends the requests of this bridge
     * @param login provides its tokens
     */
    BridgeLifecycle(
            MonzoBridgeHandler handler,
            BridgeServices services,
            BridgeConfiguration configuration,
            MonzoApi api,
            TokenManager login) {
        this.handler = handler;
        this.login = login;
        this.settings = configuration.oAuthClientSettings();
        this.client = new AuthenticatedClient(login, services.clock());
        String uid = handler.uid().getAsString();
        this.push = new Push(uid, configuration.pushSettings(), api, client, services.push(), this);
        this.poller = new Poller(uid, push::interval, api, client, this, services.scheduler(), services.clock());
        this.allowFeed = configuration.allowFeed;
        this.feed = new Feed(api, client, this::isOnline, uid, services.feedLimits(), services.scheduler());
        this.transfers = new PotTransfers(
                uid,
                configuration.transferSettings(),
                api,
                client,
                this,
                services.transfers(),
                services.texts(),
                services.scheduler(),
                services.clock());
    }

    /**
     * Starts polling, and receiving notices.
     *
     * @param former the token of another client that the bridge had before, {@code null} for none
     */
    void start(@Nullable AccessToken former) {
        push.start(former);
        poller.start();
    }

    /** Ends this lifecycle; a status update in progress completes first, a later one is ignored. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        push.close();
        poller.stop();
    }

    /** Returns the current token if the next configuration has another client of the same bank, else {@code null}. */
    @Nullable
    AccessToken tokenUnlessOf(OAuthClientSettings next) {
        return next.isSameBank(settings) && !next.isSameClient(settings) ? tokenInUse() : null;
    }

    /** Returns the error that the status shows, {@code null} for none. */
    @Nullable
    ErrorKind error() {
        return error;
    }

    Push push() {
        return push;
    }

    TokenManager login() {
        return login;
    }

    Poller poller() {
        return poller;
    }

    PotTransfers transfers() {
        return transfers;
    }

    /** Shows a message in the feed of an account; see {@link Feed#post}. */
    FeedResult postToFeed(String accountId, FeedMessage message) {
        if (!allowFeed) {
            return FeedResult.NOT_ALLOWED;
        } else if (!handler.isOnline()) {
            return FeedResult.LOGIN_OFFLINE;
        }
        Optional<AccountSnapshot> account = snapshot.account(accountId);
        if (account.isEmpty()) {
            return FeedResult.ACCOUNT_UNKNOWN;
        }
        return account.get().isOpen() ? feed.post(accountId, message) : FeedResult.ACCOUNT_CLOSED;
    }

    // PotTransfers.Login

    @Override
    public BankSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public boolean isOnline() {
        return !closed && handler.isOnline();
    }

    @Override
    public void onTransfer() {
        push.onTransfer();
        poller.refreshAfterTransfer();
    }

    // Poller.Listener

    @Override
    public DataRequests dataRequests() {
        return closed ? DataRequests.none() : handler.children().dataRequests(snapshot);
    }

    @Override
    public void onSnapshot(BankSnapshot fetched) {
        synchronized (this) {
            if (closed) {
                return;
            }
            snapshot = fetched;
            error = null;
            handler.setOnline();
            handler.setOwner(fetched.customerName(login.userId()));
        }
        // Not under the lock, as children call the bridge under their own; each uses the snapshot current at that
        // time.
        handler.children().update();
        push.onSnapshot(fetched, dataRequests());
        transfers.prune();
        notifyDiscovery();
    }

    @Override
    public void onError(ErrorKind error) {
        boolean isLoginMissing = error == ErrorKind.LOGIN_MISSING;
        synchronized (this) {
            if (closed) {
                return;
            }
            failed(error);
            if (isLoginMissing) {
                // The next login may be of a different user.
                snapshot = BankSnapshot.EMPTY;
                handler.children().reset();
                handler.setOwner(Optional.empty());
            }
        }
        push.onError(error);
        if (isLoginMissing) {
            notifyDiscovery();
        }
    }

    // Push.Listener

    @Override
    public void onNotice() {
        poller.refreshOnNotice();
    }

    @Override
    public void onIntervalChanged() {
        poller.applyInterval();
    }

    private void notifyDiscovery() {
        if (!closed) {
            handler.notifyDiscovery();
        }
    }

    private void failed(ErrorKind error) {
        this.error = error;
        handler.setStatus(ErrorStatus.ofBridge(error));
    }

    /** Completes a login; see {@link MonzoBridgeHandler#logIn}. */
    LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        try {
            return login.logIn(code, redirectUrl);
        } catch (MonzoException e) {
            synchronized (this) { // another login may succeed in the meantime
                if (!closed && affectsStatus(e.kind(), error)) {
                    failed(e.kind());
                }
            }
            throw e;
        }
    }

    /**
     * Returns whether a failed login affects the status as well as the page. Anyone on the home network can start a
     * login with an invented code, which must not replace the status of a stored login. A login as a different user
     * requires a Monzo account and access to this client.
     */
    private static boolean affectsStatus(ErrorKind failure, @Nullable ErrorKind present) {
        return switch (failure) {
            case OTHER_PERSON -> present != null && present.recovery() == ErrorKind.Recovery.REAUTHORIZE;
            case LOGIN_REFUSED, CLIENT_REFUSED ->
                present == ErrorKind.LOGIN_MISSING || present == ErrorKind.LOGIN_UNREADABLE;
            default -> false;
        };
    }

    /** Starts polling with new tokens. */
    void loggedIn() {
        synchronized (this) {
            if (closed) {
                return;
            }
            failed(ErrorKind.NOT_PERMITTED); // until a refresh succeeds
        }
        push.loggedIn();
        poller.start();
    }

    /** Returns the current access token, {@code null} if not logged in. */
    @Nullable
    AccessToken tokenInUse() {
        return login.tokenInUse();
    }

    /** Returns the time until the next refresh, {@code null} if none is scheduled. */
    @Nullable
    Duration untilNextRefresh() {
        return poller.untilNextRefresh();
    }
}
