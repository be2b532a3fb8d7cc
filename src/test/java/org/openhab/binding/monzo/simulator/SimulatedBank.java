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

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A simulation of Monzo on a local port: the API, the authorization page, and the app for approvals and payments. Safe
 * for use by any thread.
 */
public final class SimulatedBank implements AutoCloseable {
    private final Ledger ledger;
    private final Behaviour behaviour = new Behaviour();
    private final Logins logins;
    private final RequestLog log = new RequestLog();
    private final Faults faults = new Faults();
    private final Webhooks webhooks;
    private final Pushes pushes;
    private final PotTransfers potTransfers = new PotTransfers();
    private final Feed feed = new Feed();
    private final BankServer server;

    private SimulatedBank(int port, Clock clock) {
        ledger = new Ledger(clock);
        logins = new Logins(clock, behaviour);
        webhooks = new Webhooks(ledger);
        pushes = new Pushes(ledger);
        ledger.onTransaction(t -> pushes.send(webhooks.of(t.account()), t));
        Router router = new Router(Routes.of(ledger, logins, webhooks, potTransfers, feed, behaviour), behaviour);
        server = new BankServer(port, new BankHandler(router, log, faults));
    }

    /**
     * Starts a bank on a free port, with the time of this machine.
     *
     * @return the bank, which listens
     */
    public static SimulatedBank start() {
        return start(0, Clock.systemUTC());
    }

    /**
     * Starts a bank.
     *
     * @param port the port, 0 for a free one
     * @param clock the time by which codes and tokens expire
     * @return the bank, which listens
     */
    public static SimulatedBank start(int port, Clock clock) {
        SimulatedBank bank = new SimulatedBank(port, clock);
        bank.server.start();
        return bank;
    }

    /** Closes the bank and every connection to it. */
    @Override
    public void close() {
        pushes.close();
        server.close();
    }

    /**
     * @return the address of API, authorise page and app, without a slash at its end
     */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Closes every connection and refuses new ones. */
    public void stopListening() {
        server.stopListening();
    }

    /** Accepts connections again, on the same port. */
    public void startListening() {
        server.listen();
    }

    /**
     * @return how many connections are open at this moment, hanging ones too
     */
    public int openConnections() {
        return server.openConnections();
    }

    /**
     * Registers a confidential client, which is given refresh tokens.
     *
     * @param clientId its id
     * @param clientSecret its secret
     * @param redirectUris where people may be sent back to, compared exactly; none to allow any
     */
    public void addClient(String clientId, String clientSecret, String... redirectUris) {
        logins.addClient(new OAuthClient(clientId, clientSecret, true, List.of(redirectUris)));
    }

    /**
     * Registers a client that is not confidential, and so is given no refresh token.
     *
     * @param clientId its id
     * @param clientSecret its secret
     * @param redirectUris where people may be sent back to, compared exactly; none to allow any
     */
    public void addNonConfidentialClient(String clientId, String clientSecret, String... redirectUris) {
        logins.addClient(new OAuthClient(clientId, clientSecret, false, List.of(redirectUris)));
    }

    /**
     * @param name the person's name
     * @return a new customer
     */
    public Customer addCustomer(String name) {
        return ledger.addCustomer(name);
    }

    /**
     * @return the customers, oldest first
     */
    public List<Customer> customers() {
        return ledger.customers();
    }

    /**
     * Opens an account with nothing in it.
     *
     * @param type Monzo's word for the kind, e.g. {@code uk_retail}, or an unknown one
     * @param currency the ISO 4217 code
     * @param owners one, or two for a joint account
     * @return the account
     */
    public BankAccount openAccount(String type, String currency, Customer... owners) {
        return ledger.openAccount(type, currency, List.of(owners));
    }

    /**
     * @param customer a customer
     * @return the customer's accounts, closed ones too, oldest first
     */
    public List<BankAccount> accounts(Customer customer) {
        return ledger.accountsOf(customer.userId());
    }

