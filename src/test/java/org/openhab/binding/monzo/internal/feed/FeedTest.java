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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.BindingTestBase;
import org.openhab.binding.monzo.internal.handler.AccountActions;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.binding.monzo.simulator.Fault;
import org.openhab.binding.monzo.simulator.FeedItem;
import org.openhab.core.thing.Thing;

/** Tests the action that shows a message in the Monzo app, from a rule to the bank. */
class FeedTest extends BindingTestBase {

    private static final String LOGO = "https://www.openhab.org/openhab-logo-square.png";

    private MonzoBridgeHandler bridge;
    private Thing account;
    private AccountActions actions;

    @BeforeEach
    void connect() {
        bridge = fixture.addBridge("alice", Map.of("allowFeed", true));
        account = fixture.addAccount(bridge, people.current().id());
        fixture.connect(bridge, people.alice());
        actions = actions(account);
    }

    private AccountActions actions(Thing thing) {
        AccountActions of = new AccountActions();
        of.setThingHandler(fixture.childNow(thing));
        return of;
    }

    private String post(String title, String body) {
        return outcome(() -> actions.postToFeed(title, body));
    }

    /** The result of the action, called while openHAB's pool works in another thread. */
    private String outcome(Callable<Map<String, Object>> call) {
        BackgroundTask rule = BackgroundTask.call(call);
        BackgroundTask.until(
                "the rule ends or waits for the pool",
                () -> rule.isDone() || Duration.ZERO.equals(fixture.scheduler.untilNext()));
        fixture.scheduler.runDue();
        Map<?, ?> outputs = (Map<?, ?>) rule.join();
        assertThat(outputs.keySet(), is(java.util.Set.of("outcome", "message")));
        return outputs.get("outcome") + ": " + outputs.get("message");
    }

    private static String text(String key) {
        return PropertiesTranslations.load().get(key).replace("''", "'").replace("{0}", "20");
    }

    private static String done() {
        return "DONE: " + text("feed.done");
    }

    private static String refused(String key) {
        return "REFUSED: " + text(key);
    }

    @Test
    void showsAMessageWithTheLogo() {
        assertEquals(done(), post("Money is tight 💸", "42.00 left\nuntil Friday"));
        FeedItem item = fixture.bank.feed().get(0);
        assertThat(item.accountId(), is(people.current().id()));
        assertThat(item.title(), is("Money is tight 💸"));
        assertThat(item.body(), is("42.00 left until Friday"));
        assertThat(item.imageUrl(), is(LOGO));
        assertThat(item.url(), is(""));
        assertThat(fixture.bank.feed(), hasSize(1));
    }

    @Test
    void showsAMessageWithPictureAndLink() {
        String picture = "https://example.org/a%20picture.png?size=1&x=y";
        String link = "https://example.org/?a=b+c&d=é";
        assertEquals(done(), outcome(() -> actions.postToFeed("Title & more = ?", null, picture, link)));
        FeedItem item = fixture.bank.feed().get(0);
        assertThat(item.title(), is("Title & more = ?"));
        assertThat(item.body(), is(""));
        assertThat(item.imageUrl(), is(picture));
        assertThat(item.url(), is(link));
    }

    @Test
    void usesTheChosenAccountWithoutAnId() {
        Thing first = fixture.addAccount(bridge, null);
        fixture.pass(Duration.ofSeconds(10));
        actions = actions(first);
        assertEquals(done(), post("title", "text"));
        assertThat(fixture.bank.feed().get(0).accountId(), is(people.current().id()));
    }

    @Test
    void worksInOpenHabsRuleLanguage() {
        assertEquals(done(), outcome(() -> AccountActions.postToFeed(actions, "title", "text")));
        assertEquals(done(), outcome(() -> AccountActions.postToFeed(actions, "another title", "text", LOGO, LOGO)));
        assertThat(fixture.bank.feed(), hasSize(2));
        assertThat(outcome(() -> AccountActions.postToFeed(null, "title", "text")), startsWith("REFUSED: "));
        assertThat(outcome(() -> new AccountActions().postToFeed("title", "text")), startsWith("REFUSED: "));
    }

    // Refused without a request

    @Test
    void isRefusedUnlessAllowed() {
        fixture.edit(bridge.getThing(), Map.of("allowFeed", false));
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertEquals(refused("feed.not-allowed"), post("title", "text"));

        MonzoBridgeHandler other = fixture.addBridge("bob");
        assertEquals(refused("feed.not-allowed"), postTo(fixture.addAccount(other, "acc_1")));
        assertNothingSent();
    }

    private String postTo(Thing thing) {
        actions = actions(thing);
        return post("title", "text");
    }

