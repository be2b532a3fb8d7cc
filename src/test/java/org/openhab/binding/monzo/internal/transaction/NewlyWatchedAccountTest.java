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
package org.openhab.binding.monzo.internal.transaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.BankTransaction;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.core.thing.Thing;

/** Tests which transactions a thing shows and delivers when it begins to watch an account. */
class NewlyWatchedAccountTest extends WatchedAccountTestBase {

    @Test
    void deliversNothingAndShowsTheNewest() {
        assertThat(delivered(thing), is(empty()));
        assertThat(shown(thing), contains("-19.99", "Coffee Bar", "eating_out", "2026-11-21T07:00:00.000+0000"));
        assertThat(fixture.pattern(thing, "last-transaction-amount"), is("£%,.2f"));
    }

    @Test
    void findsTheNewestHoweverOldWithinTheBanksWindow() {
        payAt(fixture.clock.instant().minus(Duration.ofDays(80)), 777);
        BankAccount quiet = people.joint();
        quiet.payments()
                .createdAt(fixture.clock.instant().minus(Duration.ofDays(80)))
                .receive(500, "Sam Friend", "Rent");
        Thing joint = fixture.addWatchedAccount(bridge, quiet.id());
        fixture.pass(Duration.ofSeconds(10));

        assertThat(fixture.state(joint, "last-transaction-amount"), is("5.00"));
        assertThat(delivered(joint), is(empty()));
    }

    @Test
    void showsUndefWithoutAnyAndDeliversTheFirst() {
        Thing joint = fixture.addWatchedAccount(bridge, people.joint().id());
        fixture.pass(Duration.ofSeconds(10));
        assertThat(shown(joint), everyItem(is("UNDEF")));

        BankTransaction first = people.joint().payments().pay(350, "Coffee Bar");
        refresh();
        assertThat(delivered(joint), contains(first.id()));
        assertThat(fixture.state(joint, "last-transaction-amount"), is("-3.50"));
    }

    @Test
    void deliversNothingOldAfterEmptyLists() {
        BankAccount joint = people.joint();
        for (int i = 0; i < 200; i++) {
            joint.payments()
                    .createdAt(fixture.clock.instant().minus(Duration.ofHours(2 + 2 * i)))
                    .pay(100 + i, "Corner Shop");
        }
        fixture.bank.faults().next(Endpoint.TRANSACTIONS, 4, Fault.json("{\"transactions\":[]}"));
        Thing watched = fixture.addWatchedAccount(bridge, joint.id());
        fixture.pass(Duration.ofMinutes(10));
        assertThat(delivered(watched), is(empty()));

        BankTransaction next = joint.payments().pay(200, "Corner Shop");
        refresh();
        assertThat(delivered(watched), contains(next.id()));
    }

    @Test
    void deliversNothingOldWhenAClockThatWasAheadIsSetRight() {
        BankAccount joint = people.joint();
        for (int i = 0; i < 150; i++) {
            joint.payments()
                    .createdAt(fixture.clock.instant().minus(Duration.ofHours(1 + 6 * i)))
                    .pay(100 + i, "Corner Shop");
        }
        fixture.clock.advance(Duration.ofDays(100));
        Thing watched = fixture.addWatchedAccount(bridge, joint.id());
        fixture.connect(bridge, people.alice());
        fixture.pass(Duration.ofMinutes(10));
        fixture.clock.advance(Duration.ofDays(-100));
        fixture.pass(Duration.ofMinutes(10));
        assertThat(delivered(watched), is(empty()));

        BankTransaction next = joint.payments().pay(200, "Corner Shop");
        refresh();
        assertThat(delivered(watched), contains(next.id()));
    }

    @Test
    void startsAnewWithAnotherAccount() {
        people.joint().payments().pay(100, "Coffee Bar");
        fixture.edit(thing, Map.of("accountId", people.joint().id()));
        fixture.pass(A_MOMENT);
        assertThat(delivered(thing), is(empty()));
        assertThat(fixture.state(thing, "last-transaction-amount"), is("-1.00"));

        BankTransaction next = people.joint().payments().pay(200, "Coffee Bar");
        pay(999);
        refresh();
        assertThat(delivered(thing), contains(next.id()));

        fixture.edit(thing, Map.of("accountId", account.id()));
        fixture.pass(A_MOMENT);
        assertThat("not what happened meanwhile", delivered(thing), contains(next.id()));
    }

    @Test
    void startsAnewAfterTransactionsWereOff() {
        fixture.edit(thing, Map.of("transactions", false));
        fixture.pass(A_MOMENT);
        pay(100);
        refresh();
        fixture.edit(thing, Map.of("transactions", true));
        fixture.pass(A_MOMENT);
        assertThat(delivered(thing), is(empty()));

        BankTransaction next = pay(200);
        refresh();
        assertThat(delivered(thing), contains(next.id()));
    }

    /** As when it is deleted from a file: openHAB calls no handler. */
    @Test
    void startsAnewAfterTheThingWasRemovedWithoutItsHandler() {
        fixture.forceRemoval(thing);
        for (int i = 0; i < 5; i++) {
            pay(100 + i);
            fixture.pass(Duration.ofHours(1));
        }
        thing = fixture.addWatchedAccount(bridge, account.id());
        refresh();
        assertThat(delivered(thing), is(empty()));

        BankTransaction next = pay(200);
        refresh();
        assertThat(delivered(thing), contains(next.id()));
    }

    @Test
    void worksWithoutAnAccountId() {
        Thing first = fixture.addAccount(bridge, "first", Map.of("transactions", "true"));
        fixture.pass(A_MOMENT);
        assertThat(fixture.state(first, "last-transaction-amount"), is("-19.99"));

        BankTransaction next = pay(200);
        refresh();
        assertThat(delivered(first), contains(next.id()));
    }
}
