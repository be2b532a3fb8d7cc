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
package org.openhab.binding.monzo.internal.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.api.MonzoApi;
import org.openhab.binding.monzo.internal.api.MonzoException;
import org.openhab.binding.monzo.internal.bank.Fault;
import org.openhab.binding.monzo.internal.bank.Fault.Remedy;
import org.openhab.core.auth.client.oauth2.AccessTokenResponse;
import org.openhab.core.storage.Storage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One person's login at Monzo: keeps its access token valid, renewing it ahead of its end, and makes sure that it stays
 * that person's.
 * <p>
 * Monzo's refresh tokens work once. So one caller at a time has to do with tokens, also across the handler's lives: the
 * lock is the login's, not the object's.
 */
@NonNullByDefault
public class Login {

    private static final Duration RETRY_RENEWAL = Duration.ofMinutes(2);

    private final Logger logger = LoggerFactory.getLogger(Login.class);

    private final String handle;
    private final LoginSettings settings;
    private final TokenStoreOpener opener;
    private final Storage<String> records;
    private final ReentrantLock lock;
    private final CallBudget renewals;
    private final CallBudget exchanges;
    private final MonzoApi api;
    private final Clock clock;

    private @Nullable TokenStore store;
    private @Nullable AccessTokenResponse tokens;
    private volatile @Nullable Current current;
    private Instant noRenewalBefore = Instant.MIN;

    /** What is held in memory of the login: the token, and the record that is stored of it. */
    private record Current(@Nullable AccessToken token, LoginRecord record) {}

    /** Opens openHAB's token store, which may write to it. */
    interface TokenStoreOpener {
        TokenStore open();
    }

    Login(
            String handle,
            LoginSettings settings,
            TokenStoreOpener opener,
            Storage<String> records,
            Logins.Shared shared,
            MonzoApi api,
            Clock clock) {
        this.handle = handle;
        this.settings = settings;
        this.opener = opener;
        this.records = records;
        this.lock = shared.lock();
        this.renewals = shared.renewals();
        this.exchanges = shared.exchanges();
        this.api = api;
        this.clock = clock;
    }

