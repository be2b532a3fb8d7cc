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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.PROPERTY_OWNER;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.RequestStatistics;
import org.openhab.binding.monzo.internal.auth.AccessToken;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.connect.ConnectableBridge;
import org.openhab.binding.monzo.internal.discovery.DiscoverableBank;
import org.openhab.binding.monzo.internal.discovery.MonzoDiscoveryService;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.binding.monzo.internal.feed.FeedResult;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.PushStatus;
import org.openhab.binding.monzo.internal.transfer.PotTransfers;
import org.openhab.binding.monzo.internal.webhook.Push;
import org.openhab.binding.monzo.internal.webhook.PushSettings;
import org.openhab.core.thing.Bridge;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.BaseBridgeHandler;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerService;
import org.openhab.core.types.Command;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler of a Monzo login as a bridge, which polls the bank and passes snapshots to its things.
 */
@NonNullByDefault
public class MonzoBridgeHandler extends BaseBridgeHandler implements ConnectableBridge, DiscoverableBank {

    private final Logger logger = LoggerFactory.getLogger(MonzoBridgeHandler.class);

    private final BridgeServices services;
    private final Children children;
    private final RequestStatistics requestStatistics;

    private volatile BridgeConfiguration configuration = new BridgeConfiguration();
    private volatile @Nullable BridgeLifecycle lifecycle;
    private volatile @Nullable BridgeLifecycle former;
    private volatile @Nullable SnapshotListener discovery;

    public MonzoBridgeHandler(Bridge bridge, BridgeServices services) {
        super(bridge);
        this.services = services;
        this.children = new Children(bridge.getUID());
        this.requestStatistics = new RequestStatistics(services.clock());
    }