    @Test
    void isRefusedForUnusableMessages() {
        assertEquals(refused("feed.title-missing"), post(" \n", "text"));
        assertEquals(refused("feed.title-missing"), post(null, null));
        assertEquals(
                refused("feed.image-url-invalid"),
                outcome(() -> actions.postToFeed("t", "b", "http://a.example/", "")));
        assertEquals(refused("feed.url-invalid"), outcome(() -> actions.postToFeed("t", "b", "", "http://a.example/")));
        assertNothingSent();
    }

    @Test
    void isRefusedWhileTheLoginIsOffline() {
        fixture.bank.faults().always(Endpoint.BALANCE, Fault.serverError());
        fixture.pass(BindingFixture.INTERVAL);
        assertThat(BindingFixture.status(bridge), startsWith("OFFLINE/COMMUNICATION_ERROR"));
        assertEquals(refused("feed.login-offline"), post("title", "text"));
        fixture.bank.faults().clear();
        fixture.pass(Duration.ofMinutes(5));
        assertEquals(done(), post("title", "text"));
    }

    @Test
    void isRefusedAfterTheThingsEnd() {
        fixture.end(account);
        assertEquals(refused("feed.login-offline"), post("title", "text"));
        fixture.enable(account);
        actions = actions(account);
        fixture.end(bridge.getThing());
        assertEquals(refused("feed.login-offline"), post("title", "text"));
        assertNothingSent();
    }

    /** A message may wait for a token, or for another message, while the login is changed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isRefusedWhenForbiddenWhileItWaits(boolean disabled) {
        fixture.bank.expireAccessTokens();
        fixture.bank.faults().next(Endpoint.TOKEN, exchange -> {
            if (disabled) {
                fixture.end(bridge.getThing());
            } else {
                fixture.edit(bridge.getThing(), Map.of("allowFeed", false));
            }
            Fault.changedBody(body -> body).strike(exchange);
        });
        assertThat(post("title", "text"), startsWith("REFUSED: Not sent: "));
        assertThat(fixture.bank.feed(), empty());
        assertThat("only with the expired token", fixture.bank.count(Endpoint.FEED), is(1));
    }

    @Test
    void isRefusedWhenForbiddenWhileItWaitsForAThread() {
        BackgroundTask rule =
                BackgroundTask.call(() -> actions.postToFeed("title", "text")).awaitBlocked();
        fixture.edit(bridge.getThing(), Map.of("allowFeed", false));
        BackgroundTask.until("the rule has its answer", () -> {
            fixture.scheduler.runDue();
            return rule.isDone();
        });
        assertThat(rule.join(), hasToString(containsString("the Monzo Login is not online")));
        assertNothingSent();
    }

    @Test
    void isRefusedForClosedAndUnknownAccounts() {
        Thing unknown = fixture.addAccount(bridge, "acc_unknown");
        fixture.pass(Duration.ofSeconds(10));
        assertEquals(refused("feed.account-unknown"), postTo(unknown));
        people.current().close();
        bridge.connection().poller().refreshAllNow();
        fixture.scheduler.runDue();
        assertThat(BindingFixture.status(account), startsWith("OFFLINE/GONE"));
        assertEquals(refused("feed.account-closed"), postTo(account));
        assertNothingSent();
    }

    private void assertNothingSent() {
        assertThat(fixture.bank.count(Endpoint.FEED), is(0));
    }

    // The limit

    @Test
    void isLimitedToTwentyMessagesAnHour() {
        for (int i = 0; i < 20; i++) {
            assertEquals(done(), post("message " + i, ""));
        }
        assertEquals(refused("feed.too-many"), post("one more", ""));
        fixture.clock.advance(Duration.ofHours(-5));
        assertEquals(refused("feed.too-many"), post("one more", ""));

        fixture.edit(bridge.getThing(), Map.of("allowFeed", true));
        fixture.pass(Duration.ofSeconds(10));
        assertEquals(refused("feed.too-many"), post("one more", ""));
        List.of(account, bridge.getThing()).forEach(fixture::end);
        List.of(bridge.getThing(), account).forEach(fixture::enable);
        fixture.pass(Duration.ofSeconds(10));
        assertThat(BindingFixture.status(account), is("ONLINE"));
        assertEquals(refused("feed.too-many"), postTo(account));
        assertThat(fixture.bank.count(Endpoint.FEED), is(20));

        fixture.pass(Duration.ofHours(1));
        assertEquals(done(), post("one more", ""));
    }

    @Test
    void isLimitedForEachLogin() {
        for (int i = 0; i < 20; i++) {
            assertEquals(done(), post("message " + i, ""));
        }
        MonzoBridgeHandler bob = fixture.addBridge("bob", Map.of("allowFeed", true));
        Thing his = fixture.addAccount(bob, people.joint().id());
        fixture.connect(bob, people.bob());
        actions = actions(his);
        assertEquals(done(), post("message 1", ""));
    }

    /** Refused messages must not use up the limit, as a faulty rule may send many. */
    @Test
    void countsNoRefusedMessages() {
        for (int i = 0; i < 30; i++) {
            assertEquals(refused("feed.title-missing"), post("", ""));
        }
        assertEquals(done(), post("title", ""));
    }

