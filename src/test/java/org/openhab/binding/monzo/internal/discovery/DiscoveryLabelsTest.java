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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;

/** Tests the labels of results. */
class DiscoveryLabelsTest extends DiscoveryTestBase {

    @Test
    void announcesRenamedPotUnderItsNewName() {
        fixture.addPot(bridge, people.holiday().id());
        connect();
        inbox.forget();

        people.rainyDay().name("Sunny day");
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(inbox.labels(), contains("Monzo Pot Sunny day"));
        assertThat(inbox.removed, is(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"🏖🎄", "<script>alert(1)</script>", "@text/offline.login-needed", "{0} it's", "$1 \\", "%s"})
    void keepsSpecialCharactersInPotNames(String name) {
        people.holiday().name(name);
        connect();
        assertThat(inbox.labels(), hasItem("Monzo Pot " + name));
    }

    @Test
    void labelsPotWithoutName() {
        people.holiday().name(" ");
        connect();
        assertThat(inbox.labels(), hasItem("Monzo Pot"));
    }

    @Test
    void appendsLoginToLabelsWithSeveralLogins() {
        connect();
        fixture.pass(BindingFixture.INTERVAL);
        inbox.forget();

        MonzoBridgeHandler bobs = fixture.addBridge("bob");
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, hasSize(10));
        assertThat(inbox.labels(), everyItem(startsWith("Login of alice: ")));
        assertThat(inbox.labels(), hasItem("Login of alice: Monzo Pot Bills"));
        inbox.forget();
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, is(empty()));

        fixture.end(bobs.getThing());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(inbox.added, hasSize(10));
        assertThat(inbox.labels(), everyItem(not(containsString("Login of"))));
        assertThat(inbox.removed, is(empty()));
    }

    @Test
    void addsIdOfLoginWithDuplicateLabel() {
        fixture.addBridge("bob").getThing().setLabel("Login of alice");
        connect();
        assertThat(inbox.labels(), hasItem("Login of alice alice: Monzo Pot Bills"));
    }

    @Test
    void addsAccountToLabelsOfPotsWithTheSameName() {
        people.current().addPot("Bills", null, 1);
        people.euro().addPot("Piano", null, 1);
        people.euro().addPot(" ", null, 1);
        people.flex().addPot("", null, 1);
        connect();
        assertThat(
                inbox.labels(),
                hasItems(
                        "Monzo Pot Bills, Current Account",
                        "Monzo Pot Bills, Joint Account",
                        "Monzo Pot Piano",
                        "Monzo Pot, Current Account EUR",
                        "Monzo Pot, Flex",
                        "Monzo Pot Rainy day"));
    }
}
