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
package org.openhab.binding.monzo.internal.webhook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.fixture.BackgroundTask;
import org.openhab.binding.monzo.fixture.BindingFixture;
import org.openhab.binding.monzo.fixture.Hold;
import org.openhab.binding.monzo.internal.handler.MonzoBridgeHandler;
import org.openhab.binding.monzo.simulator.BankAccount;
import org.openhab.binding.monzo.simulator.Endpoint;
import org.openhab.core.io.rest.Webhook;
import org.openhab.core.io.rest.WebhookService;
import org.openhab.core.thing.Thing;

/** Tests push without a public address, with openHAB's webhook service. */
class PushByServiceTest extends PushTestBase {

    private static final String CLOUD_URL = "https://myopenhab.example/api/hooks/00000000-0001";
    private static final String OTHER_URL = "https://myopenhab.example/api/hooks/00000000-0002";

    /** How often the bank calls a URL that does not respond. */
    private static final int ATTEMPTS = 5;

    private MonzoBridgeHandler bridge;
    private BankAccount current;
    private Thing account;
    private CloudConnector cloud;

    @BeforeEach
    void connect() {
        current = people.current();
        cloud = new CloudConnector(fixture.clock, CLOUD_URL);
        bridge = addBridge("alice", Map.of());
        account = fixture.addAccount(bridge, current.id());
        fixture.connect(bridge, people.alice());
    }

    private void add(Object service) {
        fixture.webhookService.add(service);
        fixture.scheduler.runDue();
    }

    private void remove(Object service) {
        fixture.webhookService.remove(service);
        fixture.scheduler.runDue();
    }

