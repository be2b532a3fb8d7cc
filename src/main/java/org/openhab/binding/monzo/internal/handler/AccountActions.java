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

import java.util.Map;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.feed.FeedMessage;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;
import org.openhab.core.thing.binding.ThingHandler;

/**
 * The actions of an account for scripts, and for them alone, as those of {@link PotActions}.
 */
@NonNullByDefault
@ThingActionsScope(name = MonzoBindingConstants.BINDING_ID)
public class AccountActions implements ThingActions {

    /** Not translated, as a thing without these actions has no texts for them. */
    private static final Map<String, Object> NO_ACCOUNT =
            outputs(false, "Not sent: this thing is not a Monzo Account.");

    private @Nullable MonzoAccountHandler handler;

    @Override
    public void setThingHandler(ThingHandler handler) {
        this.handler = handler instanceof MonzoAccountHandler account ? account : null;
    }

    @Override
    public @Nullable ThingHandler getThingHandler() {
        return handler;
    }

    /**
     * Shows a message in the Monzo app, with openHAB's logo.
     *
     * @return {@code outcome}: {@code DONE} or {@code REFUSED}, and {@code message}, which explains it
     */
    public Map<String, Object> postToFeed(@Nullable String title, @Nullable String body) {
        return postToFeed(title, body, null, null);
    }

    /**
     * Shows a message in the Monzo app.
     *
     * @param title at most 100 characters; longer ones are cut off
     * @param body at most 500 characters; longer ones are cut off
     * @param imageUrl the {@code https} address of a picture, {@code null} for openHAB's logo
     * @param url the {@code https} address that a tap opens, {@code null} for none
     * @return {@code outcome}: {@code DONE} or {@code REFUSED}, and {@code message}, which explains it
     */
    public Map<String, Object> postToFeed(
            @Nullable String title, @Nullable String body, @Nullable String imageUrl, @Nullable String url) {
        MonzoAccountHandler account = handler;
        if (account == null) {
            return NO_ACCOUNT;
        }
        Feed.Result result = account.postToFeed(FeedMessage.of(title, body, imageUrl, url));
        return outputs(result == Feed.Result.DONE, account.texts().text(result.key(), Feed.Limits.MAX_MESSAGES));
    }

    /** For rules in openHAB's rule language; see {@link #postToFeed(String, String)}. */
    public static Map<String, Object> postToFeed(
            @Nullable ThingActions actions, @Nullable String title, @Nullable String body) {
        return postToFeed(actions, title, body, null, null);
    }

    /** For rules in openHAB's rule language; see {@link #postToFeed(String, String, String, String)}. */
    public static Map<String, Object> postToFeed(
            @Nullable ThingActions actions,
            @Nullable String title,
            @Nullable String body,
            @Nullable String imageUrl,
            @Nullable String url) {
        return actions instanceof AccountActions account ? account.postToFeed(title, body, imageUrl, url) : NO_ACCOUNT;
    }

    private static Map<String, Object> outputs(boolean done, String message) {
        return Map.of("outcome", done ? "DONE" : "REFUSED", "message", message);
    }
}
