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
package org.openhab.binding.monzo.internal.connection;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.PROPERTY_APPROVED;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.PROPERTY_OWNER;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.RequestStatistics;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.AuthorizationFlow.LoginResult;
import org.openhab.binding.monzo.internal.auth.OAuthClient;
import org.openhab.binding.monzo.internal.auth.OAuthClient.AccessToken;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.binding.monzo.internal.poll.Poller;
import org.openhab.binding.monzo.internal.transfer.PotTransfers;
import org.openhab.binding.monzo.internal.webhook.Push;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;

/**
 * The connection of a bridge from {@code initialize()} to {@code dispose()}, with any configuration: its login, its
 * poller and the data fetched since. Pages, console, discovery, transfers, rules and things use it.
 * <p>
 * A refresh may outlast its connection, and the next connection may belong to a different user. So each change of state
 * is made under this object's lock and only while it is open.
 */
@NonNullByDefault
public class MonzoConnection implements Poller.Listener, Push.Listener, PotTransfers.Login {

    private final ConnectedBridge bridge;
    private final ConnectionRegistry connections;
    private final BridgeConfiguration configuration;
    private final OAuthClient.Settings settings;
    private final @Nullable String problem;
    private final MonzoApi api;
    private final TokenManager tokens;
    private final Push push;
    private final Poller poller;
    private final Feed feed;
    private final PotTransfers transfers;

    private volatile DataRequests requested = DataRequests.none();
    private volatile BankSnapshot snapshot = BankSnapshot.EMPTY;
    private volatile @Nullable ErrorKind error;
    private volatile boolean closed;

    /**
     * Creates a connection that does nothing yet.
     *
     * @param entered the configuration as openHAB stores it
     * @param statistics counts its requests
     */
    MonzoConnection(
            ConnectedBridge bridge,
            BridgeConfiguration configuration,
            Configuration entered,
            RequestStatistics statistics,
            ConnectionRegistry connections) {
        this.bridge = bridge;
        this.connections = connections;
        this.configuration = configuration;
        problem = configuration.validate(entered);
        String uid = uid().getAsString();
        settings = configuration.oAuthClientSettings();
        api = new MonzoApi(settings.apiUrl(), connections.http, connections.clock, statistics);
        tokens = connections.tokenManagers.of(uid);
        AuthenticatedClient client = new AuthenticatedClient(tokens, settings, api, connections.clock);
        ScheduledExecutorService scheduler = connections.scheduler;
        push = new Push(client, configuration.pushUrl(), connections.webhooks, scheduler, connections.clock, this);
        poller =
                new Poller(client, () -> configuration.interval(push.isReliable()), this, scheduler, connections.clock);
        feed = new Feed(client, this::isOnline, connections.feedLimits, scheduler);
        transfers = new PotTransfers(
                client,
                configuration.transferSettings(),
                this,
                connections.transfers,
                connections.texts,
                scheduler,
                connections.clock);
    }

    /** Starts polling and receiving notices, or shows what is wrong with the configuration. */
    public void start() {
        connections.add(this); // before the login is used, so that the removal of a former bridge leaves it alone
        String invalid = problem;
        if (invalid != null) {
            bridge.setStatus(new ThingStatusInfo(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, invalid));
            return;
        }
        bridge.setStatus(new ThingStatusInfo(ThingStatus.UNKNOWN, ThingStatusDetail.NONE, null));
        push.start(tokens.configure(settings, api));
        poller.start();
    }

    /** Closes this connection; a status update in progress completes first, a later one is ignored. */
    public void close() {
        connections.remove(this);
        synchronized (this) {
            closed = true;
        }
        push.close();
        poller.stop();
    }

    /**
     * Deletes the webhooks, the tokens and the details of transfers of a removed bridge, after {@link #close}, in the
     * background. Does nothing if the bridge was added again meanwhile.
     *
     * @param removed called at the end
     */
    public void remove(Runnable removed) {
        if (tokens.settings() == null) { // the configuration is invalid, but tokens may be stored from before
            tokens.configure(settings, api);
        }
        connections.scheduler.execute(() -> {
            try {
                remove();
            } finally {
                removed.run();
            }
        });
    }

    private void remove() {
        if (isAddedAgain()) {
            return;
        }
        connections.transfers.forgetDetails(uid().getAsString());
        push.remove(); // needs the login
        tokens.logOut(this::isAddedAgain);
    }

    private boolean isAddedAgain() {
        return connections.connection(uid().getAsString()) != null;
    }

    public Bridge getThing() {
        return bridge.getThing();
    }

    /** Returns a thing of this login, empty for another one. */
    public Optional<Thing> thing(String uid) {
        return bridge.getThing().getThings().stream()
                .filter(thing -> thing.getUID().getAsString().equals(uid))
                // openHAB keeps a thing that was moved with its former bridge, too.
                .filter(thing -> uid().equals(thing.getBridgeUID()))
                .findFirst();
    }

    public ThingUID uid() {
        return bridge.getThing().getUID();
    }

    /** Returns the label of the bridge if openHAB has several, otherwise {@code null}. */
    public @Nullable String distinctLabel() {
        return connections.distinctLabel(this);
    }

    public MonzoTexts texts() {
        return connections.texts;
    }

    public Poller poller() {
        return poller;
    }

    public PotTransfers transfers() {
        return transfers;
    }