    /**
     * Gives a token to call the bank with, renewed when that is due. May wait for the bank.
     *
     * @throws MonzoException {@code LOGIN_…} when the person has to log in; a fault of remedy {@code WAIT} when a due
     *         renewal failed and the old token is over its time
     */
    public AccessToken token() throws MonzoException {
        lock.lock();
        try {
            AccessToken token = opened().token();
            if (token == null) {
                throw new MonzoException(Fault.LOGIN_MISSING, "no token stored");
            }
            Instant now = clock.instant();
            boolean expired = !now.isBefore(token.expires());
            boolean due = !now.isBefore(token.renewalDue()) && !now.isBefore(noRenewalBefore);
            if (expired) {
                return renew(token);
            } else if (due && token.renewable()) {
                return renewAhead(token, now);
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    /** While the old token works, a renewal that fails costs nothing: it is tried again a little later. */
    private AccessToken renewAhead(AccessToken token, Instant now) throws MonzoException {
        try {
            return renew(token);
        } catch (MonzoException e) {
            if (e.fault().remedy() != Remedy.WAIT) {
                throw e;
            }
            logger.debug("{}: renewal failed, trying again later: {}", handle, e.getMessage());
            noRenewalBefore = now.plus(RETRY_RENEWAL);
            return token;
        }
    }

    /**
     * Gives another token than one that the bank refused, by renewing unless that has happened meanwhile.
     *
     * @param refused the token that the bank did not take
     * @throws MonzoException as {@link #token}
     */
    public AccessToken tokenAfter(AccessToken refused) throws MonzoException {
        lock.lock();
        try {
            AccessToken token = opened().token();
            if (token == null) {
                throw new MonzoException(Fault.LOGIN_MISSING, "no token stored");
            }
            return token.value().equals(refused.value()) ? renew(token) : token;
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether another token than this is in use by now, because of a new login or a renewal. */
    public boolean isReplaced(AccessToken token) {
        lock.lock();
        try {
            Current held = current;
            AccessToken now = held == null ? null : held.token();
            return now != null && !now.value().equals(token.value());
        } finally {
            lock.unlock();
        }
    }

    private AccessToken renew(AccessToken token) throws MonzoException {
        AccessTokenResponse previous = tokens;
        if (!token.renewable() || previous == null) {
            throw new MonzoException(Fault.CLIENT_NOT_CONFIDENTIAL, "no refresh token");
        }
        renewals.spend();
        AccessTokenResponse renewed = store().renew(previous);
        logger.debug("{}: token renewed", handle);
        noRenewalBefore = Instant.MIN;
        return keep(renewed, opened().record());
    }

    /**
     * Begins a login.
     *
     * @param redirectUrl where Monzo sends the browser back to, exactly as registered there
     * @param state comes back with it, RFC 6749 section 10.12
     * @return the address at Monzo to send the browser to
     * @throws MonzoException when openHAB's OAuth client cannot make one
     */
    public String authorizationUrl(String redirectUrl, String state) throws MonzoException {
        lock.lock();
        try {
            return store().authorizationUrl(redirectUrl, state);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends a login: exchanges the code for tokens, and takes them if they are of the person that this login is of.
     *
     * @param code as Monzo sent it with the browser
     * @param redirectUrl the one that the login was begun with
     * @throws MonzoException {@code OTHER_PERSON}, the earlier tokens staying in place; {@code LOGIN_REFUSED} or
     *         {@code CLIENT_REFUSED}; or a fault of remedy {@code WAIT}
     */
    public void logIn(String code, String redirectUrl) throws MonzoException {
        lock.lock();
        try {
            Current before = openedOrEmpty();
            AccessTokenResponse previous = tokens;
            exchanges.spend();
            // Stored first: whatever stops openHAB from here on, the tokens of an unknown person are not taken for
            // those of the known one.
            save(before.record().unidentified());
            AccessToken token;
            try {
                token = keep(
                        store().exchange(code, redirectUrl, previous),
                        before.record().unidentified());
            } catch (MonzoException e) {
                save(before.record());
                throw e;
            }
            try {
                identify(token);
            } catch (MonzoException e) {
                if (e.fault() == Fault.OTHER_PERSON) {
                    refuse(token, previous, before);
                    throw e;
                }
                // Not known yet: asked again before anything is read.
                logger.debug("{}: owner of the login not known yet: {}", handle, e.getMessage());
            }
        } finally {
            lock.unlock();
        }
    }

    /** An earlier login that cannot be read or renewed must not stand in the way of a new one. */
    private Current openedOrEmpty() {
        try {
            return opened();
        } catch (MonzoException e) {
            logger.debug("{}: no earlier token to go back to: {}", handle, e.getMessage());
            return new Current(null, record());
        }
    }

    private void refuse(AccessToken token, @Nullable AccessTokenResponse previous, Current before)
            throws MonzoException {
        try {
            api.logOut(token.value());
        } catch (MonzoException e) {
            logger.debug("{}: logout of another person's login failed: {}", handle, e.getMessage());
        }
        store().restore(previous);
        tokens = previous;
        current = before;
        save(before.record());
    }

    /**
     * Makes sure that the token is of the person whose login this is, asking the bank only as long as that is not known.
     *
     * @throws MonzoException {@code OTHER_PERSON}, or what kept the bank from telling
     */
    public void identify() throws MonzoException {
        AccessToken token = token();
        lock.lock();
        try {
            if (!opened().record().identified()) {
                identify(token);
            }
        } finally {
            lock.unlock();
        }
    }

    private void identify(AccessToken token) throws MonzoException {
        LoginRecord record = opened().record();
        String userId;
        try {
            userId = api.whoAmI(token.value());
        } catch (MonzoException e) {
            if (e.fault() == Fault.NOT_PERMITTED && e.userId() != null) {
                // Before the approval in the app, the refusal itself tells who has to approve.
                userId = e.userId();
            } else if (e.fault() == Fault.NOT_FOUND) {
                userId = null; // a bank that does not tell
            } else {
                throw e;
            }
        }
        String known = record.userId();
        if (known != null && userId != null && !known.equals(userId)) {
            throw new MonzoException(Fault.OTHER_PERSON, "the login is of another person");
        }
        update(record.identifiedAs(userId));
    }

    /** Tells whether this login was once approved in the app, so that a later 403 means that approval was withdrawn. */
    public boolean isApproved() {
        lock.lock();
        try {
            Current held = current;
            return held != null && held.record().approved();
        } finally {
            lock.unlock();
        }
    }

    /** Remembers that the bank gave data to this login. */
    public void approved() {
        lock.lock();
        try {
            Current held = current;
            if (held != null && !held.record().approved()) {
                update(held.record().withApproval());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Describes the token for the console.
     *
     * @return {@code null} when nobody is logged in, or it is not known yet
     */
    public @Nullable AccessToken tokenInUse() {
        Current held = current;
        return held == null ? null : held.token();
    }

    /** Logs out at Monzo, as far as it can be reached, and deletes everything stored. Of no use afterwards. */
    public void logOut() {
        lock.lock();
        try {
            try {
                AccessToken token = opened().token();
                if (token != null) {
                    api.logOut(token.value());
                }
            } catch (MonzoException e) {
                logger.debug("{}: logout at Monzo failed: {}", handle, e.getMessage());
            }
            forget(store());
        } finally {
            lock.unlock();
        }
    }

    private void forget(TokenStore tokenStore) {
        try {
            tokenStore.delete();
        } catch (MonzoException e) {
            logger.debug("{}: deleting the stored token failed: {}", handle, e.getMessage());
        }
        records.remove(handle);
        tokens = null;
        current = null;
        store = null;
    }

    private TokenStore store() {
        TokenStore opened = store;
        if (opened == null) {
            LoginRecord record = LoginRecord.fromJson(records.get(handle));
            opened = opener.open();
            if (record != null && !record.settings().equals(settings.fingerprint())) {
                logger.debug("{}: settings changed, starting without a login", handle);
                forget(opened);
                opened = opener.open();
            }
            store = opened;
        }
        return opened;
    }

    private Current opened() throws MonzoException {
        Current held = current;
        if (held != null) {
            return held;
        }
        TokenStore opened = store();
        LoginRecord record = record();
        AccessTokenResponse response = load(opened, record);
        if (response == null) {
            held = new Current(null, record);
            current = held;
            return held;
        }
        Instant obtained = record.obtained();
        Instant expires = record.expires();
        String value = response.getAccessToken();
        if (LoginSettings.fingerprint(value).equals(record.token()) && obtained != null && expires != null) {
            tokens = response;
            held = new Current(new AccessToken(value, isRenewable(response), obtained, expires), record);
            current = held;
            return held;
        }
        // Renewed while being read, or the record was not written in time.
        keep(response, record);
        return opened();
    }

    private @Nullable AccessTokenResponse load(TokenStore opened, LoginRecord record) throws MonzoException {
        Instant expires = record.expires();
        if (expires != null && !clock.instant().isBefore(expires)) {
            renewals.spend(); // openHAB renews a token over its time while reading it
        }
        try {
            return opened.load();
        } catch (MonzoException e) {
            if (e.fault().remedy() == Remedy.LOG_IN) {
                current = new Current(null, record); // not asked for again
            }
            throw e;
        }
    }

    private LoginRecord record() {
        LoginRecord record = LoginRecord.fromJson(records.get(handle));
        return record == null ? LoginRecord.none(settings.fingerprint()) : record;
    }

    private AccessToken keep(AccessTokenResponse response, LoginRecord record) {
        Instant now = clock.instant();
        AccessToken token = new AccessToken(
                response.getAccessToken(), isRenewable(response), now, now.plusSeconds(response.getExpiresIn()));
        LoginRecord updated = record.withToken(token);
        tokens = response;
        current = new Current(token, updated);
        save(updated);
        return token;
    }

    private void update(LoginRecord record) {
        Current held = current;
        current = new Current(held == null ? null : held.token(), record);
        save(record);
    }

    private void save(LoginRecord record) {
        records.put(handle, record.toJson());
    }

    private static boolean isRenewable(AccessTokenResponse response) {
        String refreshToken = response.getRefreshToken();
        return refreshToken != null && !refreshToken.isBlank();
    }
}
