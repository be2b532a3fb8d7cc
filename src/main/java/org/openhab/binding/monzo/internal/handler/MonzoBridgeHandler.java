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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.AccessToken;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.connect.ConnectableBridge;
import org.openhab.binding.monzo.internal.discovery.DiscoverableBank;
import org.openhab.binding.monzo.internal.discovery.MonzoDiscoveryService;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.poll.DataRequests;
import org.openhab.binding.monzo.internal.poll.Poller;
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

    private volatile BridgeConfiguration configuration = new BridgeConfiguration();
    private volatile BankSnapshot snapshot = BankSnapshot.EMPTY;
    private volatile @Nullable Connection connection;
    private volatile @Nullable ErrorKind error;
    private volatile @Nullable SnapshotListener discovery;

    /** The components of a bridge with a valid configuration. */
    private record Connection(TokenManager login, Poller poller, Refreshes refreshes) {}

    public MonzoBridgeHandler(Bridge bridge, BridgeServices services) {
        super(bridge);
        this.services = services;
        this.children = new Children(bridge.getUID());
    }

    @Override
    public void initialize() {
        BridgeConfiguration entered = getConfigAs(BridgeConfiguration.class);
        configuration = entered;
        clearSnapshot();
        services.connect().add(this);
        String problem = entered.validate();
        if (problem != null) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, problem);
            return;
        }
        error = null;
        updateStatus(ThingStatus.UNKNOWN);
        Connection opened = open(entered);
        connection = opened;
        opened.poller().start();
    }

    private Connection open(BridgeConfiguration entered) {
        String uid = getThing().getUID().getAsString();
        TokenManager login = openLogin(entered);
        Refreshes refreshes = new Refreshes();
        Poller poller = new Poller(
                uid,
                entered.interval(),
                api(entered),
                new AuthenticatedClient(login, services.clock()),
                refreshes,
                services.scheduler(),
                services.clock());
        return new Connection(login, poller, refreshes);
    }

    private MonzoApi api(BridgeConfiguration entered) {
        return new MonzoApi(entered.oAuthClientSettings().apiUrl(), services.http(), services.clock());
    }

    @Override
    public void dispose() {
        services.connect().remove(this);
        Connection closed;
        synchronized (this) { // a refresh in progress either completes its update first or finds no connection
            closed = connection;
            connection = null;
        }
        if (closed != null) {
            closed.poller().stop();
        }
    }

    @Override
    public void handleRemoval() {
        Connection closed = connection;
        // Create it even if the configuration is incomplete, as tokens may still be stored from before. Create it now,
        // so that a bridge that is added again before the logout completes replaces it and keeps its tokens.
        TokenManager login = closed != null ? closed.login() : openLogin(configuration);
        dispose();
        services.scheduler().execute(() -> {
            try {
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

    private TokenManager openLogin(BridgeConfiguration entered) {
        return services.tokenManagers()
                .open(getThing().getUID().getAsString(), entered.oAuthClientSettings(), api(entered));
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
        Connection open = connection;
        if (open != null && !child.hasRequiredData(snapshot)) {
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
        Connection open = connection;
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
        Connection open = connection;
        return open != null && open.poller().refreshAllNow();
    }

    /** Discards all data, as the next login may be of a different user. */
    private void clearSnapshot() {
        snapshot = BankSnapshot.EMPTY;
        children.reset();
    }

    private void updateOwner(BankSnapshot snapshot) {
        Connection open = connection;
        if (open != null) {
            updateOwner(snapshot.customerName(open.login().userId()));
        }
    }

    /** Updates the owner property; removes it if the name is empty. */
    private void updateOwner(Optional<String> name) {
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

    private void failed(ErrorKind error) {
        this.error = error;
        ThingStatusInfo status = ErrorStatus.ofBridge(error);
        updateStatus(status.getStatus(), status.getStatusDetail(), status.getDescription());
    }

    /**
     * Listens to the refreshes of one connection. A refresh may outlast its connection, and the next connection may
     * belong to a different user, so its results are ignored once its connection is closed.
     */
    private final class Refreshes implements Poller.Listener {

        private boolean isOpen() {
            Connection open = connection;
            return open != null && open.refreshes() == this;
        }

        @Override
        public DataRequests dataRequests() {
            return isOpen() ? children.dataRequests(snapshot) : DataRequests.none();
        }

        @Override
        public void onSnapshot(BankSnapshot fetched) {
            synchronized (MonzoBridgeHandler.this) {
                if (!isOpen()) {
                    return;
                }
                snapshot = fetched;
                error = null;
                updateStatus(ThingStatus.ONLINE);
                updateOwner(fetched);
            }
            // Not under the lock, as children call the bridge under their own; each uses the snapshot current at that
            // time.
            children.update();
            notifyDiscovery();
        }

        private void notifyDiscovery() {
            SnapshotListener listener = discovery;
            if (listener != null && isOpen()) {
                listener.onSnapshot();
            }
        }

        @Override
        public void onError(ErrorKind error) {
            synchronized (MonzoBridgeHandler.this) {
                if (!isOpen()) {
                    return;
                }
                MonzoBridgeHandler.this.failed(error);
                if (error == ErrorKind.LOGIN_MISSING) {
                    clearSnapshot();
                    updateOwner(Optional.empty());
                }
            }
            if (error == ErrorKind.LOGIN_MISSING) {
                notifyDiscovery();
            }
        }
    }

    // DiscoverableBank

    @Override
    public ThingUID uid() {
        return getThing().getUID();
    }

    @Override
    public BankSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public List<Thing> things() {
        return getThing().getThings();
    }

    @Override
    public @Nullable String loginLabel() {
        return services.connect().distinctLabel(this);
    }

    @Override
    public MonzoTexts texts() {
        return services.texts();
    }

    @Override
    public void refreshAll() {
        Connection open = connection;
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
    public int accountCount() {
        return (int) snapshot.openAccounts().count();
    }

    @Override
    public boolean canLogIn() {
        return connection != null;
    }

    @Override
    public @Nullable String callbackUrl() {
        return configuration.redirectUrl();
    }

    @Override
    public String authorizationUrl(String redirectUrl, String state) throws MonzoException {
        return requireConnection().login().authorizationUrl(redirectUrl, state);
    }

    @Override
    public void expectApproval() {
        Connection open = connection;
        if (open != null) {
            open.poller().expectApproval();
        }
    }

    @Override
    public LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        Connection open = requireConnection();
        try {
            return open.login().logIn(code, redirectUrl);
        } catch (MonzoException e) {
            synchronized (this) { // another login may succeed in the meantime
                if (connection == open && affectsStatus(e.kind(), error)) {
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
            case LOGIN_REFUSED, CLIENT_REFUSED -> present == ErrorKind.LOGIN_MISSING;
            default -> false;
        };
    }

    @Override
    public void loggedIn() {
        Connection now;
        synchronized (this) {
            now = connection; // may have been replaced or closed
            if (now == null) {
                return;
            }
            failed(ErrorKind.NOT_PERMITTED); // until a refresh succeeds
        }
        now.poller().start();
    }

    private Connection requireConnection() throws MonzoException {
        Connection open = connection;
        if (open == null) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge is not initialized");
        }
        return open;
    }

    // For the console

    /** Returns the current access token, {@code null} if not logged in. */
    public @Nullable AccessToken tokenInUse() {
        Connection open = connection;
        return open == null ? null : open.login().tokenInUse();
    }

    /** Returns the time until the next refresh, {@code null} if none is scheduled. */
    public @Nullable Duration untilNextRefresh() {
        Connection open = connection;
        return open == null ? null : open.poller().untilNextRefresh();
    }
}
