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
package org.openhab.binding.monzo.internal.feed;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.api.Pending;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * A request that is sent at most once with a token that Monzo accepts.
 */
@NonNullByDefault
final class Attempt<T> implements ApiRequest<T> {

    private enum State {
        /** Not sent, or only with a token that Monzo rejected. */
        OPEN,
        /** Sent, and perhaps carried out. */
        SENT,
        /** Not to be sent any more. */
        ABANDONED
    }

    private final ApiRequest<T> request;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    Attempt(ApiRequest<T> request) {
        this.request = request;
    }

    @Override
    public Pending<T> send(String accessToken) {
        if (!state.compareAndSet(State.OPEN, State.SENT)) {
            return () -> {
                throw new MonzoException(ErrorKind.TIMED_OUT, "too late, request not sent");
            };
        }
        Pending<T> response = request.send(accessToken);
        return () -> await(response);
    }

    private T await(Pending<T> response) throws MonzoException {
        try {
            return response.await();
        } catch (MonzoException e) {
            if (e.kind().recovery() == ErrorKind.Recovery.REFRESH_TOKEN || e.kind() == ErrorKind.LOGIN_EVICTED) {
                state.compareAndSet(State.SENT, State.OPEN); // a 401, so it may be repeated with another token
            }
            throw e;
        }
    }

    /** Returns whether the request was not sent, or only with a token that Monzo rejected. */
    boolean isOpen() {
        return state.get() == State.OPEN;
    }

    /** Prevents the request from being sent, or sent again, and returns what is known about it. */
    FeedResult abandon() {
        return state.getAndSet(State.ABANDONED) == State.SENT ? FeedResult.UNCONFIRMED : FeedResult.NOT_SENT;
    }
}
