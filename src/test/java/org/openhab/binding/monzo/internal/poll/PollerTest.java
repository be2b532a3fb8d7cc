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
package org.openhab.binding.monzo.internal.poll;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.mockito.Mockito.mock;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.ManualScheduler;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.auth.AuthenticatedClient;
import org.openhab.binding.monzo.internal.auth.TokenManager;
import org.openhab.binding.monzo.internal.model.BankSnapshot;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.simulator.AdjustableClock;
import org.slf4j.LoggerFactory;

class PollerTest {

    private final AdjustableClock clock = new AdjustableClock(Instant.parse("2026-11-21T08:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<ErrorKind> errors = new ArrayList<>();

    private final Poller.Listener listener = new Poller.Listener() {
        @Override
        public DataRequests beginRefresh() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void onSnapshot(BankSnapshot snapshot) {
            throw new AssertionError("there is none");
        }

        @Override
        public void onError(ErrorKind error) {
            errors.add(error);
        }
    };

    @Test
    void schedulesNextRefreshAfterUnexpectedError() {
        Poller poller = poller();

        poller.start();
        scheduler.runDue();

        assertThat(errors, contains(ErrorKind.INVALID_RESPONSE));
        assertThat(poller.untilNextRefresh(), is(notNullValue()));
    }

    @Test
    void logsUnexpectedErrorOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(Poller.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            poller().start();
            scheduler.advance(Duration.ofHours(1));
        } finally {
            logger.detachAppender(log);
        }

        assertThat(errors, hasSize(greaterThan(2)));
        assertThat(
                log.list.stream()
                        .map(ILoggingEvent::getLevel)
                        .filter(Level.WARN::equals)
                        .toList(),
                hasSize(1));
    }

    private Poller poller() {
        MonzoApi api = new MonzoApi(
                "https://api.example",
                request -> {
                    throw new AssertionError("no request");
                },
                clock);
        return new Poller(
                new AuthenticatedClient(mock(TokenManager.class), null, api, clock),
                () -> Duration.ofSeconds(60),
                listener,
                scheduler,
                clock);
    }
}