    /** Messages that Monzo certainly did not show must not use up the limit either. */
    @Test
    void countsNoMessagesThatWereNotShown() {
        fixture.bank.faults().next(Endpoint.FEED, 30, Fault.tooManyRequests("60"));
        for (int i = 0; i < 30; i++) {
            assertEquals(refused("feed.rate-limited"), post("title", ""));
        }
        assertEquals(done(), post("title", ""));
        assertEquals(refused("feed.repeated"), post("title", ""));
        assertThat(fixture.bank.feed(), hasSize(1));
    }

    /** A message that may have been shown counts, and is not shown twice. */
    @Test
    void countsUnconfirmedMessages() {
        fixture.bank.faults().next(Endpoint.FEED, 20, Fault.lostReply());
        for (int i = 0; i < 20; i++) {
            assertEquals(refused("feed.unconfirmed"), post("message " + i, ""));
            assertEquals(refused("feed.repeated"), post("message " + i, ""));
        }
        assertEquals(refused("feed.too-many"), post("one more", ""));
        assertThat(fixture.bank.count(Endpoint.FEED), is(20));
        fixture.pass(Duration.ofHours(1));
        assertEquals(done(), post("message 0", ""));
    }

    @Test
    void knowsARepeatedMessageAfterAnEdit() {
        assertEquals(done(), post("title", "text"));
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 30));
        fixture.pass(Duration.ofSeconds(10));
        assertEquals(refused("feed.repeated"), post("title", "text"));
    }

    // Responses of the bank

    static Stream<Fault> uncertainties() {
        return Stream.of(
                Fault.serverError(),
                Fault.html(502),
                Fault.html(200),
                Fault.emptyBody(200),
                Fault.hang(),
                Fault.halfBody(),
                Fault.reset(),
                Fault.closeWithoutReply(),
                Fault.lostReply(),
                Fault.redirect("/feed"));
    }

    @ParameterizedTest
    @MethodSource("uncertainties")
    void doesNotRepeatAnUnconfirmedMessage(Fault fault) {
        fixture.bank.faults().next(Endpoint.FEED, fault);
        assertEquals(refused("feed.unconfirmed"), post("title", "text"));
        assertThat(fixture.bank.count(Endpoint.FEED), is(1));
        fixture.pass(BindingFixture.INTERVAL.multipliedBy(3));
        assertThat(fixture.bank.count(Endpoint.FEED), is(1));
        assertThat(fixture.bank.feed().size(), lessThanOrEqualTo(1));
        assertEquals(refused("feed.repeated"), post("title", "text"));
        assertEquals(done(), post("another title", "text"));
    }

    @Test
    void saysWhyTheBankRefuses() {
        fixture.bank.faults().next(Endpoint.FEED, Fault.forbidden());
        assertEquals(refused("feed.not-permitted"), post("title", "text"));
        fixture.bank.faults().next(Endpoint.FEED, Fault.tooManyRequests("60"));
        assertEquals(refused("feed.rate-limited"), post("title", "text"));
        fixture.bank
                .faults()
                .next(Endpoint.FEED, Fault.status(400, "{\"code\":\"bad_request.bad_param\"}", "application/json"));
        assertEquals(refused("feed.rejected"), post("title", "text"));
        assertThat(fixture.bank.feed(), empty());
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
    }

    @Test
    void showsAMessageOnceThoughTheTokenHasExpired() {
        fixture.bank.expireAccessTokens();
        assertEquals(done(), post("title", "text"));
        assertThat(fixture.bank.feed(), hasSize(1));
        assertThat(fixture.bank.count(Endpoint.FEED), is(2));
    }

    @Test
    void isRefusedWhenTheTokenCannotBeRefreshed() {
        fixture.bank.expireAccessTokens();
        fixture.bank.faults().next(Endpoint.TOKEN, Fault.serverError());
        assertEquals(refused("feed.not-sent"), post("title", "text"));
        assertEquals(done(), post("title", "text"));
        fixture.bank.evict(people.alice());
        assertEquals(refused("feed.login-offline"), post("another title", "text"));
        assertThat(fixture.bank.feed(), hasSize(1));
    }

    @Test
    void givesScriptsItsActions() {
        assertThat(fixture.childNow(account).getServices(), hasItem(AccountActions.class));
    }
}