    /**
     * @return the webhooks of all programs
     */
    public Webhooks webhooks() {
        return webhooks;
    }

    /**
     * @return the notifications to webhooks
     */
    public Pushes pushes() {
        return pushes;
    }

    /**
     * @return the transfers with pots requested by clients and executed, oldest first
     */
    public List<PotTransfer> transfers() {
        synchronized (ledger) {
            return potTransfers.all();
        }
    }

    /**
     * @return the items in the app's feed, oldest first
     */
    public List<FeedItem> feed() {
        synchronized (ledger) {
            return feed.all();
        }
    }

    /**
     * @return the configuration of behaviour that is not known of Monzo
     */
    public Behaviour behaviour() {
        return behaviour;
    }

    /**
     * Sets the lifetime of access tokens issued from now on.
     *
     * @param life the time, 6 hours unless set
     */
    public void expiresIn(Duration life) {
        behaviour.expiresIn(life);
    }

    /**
     * @return the faults
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Logs in on the authorization page and by the link that the bank mails.
     *
     * @param authorizeUrl the page's address with all its parameters
     * @param who the customer to log in
     * @return where the bank sends the person, with code and state; not followed
     * @throws IllegalStateException if the page has an error instead of its form
     */
    public URI logIn(String authorizeUrl, Customer who) {
        return Person.logIn(authorizeUrl, who.email());
    }

    /**
     * Denies on the authorization page.
     *
     * @param authorizeUrl the page's address with all its parameters
     * @return where the bank sends the person, with error and state; not followed
     * @throws IllegalStateException if the page has an error instead of its form
     */
    public URI deny(String authorizeUrl) {
        return Person.deny(authorizeUrl);
    }

    /**
     * Approves, in the app, every login of the customer that has tokens by now.
     *
     * @param customer who approves
     */
    public void approve(Customer customer) {
        logins.approve(customer, Login.Approval.GIVEN);
    }

    /**
     * Withdraws the approval: every call gets 403, the tokens stay good.
     *
     * @param customer who withdraws it
     */
    public void revoke(Customer customer) {
        logins.approve(customer, Login.Approval.WITHDRAWN);
    }

    /**
     * Evicts the customer's logins, as a login elsewhere does.
     *
     * @param customer whose
     */
    public void evict(Customer customer) {
        logins.evict(customer);
    }

    /** Lets every access token expire now; refresh tokens stay good. */
    public void expireAccessTokens() {
        logins.expireAccessTokens();
    }

    /**
     * @param customer whose
     * @return the access token issued last, good or expired; empty without a login
     */
    public Optional<String> currentAccessToken(Customer customer) {
        return logins.accessToken(customer);
    }

    /**
     * @param customer whose
     * @return the refresh token issued last; empty without a login, or when the client is given none
     */
    public Optional<String> currentRefreshToken(Customer customer) {
        return logins.refreshToken(customer);
    }

    /**
     * @return every code and token ever issued
     */
    public List<String> issuedSecrets() {
        return logins.secrets();
    }

    /**
     * @return every request since the start or {@link #resetCounts()}, those that failed too
     */
    public List<RecordedRequest> requests() {
        return log.all();
    }

    /**
     * @param endpoint an endpoint
     * @return how many requests for it there were since the start or {@link #resetCounts()}
     */
    public int count(Endpoint endpoint) {
        return log.count(endpoint);
    }

    /**
     * Waits for requests to arrive, and to be answered or left unanswered; it does not wait for a reply that the test
     * holds back.
     *
     * @param endpoint an endpoint
     * @param atLeast how many, counted as by {@link #count(Endpoint)}
     * @param timeout how long to wait
     * @return whether they arrived
     * @throws InterruptedException if interrupted
     */
    public boolean awaitCount(Endpoint endpoint, int atLeast, Duration timeout) throws InterruptedException {
        return log.awaitCount(endpoint, atLeast, timeout);
    }

    /** Forgets the requests so far. */
    public void resetCounts() {
        log.clear();
    }
}
