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
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.webhook.Push;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

/** Tests the page that lists all logins with their statuses. */
class OverviewPageTest extends ConnectPagesTestBase {

    @Test
    void showsAllBridgesAndRedirectUrl() {
        MonzoConnection other = fixture.addBridge(OTHER);
        other.getThing().setLabel("Bob's <Bank> & \"Co\"");
        when(other.callbackUrl()).thenReturn("https://home.example/\"<callback>");
        PagesFixture.show(other, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);

        PageResponse reply = fixture.get("", Map.of());

        assertEquals(200, reply.status());
        assertThat(reply.location(), is(nullValue()));
        assertThat(
                reply.html(),
                allOf(
                        containsString(HOME),
                        containsString("connectmonzo/authorize?bridge=monzo%3Abridge%3Ahome\""
                                + " aria-label=\"Authorise: Monzo Login\">Authorise</a>"),
                        containsString("<h2>Monzo Login</h2>"),
                        containsString("<h2>Bob&#39;s &lt;Bank&gt; &amp; &quot;Co&quot;</h2>"),
                        containsString("<code>https://home.example/&quot;&lt;callback&gt;</code>"),
                        containsString("<code>" + CALLBACK + "</code>"),
                        containsString("Authorise again"),
                        containsString("Connected.")));
        assertThat(reply.html(), not(containsString("http-equiv")));
    }

    @Test
    void explainsWhatToDoWithoutBridges() {
        fixture.bridges.remove(home);

        String html = fixture.get("", Map.of()).html();
        assertThat(words(html), containsString(words(texts.text("page.no-bridges"))));
        assertThat(html, containsString("<a href=\"./settings/things/\">Main UI, Settings, Things</a>"));
    }

    @Test
    void keepsReplacementOfARemovedBridge() {
        MonzoConnection successor = fixture.addBridge(HOME);
        fixture.bridges.remove(home);

        assertThat(fixture.get("", Map.of()).html(), containsString(HOME));
        fixture.bridges.remove(successor);
        assertThat(fixture.get("", Map.of()).html(), not(containsString(HOME)));
    }

    @ParameterizedTest
    @EnumSource(ThingStatus.class)
    void showsEveryStatus(ThingStatus status) {
        PagesFixture.show(home, status, ThingStatusDetail.NONE, "<i>");

        String html = fixture.get("", Map.of()).html();

        assertThat(html, containsString(texts.text("page.status." + status)));
        assertThat(html, containsString("&lt;i&gt;"));
        assertThat(html, not(containsString("<i>")));
    }

    @Test
    void refreshesWhileTheBridgeChanges() {
        awaitApproval(home);
        String html = fixture.get("", fixture.ended(Outcome.APPROVE, HOME)).html();

        assertThat(html, matchesPattern("(?s).*content=\"4;url=connectmonzo\\?outcome=approve-[A-Za-z0-9_-]{22}\".*"));
    }

    @ParameterizedTest
    @CsvSource({"0, Connected.", "1, 'Connected, 1 account.'", "12, 'Connected, 12 accounts.'"})
    void showsNumberOfAccounts(int accounts, String status) {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        when(home.accountCount()).thenReturn(accounts);

        assertThat(
                fixture.get("", Map.of()).html(), containsString("<span class=\"status good\">" + status + "</span>"));
    }

    @Test
    void showsDayOfTheLatestApproval() {
        when(home.approved()).thenReturn(Optional.of(LocalDate.of(2026, 11, 3)));

        assertThat(
                fixture.get("", Map.of()).html(),
                containsString("<p class=\"soft\">Last approved on 3 November 2026.</p>"));
    }

    @Test
    void hidesTheOwner() {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        home.getThing().setProperty(MonzoBindingConstants.PROPERTY_OWNER, "Alice Example");

        assertThat(fixture.get("", Map.of()).html(), not(containsString("Alice")));
    }

    @Test
    void explainsWhatToDoAfterApprovalWasWithdrawn() {
        PagesFixture.show(
                home, ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_PENDING, "@text/offline.approval-withdrawn");

        String html = fixture.get("", fixture.ended(Outcome.APPROVE, HOME)).html();

        assertThat(
                html,
                allOf(
                        containsString(">Not connected.</span> Access was withdrawn in the Monzo app;"
                                + " approve it there again, or press Authorise."),
                        containsString(">Authorise</a>"),
                        not(containsString(texts.text("page.approve")))));
    }

    @Test
    void sortsLoginsByLabel() {
        home.getThing().setLabel("zoe");
        fixture.addBridge("monzo:bridge:a").getThing().setLabel("bob");
        fixture.addBridge("monzo:bridge:b").getThing().setLabel("Alice");
        fixture.addBridge("monzo:bridge:c").getThing().setLabel("Bob");

        assertThat(
                fixture.get("", Map.of()).html(),
                stringContainsInOrder("Alice", "monzo:bridge:a", "monzo:bridge:c", "zoe", HOME));
    }

