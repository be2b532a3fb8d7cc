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
package org.openhab.binding.monzo.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.internal.handler.PotActions;
import org.openhab.core.thing.Thing;

/**
 * Calls the actions of pots as rules do: each in a thread of its own, while openHAB's pool works. The time passes that
 * the binding lets pass between the repeats of a request.
 */
final class RuleCalls {

    /** The longest time between two repeats; the next refresh is later. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final BindingFixture fixture;

    RuleCalls(BindingFixture fixture) {
        this.fixture = fixture;
    }

    /** What a rule is told. */
    record Answer(String outcome, String message, BigDecimal balance) {

        static Answer of(Map<String, Object> outputs) {
            return new Answer((String) outputs.get("outcome"), (String) outputs.get("message"), (BigDecimal)
                    outputs.get("balance"));
        }
    }

    /** The actions of a pot, as openHAB makes them for its handler. */
    PotActions actions(Thing pot) {
        PotActions actions = new PotActions();
        actions.setThingHandler(fixture.childNow(pot));
        return actions;
    }

    Answer deposit(Thing pot, Object amount) {
        return call(() -> actions(pot).deposit(amount));
    }

    Answer deposit(Thing pot, Object amount, Object id) {
        return call(() -> actions(pot).deposit(amount, id));
    }

    Answer withdraw(Thing pot, Object amount) {
        return call(() -> actions(pot).withdraw(amount));
    }

    Answer withdraw(Thing pot, Object amount, Object id) {
        return call(() -> actions(pot).withdraw(amount, id));
    }

    private Answer call(Callable<Map<String, Object>> action) {
        BackgroundTask rule = begin(action);
        finish(rule);
        return answer(rule);
    }

    /** Begins a call that other calls overtake or wait for. */
    BackgroundTask begin(Callable<Map<String, Object>> action) {
        return BackgroundTask.call(() -> Answer.of(action.call()));
    }

    static Answer answer(BackgroundTask rule) {
        return (Answer) rule.join();
    }

    /** Lets openHAB's pool work until the rules have their answers. */
    void finish(BackgroundTask... rules) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!Stream.of(rules).allMatch(BackgroundTask::isDone)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited in vain for the end of a rule");
            }
            fixture.scheduler.runDue();
            LockSupport.parkNanos(200_000);
            Duration next = fixture.scheduler.untilNext();
            boolean repeats = next != null && !next.isZero() && next.compareTo(LONGEST_PAUSE) <= 0;
            if (repeats && Stream.of(rules).allMatch(rule -> rule.isDone() || rule.isWaiting())) {
                fixture.pass(next);
            }
        }
        fixture.scheduler.runDue();
    }
}
