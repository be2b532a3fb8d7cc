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
package org.openhab.binding.monzo.internal.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hamcrest.Matcher;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

/** Base class of tests of the pages with mocked bridges. */
abstract class ConnectPagesTestBase {

    static final String HOME = "monzo:bridge:home";
    static final String OTHER = "monzo:bridge:other";
    static final String CALLBACK = PagesFixture.PUBLIC_URL + "/connectmonzo/callback";

    final PagesFixture fixture = new PagesFixture();
    final MonzoConnection home = fixture.addBridge(HOME);
    final MonzoTexts texts = PropertiesTranslations.monzoTexts();

    /** Returns the visible text of a page or of a text with a link. */
    static String words(String markup) {
        return markup.replaceAll("</?a(?: [^>]*)?>", "");
    }

    static void awaitApproval(MonzoConnection bridge) {
        PagesFixture.show(
                bridge, ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_PENDING, "@text/offline.approval-needed");
    }

    void assertOutcome(int status, Outcome outcome, PageResponse reply) {
        Matcher<String> saysSo = containsString(Html.escape(texts.text("page." + outcome.key() + "-text")));
        assertThat(reply.html(), saysSo);
        assertThat(reply.location(), is(nullValue()));
        assertEquals(status, reply.status());
    }
}
