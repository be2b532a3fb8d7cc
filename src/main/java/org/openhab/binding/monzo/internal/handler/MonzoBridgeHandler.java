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
 * One person's login at Monzo as a bridge: watches the bank in the person's name, and hands what it sees to the things.
 */
@NonNullByDefault
public class MonzoBridgeHandler extends BaseBridgeHandler implements ConnectableBridge, DiscoverableBank {

    private final Logger logger = LoggerFactory.getLogger(MonzoBridgeHandler.class);

    private final BridgeServices environment;
    private final Children children;

    private volatile BridgeConfiguration configuration = new BridgeConfiguration();
    private volatile BankSnapshot picture = BankSnapshot.EMPTY;
    private volatile @Nullable Connection connection;
    private volatile @Nullable ErrorKind error;
    private volatile @Nullable SnapshotListener discovery;

    /** What a bridge with a sound configuration has. */
    private record Connection(TokenManager login, Poller watch, Refreshes refreshes) {}

    public MonzoBridgeHandler(Bridge bridge, BridgeServices environment) {
        super(bridge);
        this.environment = environment;
        this.children = new Children(bridge.getUID());
    }

    @Override
    public void initialize() {
        BridgeConfiguration entered = getConfigAs(BridgeConfiguration.class);
        configuration = entered;
        forgetSnapshot();
        environment.connect().add(this);
        String problem = entered.problem();
        if (problem != null) {
            updateStatus(ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, problem);
            return;
        }
        error = null;
        updateStatus(ThingStatus.UNKNOWN);
        Connection opened = open(entered);
        connection = opened;
        opened.watch().start();
    }

    private Connection open(BridgeConfiguration entered) {
        String uid = getThing().getUID().getAsString();
        TokenManager login = openLogin(entered);
        Refreshes refreshes = new Refreshes();
        Poller watch = new Poller(
                uid, entered.interval(), api(entered), login, refreshes, environment.scheduler(), environment.clock());
        return new Connection(login, watch, refreshes);
    }

    private MonzoApi api(BridgeConfiguration entered) {
        return new MonzoApi(entered.loginSettings().apiUrl(), environment.http(), environment.clock());
    }

    @Override
    public void dispose() {
        environment.connect().remove(this);
        Connection closed;
        synchronized (this) { // waits for a refresh under way to be shown, or has it find no connection
            closed = connection;
            connection = null;
        }
        if (closed != null) {
            closed.watch().stop();
        }
    }

    @Override
    public void handleRemoval() {
        Connection closed = connection;
        // Opened also for a configuration that is incomplete by now: there may be a login of before. And opened now:
        // a bridge that is added again while the logout waits or is under way is a later life, and keeps its tokens.
        TokenManager login = closed != null ? closed.login() : openLogin(configuration);
        dispose();
        environment.scheduler().execute(() -> {
            try {
                login.logOut();
            } catch (MonzoException e) {
                logger.debug("{}: not logged out at Monzo: {}", uid(), e.getMessage());
            } finally {
                if (getCallback() != null) { // openHAB warns otherwise, after a removal that was forced
                    updateStatus(ThingStatus.REMOVED);
                }
            }
        });
    }