    @Test
    void waitsForAServiceAndPolls() {
        assertThat(state(bridge), is(Push.Status.WAITING_FOR_SERVICE));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));
        assertThat(fixture.bank.count(Endpoint.WEBHOOKS), is(0));
    }

    @Test
    void registersTheUrlOfAServiceThatComesLate() {
        fixture.pass(Duration.ofHours(2));
        add(cloud);
        assertThat(cloud.requested(), contains(matchesPattern("/connectmonzo/webhook/[\\w-]{43}")));
        assertThat(hooks(current), contains(CLOUD_URL));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));

        fixture.bank
                .pushes()
                .deliver(CLOUD_URL, fixture.url() + cloud.requested().get(0));
        payWithNotice(current, 350);
        fixture.scheduler.runDue();
        assertThat(fixture.state(account, "balance"), is("1231.06"));
        assertThat(refreshesIn(PUSH_INTERVAL.multipliedBy(2)), is(2));
    }

    @Test
    void refreshesAtTheUsualIntervalWithoutTheService() {
        registersTheUrlOfAServiceThatComesLate();
        remove(cloud);
        assertThat(state(bridge), is(Push.Status.WAITING_FOR_SERVICE));
        assertThat(refreshesIn(PUSH_INTERVAL), is(15));

        add(cloud);
        assertThat(hooks(current), contains(CLOUD_URL));
        assertThat(state(bridge), is(Push.Status.ON));
        fixture.pass(Duration.ofMinutes(1));
        assertThat("known to work as before", refreshesIn(PUSH_INTERVAL), is(1));
    }

    @Test
    void replacesTheUrlOfAServiceThatComesBackWithAnother() {
        registersTheUrlOfAServiceThatComesLate();
        remove(cloud);
        add(new CloudConnector(fixture.clock, OTHER_URL));
        fixture.pass(Duration.ofMinutes(1));
        assertThat(hooks(current), contains(OTHER_URL));
        assertThat("not known to work", refreshesIn(PUSH_INTERVAL), is(15));
    }

    @Test
    void findsTheUrlsOfTheServiceItsOwnAfterARestart() {
        add(cloud);
        remove(cloud);
        fixture.restart(Duration.ofMinutes(1));
        fixture.pass(Duration.ofSeconds(10));
        add(new CloudConnector(fixture.clock, OTHER_URL));
        assertThat(hooks(current), contains(OTHER_URL));
    }

    /** As after deleting it in myopenHAB. */
    @Test
    void replacesAUrlThatIsGone() {
        registersTheUrlOfAServiceThatComesLate();
        fixture.bank.pushes().deliver(CLOUD_URL, fixture.url() + "/gone");
        fixture.bank
                .pushes()
                .deliver(OTHER_URL, fixture.url() + cloud.requested().get(0));
        cloud.url(OTHER_URL);
        int before = fixture.bank.pushes().attempts().size();
        current.payments().pay(500, "Coffee Bar");
        awaitNotices(before + ATTEMPTS);
        fixture.pass(PUSH_INTERVAL);
        fixture.pass(Duration.ofMinutes(2));
        assertThat(hooks(current), contains(OTHER_URL));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));
        payWithNotice(current, 350);
        assertThat(state(bridge), is(Push.Status.ON));
    }

    @Test
    void renewsTheUrlWithBackoffWhileNoNoticeArrives() {
        registersTheUrlOfAServiceThatComesLate();
        payWithoutNotice(current, 350);
        int before = cloud.requested().size();
        fixture.pass(Duration.ofHours(24));
        assertThat(state(bridge), is(Push.Status.NOT_RECEIVING));
        assertThat(cloud.requested().size() - before, is(both(greaterThan(4)).and(lessThan(12))));
    }

    @Test
    void sendsFewRequestsForAServiceThatComesAndGoes() {
        fixture.bank.resetCounts();
        int urls = 0;
        for (int i = 0; i < 300; i++) {
            CloudConnector other = new CloudConnector(fixture.clock, "https://myopenhab.example/api/hooks/" + i);
            add(other);
            fixture.pass(Duration.ofMillis(500));
            remove(other);
            fixture.pass(Duration.ofMillis(500));
            urls += other.requested().size();
        }
        assertThat(urls, is(both(greaterThan(0)).and(lessThanOrEqualTo(31))));
        int requests = fixture.bank.count(Endpoint.WEBHOOKS) + fixture.bank.count(Endpoint.WEBHOOK);
        assertThat(requests, is(both(greaterThan(0)).and(lessThan(20))));
        assertThat(hooks(current), hasSize(1));
    }

    @Test
    void renewsTheUrlEveryDay() {
        fixture.edit(bridge.getThing(), Map.of("refreshInterval", 3600));
        add(cloud);
        fixture.pass(Duration.ofDays(10));
        assertThat(cloud.requested(), hasSize(11));
        assertThat(hooks(current), contains(CLOUD_URL));
    }

    @Test
    void renewsAUrlBeforeItExpires() {
        cloud.life(Duration.ofMinutes(10));
        add(cloud);
        fixture.pass(Duration.ofMinutes(30));
        assertThat(cloud.requested(), hasSize(7));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));
    }

    @Test
    void givesUpAUrlThatCannotBeRenewed() {
        cloud.life(Duration.ofMinutes(10));
        add(cloud);
        cloud.failure(new IllegalStateException("not connected"));
        fixture.pass(Duration.ofMinutes(9));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));
        fixture.pass(Duration.ofMinutes(20));
        assertThat(state(bridge), is(Push.Status.SETTING_UP));
        cloud.failure(null);
        fixture.pass(Duration.ofMinutes(20));
        assertThat(state(bridge), is(Push.Status.AWAITING_NOTICE));
    }

    @Test
    void retriesAServiceThatFailsWithBackoff() {
        cloud.failure(new IllegalStateException("Cloud connector is not connected"));
        add(cloud);
        assertThat(state(bridge), is(Push.Status.SETTING_UP));
        fixture.pass(Duration.ofHours(1));
        assertThat(cloud.requested(), hasSize(both(greaterThan(6)).and(lessThan(12))));
        assertThat(BindingFixture.status(bridge), is("ONLINE"));
        cloud.failure(null);
        fixture.pass(Duration.ofMinutes(16));
        assertThat(hooks(current), contains(CLOUD_URL));
    }

    @Test
    void retriesAServiceThatNeverResponds() {
        cloud.silent(true);
        add(cloud);
        fixture.pass(Duration.ofSeconds(29));
        assertThat(cloud.requested(), hasSize(1));
        fixture.pass(Duration.ofSeconds(15));
        assertThat(cloud.requested(), hasSize(2));
        cloud.silent(false);
        fixture.pass(Duration.ofMinutes(2));
        assertThat(hooks(current), contains(CLOUD_URL));
    }

    @Test
    void doesNotWaitForAServiceThatBlocks() {
        Hold hold = new Hold();
        fixture.webhookService.add(new WebhookService() {
            @Override
            public CompletableFuture<Webhook> requestWebhook(String localPath) {
                hold.pass();
                return new CompletableFuture<>();
            }

            @Override
            public CompletableFuture<Void> removeWebhook(String localPath) {
                return new CompletableFuture<>();
            }
        });
        BackgroundTask requesting = BackgroundTask.run(fixture.scheduler::runDue);
        hold.awaitReached();
        assertThat(BackgroundTask.call(() -> state(bridge)).join(), is(Push.Status.SETTING_UP));
        String before = fixture.state(account, "balance");
        current.payments().pay(350, "Coffee Bar");
        BackgroundTask.run(() -> fixture.pass(BindingFixture.INTERVAL)).join();
        assertThat(fixture.state(account, "balance"), is(not(before)));
        hold.release();
        requesting.join();
    }

    @Test
    void survivesServicesOfAnotherShape() {
        for (Object strange : List.of("a text", new Object(), (org.openhab.core.io.rest.WebhookService)
                java.lang.reflect.Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {org.openhab.core.io.rest.WebhookService.class},
                        (proxy, method, arguments) -> switch (method.getName()) {
                            case "hashCode" -> 1;
                            case "equals" -> proxy == arguments[0];
                            default -> throw new IllegalStateException("broken");
                        }))) {
            add(strange);
            assertThat(state(bridge), is(Push.Status.SETTING_UP));
            fixture.pass(Duration.ofMinutes(10));
            assertThat(BindingFixture.status(bridge), is("ONLINE"));
            remove(strange);
        }
        add(cloud);
        fixture.pass(Duration.ofSeconds(10)); // another one may have been requested just before
        assertThat(hooks(current), contains(CLOUD_URL));
    }

    @Test
    void releasesTheUrlOfARemovedBridge() {
        add(cloud);
        fixture.remove(bridge.getThing());
        assertThat(fixture.bank.webhooks().all(), is(empty()));
        assertThat(cloud.removed(), is(cloud.requested()));
        fixture.pass(Duration.ofDays(2));
        assertThat(cloud.requested(), hasSize(1));
    }

    @Test
    void releasesTheUrlWhenPushIsSwitchedOff() {
        add(cloud);
        fixture.edit(bridge.getThing(), Map.of("push", false));
        fixture.scheduler.runDue();
        assertThat(fixture.bank.webhooks().all(), is(empty()));
        assertThat(cloud.removed(), is(cloud.requested()));
    }
}
