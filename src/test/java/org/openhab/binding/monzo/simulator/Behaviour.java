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
package org.openhab.binding.monzo.simulator;

import java.time.Duration;

/** Configures behaviour in which Monzo differs from its documentation or is not known. */
public final class Behaviour {
    /** The response of {@code /ping/whoami} before the approval; not verified with Monzo. */
    public enum WhoamiBeforeApproval {
        /** 200, as after the approval. */
        ANSWERS,
        /** 403 with client and user. */
        FORBIDDEN,
        /** 403 without client and user. */
        FORBIDDEN_WITHOUT_PARAMS
    }

    private volatile Duration expiresIn = Duration.ofHours(6);
    private volatile Duration history = Duration.ofDays(90);
    private volatile boolean challenges;
    private volatile int refreshRefusedStatus = 401;
    private volatile boolean approvesAtOnce;
    private volatile boolean refusesChangedAmounts;
    private volatile WhoamiBeforeApproval whoamiBeforeApproval = WhoamiBeforeApproval.ANSWERS;

    /**
     * Sets the lifetime of access tokens issued from now on.
     *
     * @param life the time, 6 hours unless set
     * @return this
     */
    public Behaviour expiresIn(Duration life) {
        expiresIn = life;
        return this;
    }

    /**
     * Sets how far back transactions can be read later than five minutes after a login.
     *
     * @param time the time, 90 days unless set
     * @return this
     */
    public Behaviour history(Duration time) {
        history = time;
        return this;
    }

    Duration history() {
        return history;
    }

    /**
     * Sets whether a 401 carries {@code WWW-Authenticate}, without which some HTTP clients do not hand it on.
     *
     * @param withHeader whether it does; recorded from Monzo without
     * @return this
     */
    public Behaviour challenges(boolean withHeader) {
        challenges = withHeader;
        return this;
    }

    /**
     * Sets the status of a refused refresh.
     *
     * @param status 401, as recorded from Monzo, or 400, as RFC 6749 asks
     * @return this
     */
    public Behaviour refreshRefusedStatus(int status) {
        refreshRefusedStatus = status;
        return this;
    }

    /**
     * Sets whether a login has its permissions without approval in the app, which spares tests that are about
     * something else a step.
     *
     * @param atOnce whether it does
     * @return this
     */
    public Behaviour approvesAtOnce(boolean atOnce) {
        approvesAtOnce = atOnce;
        return this;
    }

    /**
     * Sets the response of {@code /ping/whoami} before the approval.
     *
     * @param answer the answer
     * @return this
     */
    public Behaviour whoamiBeforeApproval(WhoamiBeforeApproval answer) {
        whoamiBeforeApproval = answer;
        return this;
    }

    /**
     * Sets what happens when a {@code dedupe_id} returns with another amount; Monzo's response is not known.
     *
     * @param refuses true for an error, false for the answer of the first transfer, whose amount it was
     * @return this
     */
    public Behaviour refusesChangedAmounts(boolean refuses) {
        refusesChangedAmounts = refuses;
        return this;
    }

    boolean refusesChangedAmounts() {
        return refusesChangedAmounts;
    }

    Duration expiresIn() {
        return expiresIn;
    }

    boolean challenges() {
        return challenges;
    }

    int refreshRefusedStatus() {
        return refreshRefusedStatus;
    }

    boolean approvesAtOnce() {
        return approvesAtOnce;
    }

    WhoamiBeforeApproval whoamiBeforeApproval() {
        return whoamiBeforeApproval;
    }
}