    private TokenManager openLogin(BridgeConfiguration entered) {
        return environment
                .tokenManagers()
                .open(getThing().getUID().getAsString(), entered.loginSettings(), api(entered));
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
     * Has a thing among those that are shown what the bridge sees, and reads the bank soon if that thing needs what has
     * not been read yet. openHAB tells a bridge of a new child, but not of one that was given another bridge.
     */
    void registerChild(MonzoChildHandler child) {
        children.add(child);
        Connection open = connection;
        if (open != null && !child.hasRequiredData(picture)) {
            open.watch().lookForNewThing();
        }
    }

    @Override
    public void childHandlerDisposed(ThingHandler childHandler, Thing childThing) {
        if (childHandler instanceof MonzoChildHandler child) {
            children.removeDisposed(child);
        }
    }

    /** Reads the bank soon, once for however many callers. Does nothing while the bank cannot be read. */
    public void refreshSoon() {
        Connection open = connection;
        if (open != null) {
            open.watch().lookSoon();
        }
    }

    /**
     * Reads everything at the bank now, also when it was in trouble.
     *
     * @return whether it is read; it is not while nobody is logged in
     */
    public boolean refreshNow() {
        Connection open = connection;
        return open != null && open.watch().lookNow();
    }

    /** Another person may log in next, whom nothing of what was fetched so far belongs to. */
    private void forgetSnapshot() {
        picture = BankSnapshot.EMPTY;
        children.forgetLogin();
    }

    private void updateOwner(BankSnapshot seen) {
        Connection open = connection;
        if (open != null) {
            updateOwner(seen.customerName(open.login().userId()));
        }
    }

    /** Shows whose login it is; empty takes out the name of somebody who was logged in before. */
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

    /** Sets the status if it differs: each one set is an event to everybody, also if it changes nothing. */
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
     * What the refreshes of one connection ask and tell. A refresh may outlast its connection, and the next one may be
     * another person's; so it is heard only while its connection is the open one.
     */
    private final class Refreshes implements Poller.Listener {

        private boolean isOpen() {
            Connection open = connection;
            return open != null && open.refreshes() == this;
        }

        @Override
        public DataRequests dataRequests() {
            return isOpen() ? children.request(picture) : DataRequests.none();
        }

        @Override
        public void seen(BankSnapshot seen) {
            synchronized (MonzoBridgeHandler.this) {
                if (!isOpen()) {
                    return;
                }
                picture = seen;
                error = null;
                updateStatus(ThingStatus.ONLINE);
            }
            // Without the lock, since children call the bridge under theirs; each takes the snapshot that is present
            // then.
            updateOwner(seen);
            children.update();
            tellDiscovery();
        }

        private void tellDiscovery() {
            SnapshotListener listener = discovery;
            if (listener != null && isOpen()) {
                listener.onSnapshot(picture);
            }
        }

        @Override
        public void failed(ErrorKind error) {
            synchronized (MonzoBridgeHandler.this) {
                if (!isOpen()) {
                    return;
                }
                MonzoBridgeHandler.this.failed(error);
                if (error == ErrorKind.LOGIN_MISSING) {
                    forgetSnapshot();
                }
            }
            if (error == ErrorKind.LOGIN_MISSING) {
                updateOwner(Optional.empty());
                tellDiscovery();
            }
        }
    }

    // What discovery needs

    @Override
    public ThingUID uid() {
        return getThing().getUID();
    }

    @Override
    public BankSnapshot snapshot() {
        return picture;
    }

    @Override
    public List<Thing> things() {
        return getThing().getThings();
    }

    @Override
    public @Nullable String loginLabel() {
        return environment.connect().distinctLabel(this);
    }

    @Override
    public MonzoTexts texts() {
        return environment.texts();
    }

    @Override
    public void refreshAll() {
        Connection open = connection;
        if (open != null) {
            open.watch().refreshAll();
        }
    }

    @Override
    public void setSnapshotListener(@Nullable SnapshotListener listener) {
        discovery = listener;
    }

    // What the page of the logins needs

    @Override
    public int accountCount() {
        return (int) picture.openAccounts().count();
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
        return connected().login().authorizationUrl(redirectUrl, state);
    }

    @Override
    public void expectApproval() {
        Connection open = connection;
        if (open != null) {
            open.watch().expectApproval();
        }
    }

    @Override
    public LoginResult logIn(String code, String redirectUrl) throws MonzoException {
        Connection open = connected();
        try {
            return open.login().logIn(code, redirectUrl);
        } catch (MonzoException e) {
            synchronized (this) { // another login may succeed meanwhile
                if (connection == open && isWorthAStatus(e.kind(), error)) {
                    failed(e.kind());
                }
            }
            throw e;
        }
    }

    /**
     * Whether a login that failed shows in the status too, not only on the page. Anyone at home can begin one and make a
     * code up, which must not hide what the status tells of a login that is stored. Another person needs an account at
     * Monzo and this client.
     */
    private static boolean isWorthAStatus(ErrorKind failure, @Nullable ErrorKind present) {
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
            now = connection; // perhaps another one by now, or none
            if (now == null) {
                return;
            }
            failed(ErrorKind.NOT_PERMITTED); // until the bank shows that approval was given, or was not needed
        }
        now.watch().start();
    }

    private Connection connected() throws MonzoException {
        Connection open = connection;
        if (open == null) {
            throw new MonzoException(ErrorKind.LOGIN_MISSING, "the bridge is not initialized");
        }
        return open;
    }

    // What the console shows

    /** The token in use, {@code null} when nobody is logged in. */
    public @Nullable AccessToken tokenInUse() {
        Connection open = connection;
        return open == null ? null : open.login().tokenInUse();
    }

    /** The time to the next look at the bank, {@code null} when none is planned. */
    public @Nullable Duration untilNextRefresh() {
        Connection open = connection;
        return open == null ? null : open.watch().untilNextLook();
    }
}
