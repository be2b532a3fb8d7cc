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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.core.config.discovery.DiscoveryResult;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.internal.BridgeImpl;

/** Tests what returns to the Inbox once its thing is removed, and what leaves it once a thing shows it. */
class DiscoveryOfRemovedThingsTest extends DiscoveryTestBase {

    @Test
    void announcesRemovedThingAfterIncompleteList() {
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        connect();
        inbox.forget();
        leaveOutOnce(people.joint());
        bridge.connection().poller().refreshAll();
        fixture.pass(A_MOMENT);
        fixture.end(joint);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(2));
        List<ThingUID> found =
                inbox.added.stream().map(DiscoveryResult::getThingUID).toList();
        assertThat(Collections.frequency(found, joint.getUID()), is(1));
    }

    /** openHAB would reset an edited thing to its discovered configuration. */
    @Test
    void announcesNothingForExistingThings() {
        fixture.addPot(bridge, people.holiday().id());
        connect();
        scan();
        people.holiday().name("Summer");
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), not(hasItem(containsString("Holiday"))));
        assertThat(inbox.labels(), not(hasItem(containsString("Summer"))));
        assertThat(inbox.labels(), hasItem("Monzo Pot Rainy day"));
        assertThat(inbox.removed, not(hasItem(potUid(people.holiday()))));
    }

    @Test
    void announcesRemovedThingOnceWithTheNextSnapshot() {
        connect();
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();

        fixture.end(pot);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), contains("Monzo Pot Holiday 🏖"));
        fixture.pass(Duration.ofHours(2));
        assertThat(inbox.labels(), contains("Monzo Pot Holiday 🏖"));
    }

    @Test
    void announcesAThingAddedAndRemovedBetweenTwoSnapshots() {
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();

        fixture.end(fixture.addPot(bridge, people.holiday().id()));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(inbox.labels(), contains("Monzo Pot Holiday 🏖"));
    }

    @Test
    void announcesAThingRemovedBeforeTheFirstSnapshotOnce() {
        Thing pot = fixture.addPot(bridge, people.holiday().id());
        connect();
        assertThat(inbox.labels(), not(hasItem(containsString("Holiday"))));

        fixture.end(pot);
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(Collections.frequency(inbox.labels(), "Monzo Pot Holiday 🏖"), is(1));
    }

    /** As in a text file, where users choose the IDs of things. */
    @Test
    void announcesAccountOfRemovedThingWithOtherUid() {
        Thing first = fixture.addAccount(bridge, null);
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();
        scan();
        assertThat(inbox.labels(), not(hasItem("Monzo Current Account, Alice Example")));

        inbox.forget();
        fixture.end(first);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.labels(), contains("Monzo Current Account, Alice Example"));
    }

    private ThingUID currentUid() {
        return new ThingUID("monzo:account:alice:" + people.current().id());
    }

    /** As after a restart of the bundle, when openHAB has not initialized a thing of a text file yet. */
    @Test
    void doesNotOfferWhatAnUninitializedThingWillShow() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.end(first);
        ((BridgeImpl) bridge.getThing()).addThing(first);
        connect();
        assertThat(first.getProperties(), is(anEmptyMap()));
        assertThat(inbox.labels(), not(hasItem("Monzo Current Account, Alice Example")));
        assertThat(inbox.labels(), hasItem("Monzo Joint Account, Alice Example, Bob Sample"));
    }

    @Test
    void removesResultOnceAThingShowsIt() {
        connect();
        assertThat(inbox.labels(), hasItem("Monzo Current Account, Alice Example"));
        inbox.forget();
        fixture.addAccount(bridge, null);
        assertThat(inbox.removed, contains(currentUid()));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat("once", inbox.removed, contains(currentUid()));
    }

    @Test
    void removesResultOfTheNextFirstAccount() {
        fixture.addAccount(bridge, null);
        connect();
        inbox.forget();
        people.current().close();
        bridge.connection().poller().refreshAll();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(
                inbox.removed,
                hasItem(new ThingUID("monzo:account:alice:" + people.joint().id())));
    }

    /** openHAB keeps the Inbox while it is off. */
    @Test
    void removesResultLeftInTheInboxAtStartup() {
        fixture.addAccount(bridge, null);
        fixture.addPot(bridge, people.holiday().id());
        connect();
        assertThat(inbox.removed, hasItem(currentUid()));
        assertThat("removed by openHAB", inbox.removed, not(hasItem(potUid(people.holiday()))));
    }
}