    @Test
    void namesTheLoginOfEachButtonForScreenReaders() {
        fixture.addBridge(OTHER).getThing().setLabel("Bob's \"Monzo\"");
        assertThat(
                fixture.get("", Map.of()).html(),
                allOf(
                        containsString("aria-label=\"Authorise: Monzo Login\">Authorise</a>"),
                        containsString("aria-label=\"Authorise: Bob&#39;s &quot;Monzo&quot;\">Authorise</a>")));
        fixture.addBridge("monzo:bridge:third");
        assertThat(
                fixture.get("", Map.of()).html(),
                containsString("aria-label=\"Authorise: Monzo Login (monzo:bridge:third)\">"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-refused", "login-refused", "client-not-confidential"})
    void linksToTheThingWhoseSettingsToCheck(String text) {
        PagesFixture.show(
                home, ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_ERROR, "@text/offline." + text + " [\"x\"]");
        String html = fixture.get("", Map.of()).html();
        assertThat(html, containsString("<a href=\"./settings/things/" + HOME + "\" aria-label=\""));
        assertThat(html, containsString(" in openHAB: Monzo Login\">"));
        assertThat(words(html), containsString(words(texts.text("page.offline." + text))));
    }

    @ParameterizedTest
    @EnumSource(value = Push.Status.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void showsTheStateOfPush(Push.Status status) {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        when(home.pushStatus()).thenReturn(status);
        String shown = Html.escape(texts.text(status.textKey()));
        assertThat(fixture.get("", Map.of()).html(), containsString("<p class=\"soft\">Push: " + shown + "</p>"));
    }

    @Test
    void showsNoPushThatIsOff() {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        when(home.pushStatus()).thenReturn(Push.Status.OFF);
        assertThat(fixture.get("", Map.of()).html(), not(containsString("Push")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, true",
        "https://LOCALHOST, true",
        "http://127.0.0.1:8080, true",
        "http://127.1.2.3, true",
        "http://[::1]:8080, true",
        "http://localhost.example:8080, false",
        "http://192.168.1.2:8080, false",
        "http://127.0.0.1.example, false",
        "https://openhab.local/home, false"
    })
    void warnsOfAnAddressForOneComputerOnly(String publicUrl, boolean isLocal) {
        String local = Html.escape(texts.text("page.local-address"));
        assertThat(fixture.get("", Map.of(), publicUrl).html().contains(local), is(isLocal));
        when(home.callbackUrl()).thenReturn("https://home.example/connectmonzo/callback");
        assertThat("does not matter", fixture.get("", Map.of(), publicUrl).html(), not(containsString(local)));
    }

    @ParameterizedTest
    @CsvSource({
        "OFFLINE, CONFIGURATION_PENDING, @text/offline.approval-needed, 4",
        "OFFLINE, CONFIGURATION_PENDING, @text/offline.approval-withdrawn, 4",
        "OFFLINE, CONFIGURATION_PENDING, @text/offline.login-needed, ",
        "OFFLINE, CONFIGURATION_ERROR, @text/offline.login-evicted, ",
        "OFFLINE, COMMUNICATION_ERROR, @text/offline.unreachable, 30",
        "UNKNOWN, NONE, , 4",
        "INITIALIZING, NONE, , 4",
        "REMOVING, NONE, , 4",
        "REMOVED, NONE, , ",
        "ONLINE, NONE, , "
    })
    void refreshesWhilePending(ThingStatus status, ThingStatusDetail detail, String description, Integer seconds) {
        fixture.addBridge(OTHER);
        PagesFixture.show(home, status, detail, description);

        String html = fixture.get("", Map.of()).html();

        assertThat(html.contains("http-equiv"), is(seconds != null));
        if (seconds != null) {
            assertThat(html, containsString("content=\"" + seconds + ";url=connectmonzo\""));
        }
    }

    @Test
    void refreshesAfterTheShortestDelay() {
        PagesFixture.show(
                home, ThingStatus.OFFLINE, ThingStatusDetail.COMMUNICATION_ERROR, "@text/offline.unreachable");
        awaitApproval(fixture.addBridge(OTHER));

        assertThat(fixture.get("", Map.of()).html(), containsString("content=\"4;url=connectmonzo\""));
    }

    @Test
    void escapesTheLanguage() {
        Locale odd = new Locale.Builder()
                .setLanguage("de")
                .setExtension(Locale.PRIVATE_USE_EXTENSION, "a-b")
                .build();
        String html = fixture.pages
                .reply(new PageRequest("", Map.of(), PagesFixture.PUBLIC_URL, odd, PagesFixture.ADDRESS))
                .html();

        assertThat(html, containsString("<html lang=\"de-x-a-b\">"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/authorize/", "/callback/x", "//", "/../", "/<script>alert(1)</script>", "/a/b/c"})
    void returnsNotFoundForOtherPaths(String path) {
        PageResponse reply = fixture.get(path, Map.of());

        assertOutcome(404, Outcome.NO_PAGE, reply);
        assertThat(reply.html(), not(containsString("<script")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/authorize", "/callback", "/x"})
    void rejectsInvalidHost(String path) {
        assertOutcome(400, Outcome.BAD_ADDRESS, fixture.get(path, Map.of("bridge", HOME), null));
    }

    /** A proxy may add a prefix to the paths; headers must not influence redirects. */
    @ParameterizedTest
    @CsvSource({", ''", "/, ''", "/callback, ''", "/a/b, ''", ", /prefix", "/, /prefix", "/callback, /prefix"})
    void usesRelativeUrls(String path, String prefix) {
        String below = path == null ? "" : path;
        String root = new PageRequest(below, Map.of(), PagesFixture.PUBLIC_URL, Locale.UK, PagesFixture.ADDRESS).root();

        assertEquals(
                prefix + "/connectmonzo",
                URI.create("http://openhab" + prefix + "/connectmonzo" + below)
                        .resolve(root)
                        .getPath());
    }
}