    /** Returns the statistics of the requests since the bridge's handler was created. */
    public RequestStatistics statistics() {
        return api.statistics();
    }

    /** Returns the error that an OFFLINE status shows, {@code null} if the configuration is invalid. */
    public @Nullable ErrorKind error() {
        return error;
    }

    /** Returns the number of open accounts in the latest snapshot, 0 before the first one. */
    public int accountCount() {
        return (int) snapshot.openAccounts().count();
    }

    /** Returns whether Monzo's notices reach the bridge. */
    public Push.Status pushStatus() {
        return problem == null ? push.status() : Push.Status.OFF;
    }

    /**
     * Returns the redirect URL of a valid configuration, {@code null} to use openHAB's address as seen by the browser.
     */
    public @Nullable String callbackUrl() {
        return configuration.redirectUrl();
    }

    /** Returns the settings that differ from their defaults; see {@link BridgeConfiguration#changedSettings}. */
    public List<String> changedSettings() {
        return configuration.changedSettings();
    }

    /** Shows a message in the feed of an account; see {@link Feed#post}. */
    public Feed.Result postToFeed(String accountId, FeedMessage message) {
        if (!configuration.allowFeed) {
            return Feed.Result.NOT_ALLOWED;
        } else if (!isOnline()) {
            return Feed.Result.LOGIN_OFFLINE;
        }
        Optional<AccountSnapshot> account = snapshot.account(accountId);
        if (account.isEmpty()) {
            return Feed.Result.ACCOUNT_UNKNOWN;
        }
        return account.get().isOpen() ? feed.post(accountId, message) : Feed.Result.ACCOUNT_CLOSED;
    }

    // PotTransfers.Login

    /** Returns the latest snapshot, {@link BankSnapshot#EMPTY} before the first one. */
    @Override
    public BankSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public boolean isOnline() {
        return !closed && bridge.getThing().getStatus() == ThingStatus.ONLINE;
    }

    @Override
    public void onTransfer() {
        push.onTransfer();
        poller.refreshAfterChange();
    }

    // Poller.Listener

    @Override
    public DataRequests beginRefresh() {
        DataRequests current = closed ? DataRequests.none() : bridge.beginRefresh(snapshot);
        requested = current;
        return current;
    }

    @Override
    public void onSnapshot(BankSnapshot fetched) {
        synchronized (this) {
            if (closed) {
                return;
            }
            snapshot = fetched;
            error = null;
            bridge.setStatus(new ThingStatusInfo(ThingStatus.ONLINE, ThingStatusDetail.NONE, null));
            bridge.setProperty(PROPERTY_OWNER, fetched.userName(tokens.userId()));
            bridge.setProperty(PROPERTY_APPROVED, approved().map(LocalDate::toString));
        }
        // Not under the lock, as children call the bridge under their own; each uses the snapshot current at that
        // time.
        bridge.updateThings();
        push.onSnapshot(fetched, requested);
        connections.transfers.prune();
        connections.refreshed(this);
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
                bridge.resetThings();
                bridge.setProperty(PROPERTY_OWNER, Optional.empty());
                bridge.setProperty(PROPERTY_APPROVED, Optional.empty());
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
        poller.refreshAfterChange();
    }

    @Override
    public void onIntervalChanged() {
        poller.applyInterval();
    }

    private void notifyDiscovery() {
        if (!closed) {
            bridge.notifyDiscovery();
        }
    }

    private void failed(ErrorKind error) {
        this.error = error;
        bridge.setStatus(ErrorStatus.ofBridge(error));
    }

    // The login

    /** Returns whether the configuration allows a login. */
    public boolean canLogIn() {
        return problem == null;
    }

    /** Returns the URL at Monzo to redirect the browser to; see {@link OAuthClient.Settings#authorizationUrl}. */
    public String authorizationUrl(String redirectUrl, String state) {
        return settings.authorizationUrl(redirectUrl, state);
    }

    /**
     * Completes a login. Blocks for requests to the bank.
     *
     * @return how the tokens were used; the caller then calls {@link #loggedIn} of the connection for which they were
     *     stored
     * @throws MonzoException if the bank or the bridge rejects the login; the previous tokens are then kept
     */
    public LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        if (problem != null) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the configuration is invalid");
        }
        try {
            return tokens.logIn(code, redirectUrl);
        } catch (MonzoException e) {
            synchronized (this) { // another login may succeed in the meantime
                if (!closed && ErrorStatus.isChangedByLogin(e.kind(), error)) {
                    failed(e.kind());
                }
            }
            throw e;
        }
    }

    /** Starts polling with the tokens that were stored for this bridge. */
    public void loggedIn() {
        synchronized (this) {
            if (closed || problem != null) {
                return;
            }
            failed(ErrorKind.NOT_PERMITTED); // until a refresh succeeds
        }
        push.loggedIn();
        poller.start();
    }

    /** Returns the day of the latest approval in the Monzo app, empty if this login has not been approved yet. */
    public Optional<LocalDate> approved() {
        return Optional.ofNullable(tokens.approved())
                .map(time -> LocalDate.ofInstant(time, connections.zones.getTimeZone()));
    }

    /** Returns the current access token, {@code null} if not logged in. */
    public @Nullable AccessToken tokenInUse() {
        return problem == null ? tokens.tokenInUse() : null;
    }
}