    @Override
    public void initialize() {
        BridgeConfiguration entered = getConfigAs(BridgeConfiguration.class);
        configuration = entered;
        children.reset(); // the next login may be of a different user
        services.bridges().add(this);
        String problem = entered.validate(getConfig());
        if (problem != null) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, problem);
            return;
        }
        updateStatus(ThingStatus.UNKNOWN);
        BridgeLifecycle previous = former;
        // Before the new login is opened, which drops the tokens of the former client.
        AccessToken token = previous == null ? null : previous.tokenUnlessOf(entered.oAuthClientSettings());
        former = null;
        MonzoApi api = api(entered);
        BridgeLifecycle opened = new BridgeLifecycle(this, services, entered, api, openLogin(entered, api));
        lifecycle = opened;
        opened.start(token);
    }

    private MonzoApi api(BridgeConfiguration entered) {
        return new MonzoApi(
                entered.oAuthClientSettings().apiUrl(), services.http(), services.clock(), requestStatistics);
    }

    @Override
    public void dispose() {
        services.bridges().remove(this);
        BridgeLifecycle closed = lifecycle;
        lifecycle = null;
        if (closed != null) {
            closed.close();
            former = closed;
        }
    }

    @Override
    public void handleRemoval() {
        BridgeLifecycle closed = lifecycle;
        // Create it even if the configuration is incomplete, as tokens may still be stored from before. Create it now,
        // so that a bridge that is added again before the logout completes replaces it and keeps its tokens.
        MonzoApi api = api(configuration);
        TokenManager login = closed != null ? closed.login() : openLogin(configuration, api);
        Push push = closed != null ? closed.push() : pushForCleanup(api, login);
        dispose();
        services.transfers().forgetDetails(uid().getAsString());
        services.scheduler().execute(() -> {
            try {
                if (login.isActive()) {
                    push.remove(); // needs the login
                }
                login.logOut();
            } catch (MonzoException e) {
                logger.debug("{}: not logged out at Monzo: {}", uid(), e.getMessage());
            } finally {
                if (getCallback() != null) { // null after a forced removal, when openHAB would log a warning
                    updateStatus(ThingStatus.REMOVED);
                }
            }
        });
    }

    /** Returns a push that is used only to delete webhooks. */
    private Push pushForCleanup(MonzoApi api, TokenManager login) {
        return new Push(
                uid().getAsString(),
                PushSettings.OFF,
                api,
                new AuthenticatedClient(login, services.clock()),
                services.push(),
                new Push.Listener() {});
    }

    private TokenManager openLogin(BridgeConfiguration entered, MonzoApi api) {
        return services.tokenManagers().open(getThing().getUID().getAsString(), entered.oAuthClientSettings(), api);
    }

    @Override
    public void handleCommand(ChannelUID channelUID, Command command) {
        // A bridge has no channels.
    }

    @Override
    public Collection<Class<? extends ThingHandlerService>> getServices() {
        return List.of(MonzoDiscoveryService.class);
    }

    @Override
    public void childHandlerInitialized(ThingHandler childHandler, Thing childThing) {
        SnapshotListener listener = discovery;
        if (listener != null) {
            listener.thingAdded(childThing);
        }
        if (childHandler instanceof MonzoChildHandler child) {
            registerChild(child);
        }
    }

    /**
     * Registers a thing for updates, and refreshes soon if its data has not been fetched yet. Needed in addition to
     * {@link #childHandlerInitialized}, as openHAB does not notify a bridge of a child moved from another bridge.
     */
    void registerChild(MonzoChildHandler child) {
        children.add(child);
        BridgeLifecycle open = lifecycle;
        if (open != null && !child.hasRequiredData(open.snapshot())) {
            open.poller().refreshForNewThing();
        }
    }

    @Override
    public void childHandlerDisposed(ThingHandler childHandler, Thing childThing) {
        if (childHandler instanceof MonzoChildHandler child) {
            children.removeDisposed(child);
        }
    }

    /** Refreshes soon, once for any number of calls. Does nothing while the bridge is not connected. */
    public void refreshSoon() {
        BridgeLifecycle open = lifecycle;
        if (open != null) {
            open.poller().refreshSoon();
        }
    }

    /**
     * Refreshes all data now, even after errors.
     *
     * @return whether a refresh was scheduled; {@code false} if not logged in
     */
    public boolean refreshNow() {
        BridgeLifecycle open = lifecycle;
        return open != null && open.poller().refreshAllNow();
    }

    /** Shows a message in the feed of an account; see {@link BridgeLifecycle#postToFeed}. */
    FeedResult postToFeed(String accountId, FeedMessage message) {
        BridgeLifecycle open = lifecycle;
        return open == null ? FeedResult.LOGIN_OFFLINE : open.postToFeed(accountId, message);
    }

    /** Updates the owner property; removes it if the name is empty. */
    void setOwner(Optional<String> name) {
        Map<String, String> properties = editProperties();
        if (Optional.ofNullable(properties.remove(PROPERTY_OWNER)).equals(name)) {
            return;
        }
        if (name.isPresent()) {
            properties.put(PROPERTY_OWNER, name.get());
        } else {
            getThing().setProperty(PROPERTY_OWNER, null);
        }
        updateProperties(properties);
    }

    /** Updates the status only if it differs, as openHAB sends an event for each update. */
    @Override
    protected synchronized void updateStatus(
            ThingStatus status, ThingStatusDetail detail, @Nullable String description) {
        if (!new ThingStatusInfo(status, detail, description).equals(getThing().getStatusInfo())) {
            super.updateStatus(status, detail, description);
        }
    }

    boolean isOnline() {
        return getThing().getStatus() == ThingStatus.ONLINE;
    }

    void setOnline() {
        updateStatus(ThingStatus.ONLINE);
    }

    void setStatus(ThingStatusInfo status) {
        updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
    }

    Children children() {
        return children;
    }

    void notifyDiscovery() {
        SnapshotListener listener = discovery;
        if (listener != null) {
            listener.onSnapshot();
        }
    }

    /** Returns the transfers of this login, {@code null} without a valid configuration. */
    @Nullable
    PotTransfers transfers() {
        BridgeLifecycle open = lifecycle;
        return open == null ? null : open.transfers();
    }

    // DiscoverableBank

    @Override
    public ThingUID uid() {
        return getThing().getUID();
    }

    @Override
    public BankSnapshot snapshot() {
        BridgeLifecycle open = lifecycle;
        return open == null ? BankSnapshot.EMPTY : open.snapshot();
    }

    @Override
    public List<Thing> things() {
        return getThing().getThings();
    }

    @Override
    public @Nullable String loginLabel() {
        return services.bridges().distinctLabel(this);
    }

    @Override
    public MonzoTexts texts() {
        return services.texts();
    }

    @Override
    public void refreshAll() {
        BridgeLifecycle open = lifecycle;
        if (open != null) {
            open.poller().refreshAll();
        }
    }

    @Override
    public void setSnapshotListener(@Nullable SnapshotListener listener) {
        discovery = listener;
    }

    // ConnectableBridge

    @Override
    public @Nullable ErrorKind error() {
        BridgeLifecycle open = lifecycle;
        return open == null ? null : open.error();
    }

    @Override
    public int accountCount() {
        return (int) snapshot().openAccounts().count();
    }

    @Override
    public PushStatus pushStatus() {
        BridgeLifecycle open = lifecycle;
        return open == null ? PushStatus.OFF : open.push().status();
    }

    @Override
    public boolean canLogIn() {
        return lifecycle != null;
    }

    @Override
    public @Nullable String callbackUrl() {
        return configuration.redirectUrl();
    }

    @Override
    public String authorizationUrl(String redirectUrl, String state) throws MonzoException {
        return openLifecycle().login().authorizationUrl(redirectUrl, state);
    }

    @Override
    public void expectApproval() {
        BridgeLifecycle open = lifecycle;
        if (open != null) {
            open.poller().expectApproval();
        }
    }

    @Override
    public LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        return openLifecycle().logIn(code, redirectUrl);
    }

    @Override
    public void loggedIn() {
        BridgeLifecycle open = lifecycle;
        if (open != null) {
            open.loggedIn();
        }
    }

    private BridgeLifecycle openLifecycle() throws MonzoException {
        BridgeLifecycle open = lifecycle;
        if (open == null) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge is not initialized");
        }
        return open;
    }

    // For the console

    /** Returns the current access token, {@code null} if not logged in. */
    public @Nullable AccessToken tokenInUse() {
        BridgeLifecycle open = lifecycle;
        return open == null ? null : open.tokenInUse();
    }

    /** Returns the time until the next refresh, {@code null} if none is scheduled. */
    public @Nullable Duration untilNextRefresh() {
        BridgeLifecycle open = lifecycle;
        return open == null ? null : open.untilNextRefresh();
    }

    /** Returns the time of the last successful refresh, {@code null} before the first one. */
    public @Nullable Instant lastRefresh() {
        BridgeLifecycle open = lifecycle;
        return open == null ? null : open.poller().lastRefresh();
    }

    /** Returns the time until transactions refused with a 403 are requested again, {@code null} for none. */
    public @Nullable Duration untilRefusedTransactions() {
        BridgeLifecycle open = lifecycle;
        return open == null ? null : open.poller().untilRefusedTransactions();
    }

    /** Returns the statistics of the requests since this handler was created. */
    public RequestStatistics requestStatistics() {
        return requestStatistics;
    }

    /** Returns the settings that differ from their defaults; see {@link BridgeConfiguration#changedSettings}. */
    public List<String> changedSettings() {
        return configuration.changedSettings();
    }
}
