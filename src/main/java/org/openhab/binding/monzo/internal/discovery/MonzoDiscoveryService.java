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
package org.openhab.binding.monzo.internal.discovery;

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.connection.ConnectedBridge;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.model.AccountSnapshot;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.Pot;
import org.openhab.core.config.discovery.AbstractDiscoveryService;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.config.discovery.DiscoveryResultBuilder;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.ThingHandler;
import org.openhab.core.thing.binding.ThingHandlerService;

/**
 * Adds the open accounts and live pots of a bridge to the Inbox and removes closed or deleted ones.
 * <p>
 * The framework calls {@code activate} and {@code deactivate} up to openHAB 4.1, and {@code initialize} and {@code
 * dispose} from 4.2 on. This class therefore has both and is not an OSGi component.
 */
@NonNullByDefault
public class MonzoDiscoveryService extends AbstractDiscoveryService implements ThingHandlerService {

    private static final int SCAN_SECONDS = 20;

    private @Nullable ConnectedBridge bridge;
    private final Map<ThingUID, DiscoveryResult> announced = new HashMap<>();

    /**
     * Results for which openHAB has had a thing since they were announced; they are announced again when it is removed.
     */
    private final Set<ThingUID> added = new HashSet<>();

    private boolean scanning;

    /**
     * A separate class, since openHAB would try to register the service itself under this interface's name and fail.
     */
    private final class Listener implements ConnectedBridge.SnapshotListener {

        @Override
        public void onSnapshot() {
            MonzoDiscoveryService.this.onSnapshot();
        }

        @Override
        public void thingAdded(Thing thing) {
            MonzoDiscoveryService.this.thingAdded(thing);
        }
    }

    public MonzoDiscoveryService() {
        super(Set.of(THING_TYPE_ACCOUNT, THING_TYPE_POT), SCAN_SECONDS, true);
    }

    @Override
    public void setThingHandler(ThingHandler handler) {
        if (handler instanceof ConnectedBridge connected) {
            bridge = connected;
        }
    }

    @Override
    public @Nullable ThingHandler getThingHandler() {
        return bridge instanceof ThingHandler handler ? handler : null;
    }

    @Override
    public void activate() {
        super.activate(null);
        ConnectedBridge connected = bridge;
        if (connected != null) {
            connected.setSnapshotListener(new Listener());
            onSnapshot();
        }
    }

    @Override
    public void deactivate() {
        ConnectedBridge connected = bridge;
        if (connected != null) {
            connected.setSnapshotListener(null);
        }
        super.deactivate();
    }

    /** The framework's name for {@link #activate()} from openHAB 4.2 on. */
    public void initialize() {
        activate();
    }

    /** The framework's name for {@link #deactivate()} from openHAB 4.2 on. */
    public void dispose() {
        deactivate();
    }

    @Override
    protected void startScan() {
        MonzoConnection connection = connection();
        if (connection != null) {
            synchronized (this) {
                scanning = true;
            }
            connection.poller().refreshAll();
        }
    }

    private @Nullable MonzoConnection connection() {
        ConnectedBridge connected = bridge;
        return connected == null ? null : connected.connection();
    }

    /** Ends the scan only here, as the first snapshot after its start may be from a refresh that started earlier. */
    @Override
    protected synchronized void stopScan() {
        super.stopScan();
        scanning = false;
    }

    @Override
    public synchronized void abortScan() {
        super.abortScan();
        scanning = false;
    }

    private synchronized void onSnapshot() {
        MonzoConnection connection = connection();
        if (connection == null) {
            return;
        }
        BankSnapshot snapshot = connection.snapshot();
        if (snapshot.refresh() == 0) { // logged out; the next login may be of a different user
            announced.keySet().forEach(this::thingRemoved);
            announced.clear();
            added.clear();
            return;
        }
        if (!(scanning || isBackgroundDiscoveryEnabled())) {
            return;
        }
        Map<ThingUID, DiscoveryResult> found = found(connection, snapshot);
        List<Thing> things = connection.getThing().getThings();
        found.forEach((uid, result) -> {
            DiscoveryResult before = announced.get(uid);
            List<Thing> same = things.stream()
                    .filter(thing -> represents(thing, result, snapshot))
                    .toList();
            // Announcing an existing thing again would make openHAB reset an edited ID to the discovered one.
            if (!same.isEmpty()) {
                addedAs(result, same);
            } else if (added.remove(uid)
                    || scanning
                    || before == null
                    || !before.getLabel().equals(result.getLabel())) {
                thingDiscovered(result);
            }
        });
        removed(connection, snapshot, found).forEach(this::thingRemoved);
        announced.values().removeIf(result -> !isAbsenceUnconfirmed(result, snapshot));
        announced.putAll(found);
        added.retainAll(announced.keySet());
    }

