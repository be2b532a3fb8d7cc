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
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.auth.LoginResult;
import org.openhab.binding.monzo.internal.connection.MonzoConnection;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.model.PushStatus;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;

class ConnectPagesTest {

    private static final String HOME = "monzo:bridge:home";
    private static final String OTHER = "monzo:bridge:other";
    private static final String CALLBACK = PagesFixture.PUBLIC_URL + "/connectmonzo/callback";

    private final PagesFixture fixture = new PagesFixture();
    private final MonzoConnection home = fixture.addBridge(HOME);
    private final MonzoTexts texts = PropertiesTranslations.monzoTexts();

    // The overview

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

    /** Returns the visible text of a page or of a text with a link. */
    private static String words(String markup) {
        return markup.replaceAll("</?a(?: [^>]*)?>", "");
    }

    private static void awaitApproval(MonzoConnection bridge) {
        PagesFixture.show(
                bridge, ThingStatus.OFFLINE, ThingStatusDetail.CONFIGURATION_PENDING, "@text/offline.approval-needed");
    }

    @Test
    void hidesLoginButtonWithoutSettings() {
        when(home.canLogIn()).thenReturn(false);

        assertThat(fixture.get("", Map.of()).html(), not(containsString("authorize")));
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
    void refreshesWhileTheBridgeChanges() {
        awaitApproval(home);
        String html = fixture.get("", fixture.ended(Outcome.APPROVE, HOME)).html();

        assertThat(html, matchesPattern("(?s).*content=\"4;url=connectmonzo\\?outcome=approve-[A-Za-z0-9_-]{22}\".*"));
    }

    // Status of each login

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
    void showsLoginLabelInNotice() {
        home.getThing().setLabel("Alice's <Monzo>");
        fixture.addBridge(OTHER).getThing().setLabel("Bob's Monzo");

        String html = fixture.get("", fixture.ended(Outcome.DENIED, HOME)).html();

        assertThat(
                html,
                stringContainsInOrder(
                        "role=\"status\"", "Alice&#39;s &lt;Monzo&gt;", texts.text("page.denied"), "</section>"));
    }

    // Two logins with one label

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "PERSON_HAS_LOGIN", "DENIED"})
    void namesUidsOfLoginsWithOneLabelInNotice(Outcome outcome) {
        MonzoConnection other = fixture.addBridge(OTHER);
        if (outcome == Outcome.HANDED_OVER) {
            awaitApproval(other);
        }
        Map<String, String> query =
                outcome == Outcome.DENIED ? fixture.ended(outcome, HOME) : fixture.ended(outcome, HOME, OTHER);

        String html = fixture.get("", query).html();
        String notice = html.substring(html.indexOf("role=\"status\""), html.indexOf("</section>"));
        assertThat(notice, containsString("Monzo Login (" + HOME + ")"));
        assertThat(notice.contains("Monzo Login (" + OTHER + ")"), is(outcome != Outcome.DENIED));
        assertThat(words(notice), containsString(words(texts.text("page.same-label"))));
        assertThat(notice, containsString("href=\"./settings/things/" + HOME + "\""));

        other.getThing().setLabel("Another");
        assertThat(fixture.get("", query).html(), not(containsString("Several Monzo Logins")));
    }

    // Links

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
    @EnumSource(names = {"CLIENT_REFUSED", "REFUSED", "DENIED"})
    void linksFromTheNoticeToTheThingWhoseSettingsToCheck(Outcome outcome) {
        String html = fixture.get("", fixture.ended(outcome, HOME)).html();
        assertThat(html, containsString("<a href=\"./settings/things/" + HOME + "\" aria-label=\""));
        assertThat(words(html), containsString(words(texts.text("page." + outcome.key() + "-text"))));
    }

    // What not everyone on the home network needs to know

    @ParameterizedTest
    @EnumSource(value = PushStatus.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void showsTheStateOfPush(PushStatus status) {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        when(home.pushStatus()).thenReturn(status);
        String shown = Html.escape(texts.text(status.textKey()));
        assertThat(fixture.get("", Map.of()).html(), containsString("<p class=\"soft\">Push: " + shown + "</p>"));
    }

    @Test
    void showsNoPushThatIsOff() {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        when(home.pushStatus()).thenReturn(PushStatus.OFF);
        assertThat(fixture.get("", Map.of()).html(), not(containsString("Push")));
    }

    // Addresses that work on one computer only

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

    // Automatic refresh

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
    void expectsApprovalOnlyWhenOpened() {
        fixture.get("/nothing", Map.of());
        fixture.begin(HOME);
        verify(home, never()).expectApproval();

        fixture.get("", Map.of());
        verify(home).expectApproval();
    }

    // Outdated URLs

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STALE", "BAD_ADDRESS", "NO_PAGE"})
    void hidesNoticeAfterAQuarterOfAnHour(Outcome outcome) {
        awaitApproval(home);
        Map<String, String> ended = fixture.ended(outcome, HOME);
        fixture.clock.advance(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(fixture.get("", ended).html(), containsString("role=\"status\""));
        fixture.clock.advance(Duration.ofSeconds(1));
        assertEquals(fixture.get("", Map.of()).html(), fixture.get("", ended).html());
    }

    @Test
    void hidesApprovalNoticeOfAnotherLoginOnceConnected() {
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
    void hidesApprovalNoticeOfAnEndedLogin(ThingStatusDetail detail, String description) {
        PagesFixture.show(home, ThingStatus.OFFLINE, detail, description);

        assertEquals(
                fixture.get("", Map.of()).html(),
                fixture.get("", fixture.ended(Outcome.APPROVE, HOME)).html());
    }

    /** A denied login does not affect the earlier one: both are shown. */
    @Test
    void showsNoticeBesideAnEarlierLogin() {
        PagesFixture.show(home, ThingStatus.ONLINE, ThingStatusDetail.NONE, null);
        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "error", "access_denied"));

        String html = fixture.get("", PagesFixture.next(reply)).html();
        assertThat(html, containsString(texts.text("page.denied")));
        assertThat(html, containsString("Connected."));
        assertThat(html, not(containsString("http-equiv")));
    }

    @Test
    void replacesNoticeAfterALaterLogin() {
        PageResponse denied = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "error", "access_denied"));
        fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));
        awaitApproval(home);

        assertThat(fixture.get("", PagesFixture.next(denied)).html(), not(containsString(texts.text("page.denied"))));
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

    // Starting a login

    @Test
    void redirectsToMonzoForALogin() {
        PageResponse reply = fixture.get("/authorize", Map.of("bridge", HOME));

        assertEquals(302, reply.status());
        assertThat(
                reply.location(),
                startsWith(PagesFixture.MONZO
                        + "?redirect_uri=http%3A%2F%2Fopenhab%3A8080%2Fconnectmonzo%2Fcallback&state="));
        assertNotEquals(fixture.begin(HOME), fixture.begin(HOME));
    }

    /** Two different redirect URLs would confuse users, who must register one exactly as shown. */
    @Test
    void showsDefaultRedirectUrlOnlyIfUsed() {
        when(home.callbackUrl()).thenReturn("https://home.example/connectmonzo/callback");
        String help = texts.text(Locale.ENGLISH, "page.redirect-url-help");

        String configured = fixture.get("", Map.of()).html();
        assertThat(configured, containsString("<code>https://home.example/connectmonzo/callback</code>"));
        assertThat(words(configured), containsString(words(help)));
        assertThat(configured, containsString("<a href=\"https://developers.monzo.com/\">developers.monzo.com</a>"));
        assertThat(configured, not(containsString(CALLBACK)));

        fixture.addBridge(OTHER);
        assertThat(fixture.get("", Map.of()).html(), containsString("<code>" + CALLBACK + "</code>"));
    }

    @Test
    void usesTheConfiguredRedirectUrl() throws MonzoException {
        when(home.callbackUrl()).thenReturn("https://home.example/connectmonzo/callback");

        String state = fixture.begin(HOME);
        fixture.get("/callback", Map.of("state", state, "code", "c0de"));

        verify(home).authorizationUrl("https://home.example/connectmonzo/callback", state);
        verify(home).logIn("c0de", "https://home.example/connectmonzo/callback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "monzo:bridge:gone", "monzo:account:home:acc_1", "<script>", "\r\nX: y"})
    void rejectsLoginOfAnUnknownBridge(String uid) {
        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", uid)));
        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of()));
    }

    @Test
    void rejectsLoginWithoutSettings() throws MonzoException {
        when(home.canLogIn()).thenReturn(false);

        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", HOME)));
        verify(home, never()).authorizationUrl(any(), any());
    }

    @Test
    void showsErrorWhenALoginCannotStart() throws MonzoException {
        doThrow(new MonzoException(ErrorKind.LOGIN_MISSING, "disposed"))
                .when(home)
                .authorizationUrl(any(), any());

        assertOutcome(502, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", HOME)));
    }

    // Completing a login

    @Test
    void completesALogin() throws MonzoException {
        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));

        assertGoesOn(Outcome.APPROVE, reply);
        verify(home).logIn("c0de", CALLBACK);
    }

    @Test
    void usesTheRedirectUrlOfTheStartedLogin() throws MonzoException {
        String state = fixture.begin(HOME);

        fixture.get("/callback", Map.of("state", state, "code", "c0de"), "https://other.example");

        verify(home).logIn("c0de", CALLBACK);
    }

    @Test
    void completesLoginsOfTwoBridgesAndTwoBrowsers() throws MonzoException {
        MonzoConnection other = fixture.addBridge(OTHER);
        String first = fixture.begin(HOME);
        String second = fixture.begin(OTHER);
        String third = fixture.begin(HOME);

        fixture.get("/callback", Map.of("state", second, "code", "2", "bridge", HOME));
        fixture.get("/callback", Map.of("state", third, "code", "3", "bridge", OTHER));
        fixture.get("/callback", Map.of("state", first, "code", "1"));

        verify(other).logIn("2", CALLBACK);
        verify(home).logIn("3", CALLBACK);
        verify(home).logIn("1", CALLBACK);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void showsErrorOfAFailedLogin(ErrorKind error) throws MonzoException {
        doThrow(new MonzoException(error, "refused")).when(home).logIn(anyString(), anyString());

        assertGoesOn(Outcome.of(error), fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de")));
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER_PERSON, OTHER_PERSON",
        "CLIENT_REFUSED, CLIENT_REFUSED",
        "LOGIN_REFUSED, REFUSED",
        "UNREACHABLE, UNREACHABLE",
        "RATE_LIMITED, UNREACHABLE",
    })
    void mapsErrorsToOutcomes(ErrorKind error, Outcome outcome) {
        assertEquals(outcome, Outcome.of(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_denied", "server_error", "<script>alert(1)</script>", "\r\nSet-Cookie: a=b"})
    void treatsErrorParameterAsDenied(String error) throws MonzoException {
        String state = fixture.begin(HOME);

        PageResponse reply = fixture.get(
                "/callback", Map.of("state", state, "error", error, "error_description", "<b>", "code", "c0de"));

        assertGoesOn(Outcome.DENIED, reply);
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", state, "code", "c0de")));
        verify(home, never()).logIn(any(), any());
    }

    @Test
    void acceptsAStateOnce() throws MonzoException {
        String state = fixture.begin(HOME);
        fixture.get("/callback", Map.of("state", state, "code", "first"));

        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", state, "code", "second")));
        verify(home, never()).logIn(eq("second"), any());
    }

    @Test
    void rejectsExpiredState() throws MonzoException {
        String state = fixture.begin(HOME);
        fixture.clock.advance(Duration.ofMinutes(16));

        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", state, "code", "c0de")));
        verify(home, never()).logIn(any(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", HOME, "<script>"})
    void rejectsUnknownState(String state) throws MonzoException {
        fixture.begin(HOME);

        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", state, "code", "c0de")));
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", state, "error", "access_denied")));
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("code", "c0de")));
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of()));
        verify(home, never()).logIn(any(), any());
    }

    @Test
    void limitsAttemptsPerAddress() throws MonzoException {
        for (int i = 0; i < 100; i++) {
            String state = PagesFixture.state(fixture.getFrom("192.0.2.66", "/authorize", Map.of("bridge", HOME)));
            PageResponse reply = fixture.getFrom("192.0.2.66", "/callback", Map.of("state", state, "code", "junk" + i));
            assertGoesOn(i < 10 ? Outcome.APPROVE : Outcome.BUSY, reply);
        }

        assertGoesOn(Outcome.APPROVE, fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de")));
        verify(home).logIn("c0de", CALLBACK);
        verify(home, never()).logIn(eq("junk10"), any());
    }

    @Test
    void startsTheBridgeThatTokensWereStoredFor() throws MonzoException {
        MonzoConnection other = fixture.addBridge(OTHER);
        when(home.logIn(any(), any())).thenReturn(new LoginResult(LoginResult.Kind.HANDED_OVER, OTHER));

        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));

        verify(other).loggedIn();
        verify(home, never()).loggedIn();
        assertGoesOn(Outcome.HANDED_OVER, reply);
        other.getThing().setLabel("Another");
        awaitApproval(other);
        assertThat(fixture.get("", PagesFixture.next(reply)).html(), containsString("Authorised instead: Another"));
    }

    @Test
    void startsNoBridgeAfterARejectedLogin() throws MonzoException {
        MonzoConnection other = fixture.addBridge(OTHER);
        when(home.logIn(any(), any())).thenReturn(new LoginResult(LoginResult.Kind.PERSON_HAS_LOGIN, OTHER));

        PageResponse reply = fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", "c0de"));

        verify(other, never()).loggedIn();
        verify(home, never()).loggedIn();
        assertGoesOn(Outcome.PERSON_HAS_LOGIN, reply);
        other.getThing().setLabel("Another");
        assertThat(
                fixture.get("", PagesFixture.next(reply)).html(),
                containsString("This Monzo user already uses Another"));
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

    @Test
    void rejectsCallbackWithoutCode() throws MonzoException {
        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", fixture.begin(HOME))));
        verify(home, never()).logIn(any(), any());
    }

    @Test
    void rejectsCallbackForARemovedBridge() throws MonzoException {
        String state = fixture.begin(HOME);
        fixture.bridges.remove(home);

        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/callback", Map.of("state", state, "code", "c0de")));
        verify(home, never()).logIn(any(), any());
    }

    @Test
    void rejectsOversizedParameters() throws MonzoException {
        String megabyte = "<a\"".repeat(350_000);

        assertOutcome(400, Outcome.STALE, fixture.get("/callback", Map.of("state", megabyte, "code", megabyte)));
        assertOutcome(
                400, Outcome.STALE, fixture.get("/callback", Map.of("state", fixture.begin(HOME), "code", megabyte)));
        assertOutcome(404, Outcome.NO_BRIDGE, fixture.get("/authorize", Map.of("bridge", megabyte)));
        assertEquals(
                200, fixture.get("", Map.of(ConnectPages.OUTCOME, megabyte)).status());
        assertThat(
                fixture.get("", Map.of(ConnectPages.OUTCOME, megabyte)).html().length(), lessThan(20_000));
        verify(home, never()).logIn(any(), any());
    }

    // Other paths

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

    @Test
    void redirectsTrailingSlashToThePage() {
        PageResponse reply = fixture.get("/", Map.of());

        assertEquals(302, reply.status());
        assertEquals("/connectmonzo", resolved("/", reply.location()));
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

    private static String resolved(String path, String location) {
        return URI.create(PagesFixture.PUBLIC_URL + "/connectmonzo" + path)
                .resolve(location)
                .getPath();
    }

    private void assertOutcome(int status, Outcome outcome, PageResponse reply) {
        Matcher<String> saysSo = containsString(Html.escape(texts.text("page." + outcome.key() + "-text")));
        assertThat(reply.html(), saysSo);
        assertThat(reply.location(), is(nullValue()));
        assertEquals(status, reply.status());
    }

    private static void assertGoesOn(Outcome outcome, PageResponse reply) {
        assertEquals(303, reply.status());
        assertEquals("", reply.html());
        assertThat(
                reply.location(),
                matchesPattern("\\.\\./connectmonzo\\?outcome=" + outcome.key() + "-[A-Za-z0-9_-]{22}"));
    }
}
