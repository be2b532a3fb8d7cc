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
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

/** Tests the banner with the outcome of a login. */
class OutcomeBannerTest extends ConnectPagesTestBase {

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STALE", "BAD_ADDRESS", "NO_PAGE", "HANDED_OVER", "PERSON_HAS_LOGIN"})
    void showsOutcomeOfALogin(Outcome outcome) {
        if (outcome == Outcome.APPROVE) {
            awaitApproval(home);
        }
        String html = fixture.get("", fixture.ended(outcome, HOME)).html();

        assertThat(html, containsString(Html.escape(texts.text("page." + outcome.key()))));
        assertThat(words(html), containsString(Html.escape(words(texts.text("page." + outcome.key() + "-text")))));
        assertThat(html.contains("http-equiv=\"refresh\""), is(outcome == Outcome.APPROVE));
    }

    @Test
    void stopsRefreshingOnceConnected() {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);

        String html = fixture.get("", fixture.ended(Outcome.APPROVE, HOME)).html();

        assertThat(words(html), containsString(words(texts.text("page.connected-text"))));
        assertThat(html, containsString("<a href=\"./settings/things/inbox\">Main UI, Settings, Things, Inbox</a>"));
        assertThat(html, not(containsString("http-equiv")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "approve", "approve-AAAAAAAAAAAAAAAAAAAAAA", "<script>alert(1)</script>"})
    void ignoresUnknownOutcomes(String key) {
        fixture.ended(Outcome.APPROVE, HOME);
        String html = fixture.get("", Map.of(ConnectPages.OUTCOME, key)).html();

        assertEquals(fixture.get("", Map.of()).html(), html);
    }

    @Test
    void ignoresOutcomeOfARemovedBridge() {
        Map<String, String> ended = fixture.ended(Outcome.APPROVE, OTHER);
        assertEquals(fixture.get("", Map.of()).html(), fixture.get("", ended).html());
    }

    @Test
    void showsLoginLabelInBanner() {
        home.getThing().setLabel("Alice's <Monzo>");
        fixture.addBridge(OTHER).getThing().setLabel("Bob's Monzo");

        String html = fixture.get("", fixture.ended(Outcome.DENIED, HOME)).html();

        assertThat(
                html,
                stringContainsInOrder(
                        "role=\"status\"", "Alice&#39;s &lt;Monzo&gt;", texts.text("page.denied"), "</section>"));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "PERSON_HAS_LOGIN", "DENIED"})
    void namesUidsOfLoginsWithOneLabelInBanner(Outcome outcome) {
        MonzoConnection other = fixture.addBridge(OTHER);
        if (outcome == Outcome.HANDED_OVER) {
            awaitApproval(other);
        }
        Map<String, String> query =
                outcome == Outcome.DENIED ? fixture.ended(outcome, HOME) : fixture.ended(outcome, HOME, OTHER);

        String html = fixture.get("", query).html();
        String banner = html.substring(html.indexOf("role=\"status\""), html.indexOf("</section>"));
        assertThat(banner, containsString("Monzo Login (" + HOME + ")"));
        assertThat(banner.contains("Monzo Login (" + OTHER + ")"), is(outcome != Outcome.DENIED));
        assertThat(words(banner), containsString(words(texts.text("page.same-label"))));
        assertThat(banner, containsString("href=\"./settings/things/" + HOME + "\""));

        other.getThing().setLabel("Another");
        assertThat(fixture.get("", query).html(), not(containsString("Several Monzo Logins")));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT_REFUSED", "REFUSED", "DENIED"})
    void linksFromTheBannerToTheThingWhoseSettingsToCheck(Outcome outcome) {
        String html = fixture.get("", fixture.ended(outcome, HOME)).html();
        assertThat(html, containsString("<a href=\"./settings/things/" + HOME + "\" aria-label=\""));
        assertThat(words(html), containsString(words(texts.text("page." + outcome.key() + "-text"))));
    }

    @Test
    void expectsApprovalOnlyWhenOpened() {
        fixture.get("/nothing", Map.of());
        fixture.begin(HOME);
        verify(home.poller(), never()).expectApproval();

        fixture.get("", Map.of());
        verify(home.poller()).expectApproval();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STALE", "BAD_ADDRESS", "NO_PAGE"})
    void hidesBannerAfterAQuarterOfAnHour(Outcome outcome) {
        awaitApproval(home);
        Map<String, String> ended = fixture.ended(outcome, HOME);
        fixture.clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(fixture.get("", ended).html(), containsString("role=\"status\""));
        fixture.clock.advance(Duration.ofSeconds(1));
        assertEquals(fixture.get("", Map.of()).html(), fixture.get("", ended).html());
    }

    @Test
    void hidesApprovalBannerOfAnotherLoginOnceConnected() {
        MonzoConnection other = fixture.addBridge(OTHER);
        awaitApproval(other);
        Map<String, String> ended = fixture.ended(Outcome.HANDED_OVER, HOME, OTHER);
        assertThat(fixture.get("", ended).html(), containsString("content=\"4;url=connectmonzo?outcome="));
        PagesFixture.show(other, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        assertEquals(fixture.get("", Map.of()).html(), fixture.get("", ended).html());
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIGURATION_PENDING, @text/offline.login-needed",
        "CONFIGURATION_PENDING, @text/offline.approval-withdrawn",
        "CONFIGURATION_ERROR, @text/offline.login-refused"
    })
    void hidesApprovalBannerOfAnEndedLogin(ThingStatusDetail detail, String description) {
        PagesFixture.show(home, ThingStatus.OFFLINE, detail, description);

        assertEquals(
                fixture.get("", Map.of()).html(),
                fixture.get("", fixture.ended(Outcome.APPROVE, HOME)).html());
    }

    /** A denied login does not affect the earlier one: both are shown. */
    @Test
    void showsBannerBesideAnEarlierLogin() {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "error", "access_denied"));

        String html = fixture.get("", PagesFixture.next(reply)).html();
        assertThat(html, containsString(texts.text("page.denied")));
        assertThat(html, containsString("Connected."));
        assertThat(html, not(containsString("http-equiv")));
    }

    @Test
    void replacesBannerAfterALaterLogin() {
        PageResponse denied = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "error", "access_denied"));
        fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));
        awaitApproval(home);

        assertThat(fixture.get("", PagesFixture.next(denied)).html(), not(containsString(texts.text("page.denied"))));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "PERSON_HAS_LOGIN"})
    void showsLabelOfTheUsersOtherLogin(Outcome outcome) {
        MonzoConnection other = fixture.addBridge(OTHER);
        other.getThing().setLabel("Alice's {0} <Monzo>");
        home.getThing().setLabel("Bob's Monzo");
        if (outcome == Outcome.HANDED_OVER) {
            awaitApproval(other);
        }

        String html = fixture.get("", fixture.ended(outcome, HOME, OTHER)).html();

        String key = "page." + outcome.key();
        Object[] labels = {"Alice's {0} <Monzo>", "Bob's Monzo"};
        assertThat(html, containsString(Html.escape(texts.text(key, labels))));
        assertThat(html, containsString(Html.escape(texts.text(key + "-text", labels))));
    }
}