    /** Records an added thing at once, as it may be removed again before the next snapshot. */
    private synchronized void thingAdded(Thing thing) {
        ConnectedBridge connected = bridge;
        if (connected != null) {
            BankSnapshot snapshot = connected.snapshot();
            announced.values().stream()
                    .filter(result -> represents(thing, result, snapshot))
                    .forEach(result -> addedAs(result, List.of(thing)));
        }
    }

    /** Removes a result from the Inbox once openHAB has things for it; openHAB does so only for the same UID. */
    private void addedAs(DiscoveryResult result, List<Thing> things) {
        ThingUID uid = result.getThingUID();
        if (added.add(uid) && things.stream().noneMatch(thing -> thing.getUID().equals(uid))) {
            thingRemoved(uid);
        }
    }

    /** Returns whether a thing is the discovered one, or one with another UID for the same account or pot. */
    private static boolean represents(Thing thing, DiscoveryResult result, BankSnapshot snapshot) {
        if (thing.getUID().equals(result.getThingUID())) {
            return true;
        }
        String parameter = Objects.requireNonNull(result.getRepresentationProperty());
        Object entered = thing.getConfiguration().get(parameter);
        String id = entered == null ? "" : entered.toString().trim();
        return thing.getThingTypeUID().equals(result.getThingTypeUID())
                && Objects.equals(
                        id.isEmpty() ? shownWithoutId(thing, snapshot) : id,
                        result.getProperties().get(parameter));
    }

    /** Returns the account that a thing without an ID shows, or will show once it is initialized; empty if none. */
    private static String shownWithoutId(Thing thing, BankSnapshot snapshot) {
        return snapshot.chosenAccount(thing.getProperties().get(CONFIG_ACCOUNT_ID))
                .map(AccountSnapshot::id)
                .orElse("");
    }

    private static Map<ThingUID, DiscoveryResult> found(MonzoConnection connection, BankSnapshot snapshot) {
        Map<ThingUID, DiscoveryResult> found = new LinkedHashMap<>();
        Labels labels = new Labels(connection.texts(), snapshot, connection.distinctLabel());
        snapshot.openAccounts()
                .map(AccountSnapshot::account)
                .map(account ->
                        result(connection, THING_TYPE_ACCOUNT, CONFIG_ACCOUNT_ID, account.id(), labels.of(account)))
                .forEach(result -> found.put(result.getThingUID(), result));
        snapshot.livePots()
                .map(pot -> result(connection, THING_TYPE_POT, CONFIG_POT_ID, pot.id(), labels.of(pot)))
                .forEach(result -> found.put(result.getThingUID(), result));
        return found;
    }

    /**
     * Returns announced results that are no longer found and, after a restart, those of closed accounts and deleted
     * pots.
     */
    private Stream<ThingUID> removed(
            MonzoConnection connection, BankSnapshot snapshot, Map<ThingUID, DiscoveryResult> found) {
        Stream<ThingUID> closed = snapshot.accounts().stream()
                .filter(account -> !account.isOpen())
                .map(account -> thingUid(connection, THING_TYPE_ACCOUNT, account.id()));
        Stream<ThingUID> deleted = snapshot.accounts().stream()
                .flatMap(AccountSnapshot::knownPots)
                .filter(Pot::deleted)
                .map(pot -> thingUid(connection, THING_TYPE_POT, pot.id()));
        Stream<ThingUID> missing = announced.values().stream()
                .filter(result -> !isAbsenceUnconfirmed(result, snapshot))
                .map(DiscoveryResult::getThingUID);
        return Stream.of(
                        missing,
                        announced.isEmpty() ? closed : Stream.<ThingUID>empty(),
                        announced.isEmpty() ? deleted : Stream.<ThingUID>empty())
                .flatMap(uids -> uids)
                .filter(uid -> !found.containsKey(uid));
    }

    /** Returns whether an announced result is missing for the first time, which does not prove that it is gone. */
    private static boolean isAbsenceUnconfirmed(DiscoveryResult result, BankSnapshot snapshot) {
        Object id = result.getProperties().get(Objects.requireNonNull(result.getRepresentationProperty()));
        return id != null && snapshot.isAbsenceUnconfirmed(id.toString());
    }

    private static DiscoveryResult result(
            MonzoConnection connection, ThingTypeUID type, String idParameter, String id, String label) {
        return DiscoveryResultBuilder.create(thingUid(connection, type, id))
                .withThingType(type)
                .withBridge(connection.uid())
                .withProperty(idParameter, id)
                .withRepresentationProperty(idParameter)
                .withLabel(label)
                .build();
    }

    /**
     * Creates a thing UID. Monzo's IDs consist of letters, digits and underscores; any other characters are replaced.
     */
    private static ThingUID thingUid(MonzoConnection connection, ThingTypeUID type, String id) {
        return new ThingUID(type, connection.uid(), id.replaceAll("[^A-Za-z0-9_-]", "_"));
    }
}
