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

/** Ends the handling of a request with an error in Monzo's form. */
final class ErrorResponse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    ErrorResponse(Reply reply) {
        super("HTTP " + reply.status());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }

    /** The access token is invalid. */
    static ErrorResponse badAccessToken(String kind, String message) {
        return unauthorized("unauthorized.bad_access_token" + kind, message);
    }

    /** A 401 in the form recorded for access tokens. */
    static ErrorResponse unauthorized(String code, String message) {
        JsonObject body = error(code, message);
        body.addProperty("error", "invalid_token");
        body.addProperty("error_description", message);
        return new ErrorResponse(Reply.json(401, body.toString()));
    }

    /** The refresh token is invalid. Recorded from Monzo with 401; RFC 6749 requires 400. */
    static ErrorResponse badRefreshToken(int status, String kind) {
        JsonObject body = error("unauthorized.bad_refresh_token" + kind, "Bad refresh token");
        if (status == 400) {
            body.addProperty("error", "invalid_grant");
        }
        return new ErrorResponse(Reply.json(status, body.toString()));
    }

    /** Unknown client or wrong secret. Monzo's response is not known; status and code are a guess. */
    static ErrorResponse badClient() {
        return new ErrorResponse(Reply.json(
                401, error("unauthorized.bad_client", "Bad client credentials").toString()));
    }

    /** Unknown, used or expired code. Monzo's response is not known; status and code are a guess. */
    static ErrorResponse badCode() {
        return new ErrorResponse(Reply.json(
                401,
                error("unauthorized.bad_authorization_code", "Bad authorization code")
                        .toString()));
    }

    /** Not approved in the app, approval withdrawn, or never permitted on such an account. */
    static ErrorResponse forbidden(JsonObject params) {
        JsonObject body =
                error("forbidden.insufficient_permissions", "Access forbidden due to insufficient permissions");
        if (params != null) {
            body.add("params", params);
        }
        return new ErrorResponse(Reply.json(403, body.toString()));
    }

    /** A parameter is missing or wrong. The form of Monzo's error is not known; it is a guess. */
    static ErrorResponse badRequest(String code, String message) {
        return new ErrorResponse(
                Reply.json(400, error("bad_request." + code, message).toString()));
    }

    /** A parameter is missing; the form was recorded in 2022. */
    static ErrorResponse missingParameter(String name) {
        JsonObject body = error("bad_request.missing_param." + name, "The field '" + name + "' is required");
        body.add("retryable", new JsonObject());
        return new ErrorResponse(Reply.json(400, body.toString()));
    }

    /** A parameter is wrong. Code and message were recorded for an amount that is not greater than 0. */
    static ErrorResponse badParameter(String name, String message) {
        return badRequest("bad_param.bad_param." + name, message);
    }

    /** The action is permitted only in the app, or not at all. */
    static ErrorResponse forbidden(String code, String message) {
        return new ErrorResponse(
                Reply.json(403, error("forbidden." + code, message).toString()));
    }

    /** Transactions older than the window. Monzo's message is not known; it is a guess. */
    static ErrorResponse verificationRequired() {
        return new ErrorResponse(Reply.json(
                403,
                error("forbidden.verification_required", "Verification required")
                        .toString()));
    }

    /** There is nothing with that ID or path. The form of Monzo's error is not known; it is a guess. */
    static ErrorResponse notFound() {
        return new ErrorResponse(Reply.json(404, error("not_found", "Not found").toString()));
    }

    static ErrorResponse methodNotAllowed() {
        return new ErrorResponse(Reply.json(
                405, error("method_not_allowed", "Method not allowed").toString()));
    }

    static JsonObject error(String code, String message) {
        JsonObject body = new JsonObject();
        body.addProperty("code", code);
        body.addProperty("message", message);
        return body;
    }
}
