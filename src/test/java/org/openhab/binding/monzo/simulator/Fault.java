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

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * A fault of a request. Unless said otherwise the bank does not carry out the request. Each fault's
 * {@code toString} is the name of its factory, for the names of tests.
 */
public interface Fault {

    /**
     * Ends the request.
     *
     * @param exchange the request
     * @throws IOException if the client is gone already
     */
    void strike(Exchange exchange) throws IOException;

    /**
     * @return whether the client waits in vain for the end of the reply
     */
    default boolean isEndless() {
        return false;
    }

    /**
     * @param status the HTTP status
     * @return an error in Monzo's form with a unknown code
     */
    static Fault status(int status) {
        return answer("status " + status, error(status, "simulated." + status, "Simulated"));
    }

    /**
     * @param status the HTTP status
     * @param body the body
     * @param contentType the content type, null for none
     * @return that reply
     */
    static Fault status(int status, String body, String contentType) {
        return answer("status " + status + " with a body", new Reply(status, contentType, body));
    }

    /**
     * @return 429 without {@code Retry-After}, as recorded from Monzo; its body is a guess
     */
    static Fault tooManyRequests() {
        return answer("tooManyRequests", tooMany());
    }

    /**
     * @param retryAfter the value of {@code Retry-After}: seconds, an HTTP date, or nonsense
     * @return 429
     */
    static Fault tooManyRequests(String retryAfter) {
        return answer("tooManyRequests, Retry-After " + retryAfter, tooMany().with("Retry-After", retryAfter));
    }

    /**
     * @return 500 with an error in Monzo's form
     */
    static Fault serverError() {
        return answer("serverError", error(500, "internal_service", "Internal service error"));
    }

    /**
     * @param status the HTTP status
     * @return a page where JSON is due, as proxies in front of a bank send
     */
    static Fault html(int status) {
        return answer("html " + status, Reply.html(status, "<html><body><h1>Out to lunch</h1></body></html>"));
    }

    /**
     * @param status the HTTP status
     * @return a reply without a body
     */
    static Fault emptyBody(int status) {
        return answer("emptyBody " + status, Reply.json(status, ""));
    }

    /**
     * @param body anything: of the wrong shape, cut off, or no JSON at all
     * @return 200 with that body, called JSON
     */
    static Fault json(String body) {
        return answer("json " + (body.length() > 40 ? body.substring(0, 40) + "…" : body), Reply.json(200, body));
    }

    /**
     * @param code Monzo's code, e.g. {@code unauthorized.bad_access_token.evicted}
     * @param withChallenge whether the reply carries {@code WWW-Authenticate}
     * @return 401
     */
    static Fault unauthorized(String code, boolean withChallenge) {
        Reply reply = ErrorResponse.unauthorized(code, "Simulated").reply();
        return answer(
                "unauthorized " + code + (withChallenge ? " with challenge" : ""),
                withChallenge ? reply.with("WWW-Authenticate", "Bearer realm=\"monzo\"") : reply);
    }

    /**
     * @return 403 for want of permissions
     */
    static Fault forbidden() {
        return answer("forbidden", ErrorResponse.forbidden(new JsonObject()).reply());
    }

    /**
     * @param location where to
     * @return 302
     */
    static Fault redirect(String location) {
        return answer("redirect", Reply.redirect(location));
    }

    /**
     * @return silence, until the client leaves or the bank closes
     */
    static Fault hang() {
        return new NamedFault("hang", true, exchange -> exchange.takeOver().hang());
    }

    /**
     * @return 200 and JSON that trickles in byte by byte, without end, until the client leaves
     */
    static Fault slowBody() {
        return new NamedFault(
                "slowBody",
                true,
                exchange -> exchange.takeOver()
                        .sendForever(RawReplies.chunkedHead("{\"accounts\":["), RawReplies.chunk(" "), 50));
    }

    /**
     * @return 200 and JSON that pours in, megabytes a second, without end, until the client leaves
     */
    static Fault endlessBody() {
        return named(
                "endlessBody",
                exchange -> exchange.takeOver()
                        .sendForever(
                                RawReplies.chunkedHead("{\"accounts\":["), RawReplies.chunk(" ".repeat(65_536)), 5));
    }

    /**
     * @return 200 and fewer bytes than the reply's length says, then the end of the connection
     */
    static Fault halfBody() {
        return named(
                "halfBody",
                exchange -> exchange.takeOver()
                        .sendAndClose(RawReplies.headForLength(4096) + "{\"accounts\":[{\"id\":\"acc_0000"));
    }

    /**
     * @return a TCP reset instead of a reply
     */
    static Fault reset() {
        return named("reset", exchange -> exchange.takeOver().reset());
    }

    /**
     * @return the orderly end of the connection instead of a reply
     */
    static Fault closeWithoutReply() {
        return named("closeWithoutReply", exchange -> exchange.takeOver().close());
    }

    /**
     * @return the request carried out, tokens rotated and all, and the connection closed before the reply
     */
    static Fault lostReply() {
        return named("lostReply", exchange -> {
            exchange.carryOut();
            exchange.takeOver().close();
        });
    }

    /**
     * @param instead what happens instead of the reply
     * @return the request carried out, and something that goes wrong with its reply
     */
    static Fault carriedOut(Fault instead) {
        return new NamedFault("carried out, " + instead, instead.isEndless(), exchange -> {
            exchange.carryOut();
            instead.strike(exchange);
        });
    }

    /**
     * @param release what the test completes to let the reply go; never completed, it is a lost reply without end
     * @return the request carried out at once, and truly answered when released
     */
    static Fault lateReply(CompletionStage<?> release) {
        return named("lateReply", exchange -> exchange.answerAfter(release, exchange.carryOut()));
    }

    /**
     * @param change gives another body
     * @return the request carried out, and its reply with that body
     */
    static Fault changedBody(UnaryOperator<String> change) {
        return named("changedBody", exchange -> {
            Reply reply = exchange.carryOut();
            exchange.answer(
                    new Reply(reply.status(), reply.contentType(), reply.headers(), change.apply(reply.body())));
        });
    }

    /**
     * @param contentType the content type
     * @return the request carried out, and its reply called that
     */
    static Fault contentType(String contentType) {
        return named("contentType " + contentType, exchange -> {
            Reply reply = exchange.carryOut();
            exchange.answer(new Reply(reply.status(), contentType, reply.headers(), reply.body()));
        });
    }

    private static Fault answer(String name, Reply reply) {
        return named(name, exchange -> exchange.answer(reply));
    }

    private static Fault named(String name, Fault fault) {
        return new NamedFault(name, false, fault);
    }

    private static Reply tooMany() {
        return error(429, "too_many_requests", "Too many requests");
    }

    private static Reply error(int status, String code, String message) {
        return Reply.json(status, ErrorResponse.error(code, message).toString());
    }
}
