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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.SingleLoginTestBase;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.binding.monzo.internal.poll.PollJob;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.thing.ChannelUID;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.binding.builder.ThingStatusInfoBuilder;
import org.openhab.core.types.Command;

/**
 * Tests that the statuses of things follow the bridge for any order of openHAB's calls, that errors of one thing do not
 * affect others, and that unchanged statuses are not sent.
 */
class ThingStatusTest extends SingleLoginTestBase {

    // Following the bridge

    /** openHAB does not notify a thing of bridge status changes during its initialization. */
    @Test
    void followsBridgeGoingOfflineDuringInitialization() {
        fixture.childNow(account).dispose();
        account.setStatusInfo(
                ThingStatusInfoBuilder.create(ThingStatus.INITIALIZING).build());
        assertThat(BindingFixture.status(bridge), is("UNKNOWN"));
        fixture.callback(account).beforeNextStatus(() -> {
            fixture.scheduler.runDue();
            assertThat(BindingFixture.status(bridge), is("OFFLINE/CONFIGURATION_PENDING offline.login-needed"));
            assertThat(account.getStatus(), is(ThingStatus.INITIALIZING));
        });
        fixture.childNow(account).initialize();
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));
    }

    @Test
    void followsBridgeComingOnlineDuringInitialization() {
        fixture.pass(Duration.ofSeconds(1));
        fixture.logIn(bridge, alice);
        fixture.bank.approve(alice);
        fixture.childNow(account).dispose();
        account.setStatusInfo(
                ThingStatusInfoBuilder.create(ThingStatus.INITIALIZING).build());
        fixture.callback(account).beforeNextStatus(() -> {
            fixture.pass(Duration.ofSeconds(10));
            assertThat(BindingFixture.status(bridge), is("ONLINE"));
            account.setStatusInfo(
                    ThingStatusInfoBuilder.create(ThingStatus.INITIALIZING).build());
        });
        fixture.childNow(account).initialize();
        fixture.pass(Duration.ofSeconds(2));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertThat(fixture.state(account, "balance"), is("1234.56"));
    }

    @Test
    void usesCurrentBridgeStatusForLateEvents() {
        connected();
        fixture.childNow(account)
                .bridgeStatusChanged(
                        ThingStatusInfoBuilder.create(ThingStatus.OFFLINE, ThingStatusDetail.COMMUNICATION_ERROR)
                                .build());
        assertThat(BindingFixture.status(account), is("ONLINE"));

        fixture.bank.stopListening();
        fixture.pass(BindingFixture.INTERVAL);
        fixture.childNow(account)
                .bridgeStatusChanged(
                        ThingStatusInfoBuilder.create(ThingStatus.ONLINE).build());
        assertThat(BindingFixture.status(account), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));
    }

    @Test
    void isUnknownWhileEditedBridgeIsUnknown() {
        connected();
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        assertThat(BindingFixture.status(bridge), is("UNKNOWN"));
        assertThat(BindingFixture.status(account), is("UNKNOWN"));
        fixture.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(account), is("ONLINE"));
    }

    // Status text of a thing whose bridge is offline

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Login of Alice              | Login of Alice",
                "Alice's \"Monzo\"           | Alice's ”Monzo”",
                "Alice, Bob [joint]          | Alice‚ Bob (joint)",
                "{0} {1} '{' it's {broken    | {0} {1} '{' it's {broken",
                "@text/offline.unreachable x | @text/offline.unreachable x",
                "  Monzo \t of   Zoë 💷       | Monzo \t of   Zoë 💷",
                "``                        | monzo:bridge:labelled",
                "                            | monzo:bridge:labelled"
            })
    void showsLabelOfOfflineBridge(String label, String shown) {
        MonzoBridgeHandler labelled = fixture.addBridge("labelled");
        labelled.getThing().setLabel(label);
        Thing thing = fixture.addAccount(labelled, null);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(BindingFixture.status(thing), is("OFFLINE/BRIDGE_OFFLINE offline.bridge-offline"));
        assertThat(
                fixture.core()
                        .statusTexts()
                        .getLocalizedThingStatusInfo(thing, Locale.UK)
                        .getDescription(),
                is("The Monzo Login is offline; items keep their states. See " + shown + "."));
    }

    // Errors of one thing

    @Test
    void updatesOtherThingsWhileOneIsBeingRemoved() {
        Thing euro = fixture.addAccount(bridge, people.euro().id());
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        connected();
        euro.setStatusInfo(ThingStatusInfoBuilder.create(ThingStatus.REMOVING).build());
        assertUpdatedEveryMinute(account, joint);
    }

    /** A refresh may end between openHAB's announcement of the removal and the removal. */
    @Test
    void refreshesABridgeThatIsBeingRemovedWithoutAWarning() {
        connected();
        bridge.getThing()
                .setStatusInfo(
                        ThingStatusInfoBuilder.create(ThingStatus.REMOVING).build());
        try (WarningLog warnings = new WarningLog(PollJob.class)) {
            fixture.pass(BindingFixture.INTERVAL);
            fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
            fixture.pass(BindingFixture.INTERVAL);
            assertThat(warnings.messages(), is(empty()));
        }
        assertThat(BindingFixture.status(bridge), is("REMOVING"));
    }

    @Test
    void updatesOtherThingsDespiteAnErrorInOne() {
        Thing euro = fixture.addAccount(bridge, people.euro().id());
        Thing joint = fixture.addAccount(bridge, people.joint().id());
        connected();
        fixture.callback(euro).failStates(new IllegalStateException("a fault of this test"));
        assertUpdatedEveryMinute(account, joint);
        fixture.callback(euro).failStates(null);
        people.euro().balance(5);
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(fixture.state(euro, "balance"), is("0.05"));
    }

    private void assertUpdatedEveryMinute(Thing current, Thing joint) {
        for (int minute = 1; minute <= 3; minute++) {
            people.current().balance(minute);
            people.joint().balance(10 + minute);
            fixture.pass(BindingFixture.INTERVAL);
            assertThat(fixture.state(current, "balance"), is("0.0" + minute));
            assertThat(fixture.state(joint, "balance"), is("0.1" + minute));
        }
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    // Events

    private int statusEvents() {
        return List.of(bridge.getThing(), account, pot).stream()
                .mapToInt(thing -> fixture.callback(thing).statusEvents())
                .sum();
    }

    @Test
    void sendsStatusOnlyWhenChanged() {
        Thing gone = fixture.addPot(bridge, "pot_mistyped");
        connected();
        fixture.pass(BindingFixture.INTERVAL);
        int events = statusEvents();
        int eventsOfGone = fixture.callback(gone).statusEvents();
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(10));
        assertThat(statusEvents(), is(events));
        assertThat(fixture.callback(gone).statusEvents(), is(eventsOfGone));

        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError()).always(Endpoint.POTS, Fault.serverError());
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(10));
        assertThat("each once", statusEvents(), is(events + 3));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(30));
        assertThat("each once", statusEvents(), is(events + 6));
        assertThat(BindingFixture.status(account), is("ONLINE"));
    }

    // Commands

    @Test
    void restoresStateAfterACommand() {
        connected();
        assertShownAgain(account, "balance", new DecimalType("5"), "1234.56");
        assertShownAgain(pot, "locked", OnOffType.ON, "OFF");
        assertThat(fixture.bank.requests(), is(empty()));
        fixture.pass(Duration.ofSeconds(10));
        assertThat("no requests", fixture.bank.requests(), is(empty()));
    }

    private void assertShownAgain(Thing thing, String channel, Command command, String state) {
        fixture.callback(thing).forgetStates();
        fixture.childNow(thing).handleCommand(new ChannelUID(thing.getUID(), channel), command);
        assertThat(fixture.callback(thing).states(), is(aMapWithSize(1)));
        assertThat(fixture.state(thing, channel), is(state));
    }
}
