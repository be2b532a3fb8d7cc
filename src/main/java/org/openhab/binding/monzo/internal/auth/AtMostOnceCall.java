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
package org.openhab.binding.monzo.internal.auth;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.openhab.binding.monzo.internal.api.HttpTransport.Pending;
import org.openhab.binding.monzo.internal.api.MonzoApi.ApiRequest;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.model.ErrorKind;

/**
 * A request that is sent at most once with a token that Monzo accepts, only while it is permitted, and not after it
 * was abandoned.
 */
@NonNullByDefault
public final class AtMostOnceCall<T> implements ApiRequest<T> {

    private enum State {
        /** Not sent, or only with a token that Monzo rejected. */
        OPEN,
        /** Sent, and perhaps carried out. */
        SENT,
        /** Not to be sent any more. */
        ABANDONED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final ApiRequest<T> request;
    private final BooleanSupplier permitted;

    /**
     * Creates a call.
     *
     * @param request creates the request, which asks just before it is sent whether it is still permitted
     * @param permitted asked each time before the request is sent
     */
    public AtMostOnceCall(Function<BooleanSupplier, ApiRequest<T>> request, BooleanSupplier permitted) {
        this.permitted = permitted;
        this.request = request.apply(() -> state.get() != State.ABANDONED && permitted.getAsBoolean());
    }

    /** Sends the request; awaiting it throws {@code NOT_SENT} if it must not be sent. */
    @Override
    public Pending<T> send(String accessToken) {
        if (!permitted.getAsBoolean() || !state.compareAndSet(State.OPEN, State.SENT)) {
            return () -> {
                throw MonzoException.notSent();
            };
        }
        Pending<T> response = request.send(accessToken);
        return () -> await(response);
    }

    private T await(Pending<T> response) throws MonzoException {
        try {
            return response.await();
        } catch (MonzoException e) {
            if (e.kind() == ErrorKind.NOT_SENT
                    || e.kind().recovery() == ErrorKind.Recovery.REFRESH_TOKEN
                    || e.kind() == ErrorKind.LOGIN_EVICTED) {
                state.compareAndSet(State.SENT, State.OPEN); // with a 401 it may be repeated with another token
            }
            throw e;
        }
    }

    /** Returns whether the request was not sent, or only with a token that Monzo rejected. */
    public boolean isOpen() {
        return state.get() == State.OPEN;
    }

    /**
     * Prevents the request from being sent, or sent again.
     *
     * @return whether it was certainly not carried out
     */
    public boolean abandon() {
        return state.getAndSet(State.ABANDONED) == State.OPEN;
    }
}
