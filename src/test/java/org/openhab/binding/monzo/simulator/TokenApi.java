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
import java.util.Map;

/** The endpoints under {@code /oauth2}. */
final class TokenApi {
    private final Logins logins;

    TokenApi(Logins logins) {
        this.logins = logins;
    }

    Reply token(Call call) {
        if (!call.isPost()) {
            throw ErrorResponse.methodNotAllowed();
        }
        if (!call.formEncoded()) {
            throw ErrorResponse.badRequest("bad_body", "Expected " + Form.CONTENT_TYPE);
        }
        Map<String, String> form = call.form();
        String clientId = form.get("client_id");
        String secret = form.get("client_secret");
        return Reply.json(
                switch (form.getOrDefault("grant_type", "")) {
                    case "authorization_code" ->
                        logins.exchangeCode(clientId, secret, form.get("code"), form.get("redirect_uri"));
                    case "refresh_token" -> logins.refresh(clientId, secret, form.get("refresh_token"));
                    default -> throw ErrorResponse.badRequest("bad_param.grant_type", "Unknown grant_type");
                });
    }

    Reply logOut(Call call) {
        if (!call.isPost()) {
            throw ErrorResponse.methodNotAllowed();
        }
        logins.logOut(call.bearer());
        JsonObject body = new JsonObject();
        body.addProperty("ok", true);
        return Reply.json(body);
    }
}
