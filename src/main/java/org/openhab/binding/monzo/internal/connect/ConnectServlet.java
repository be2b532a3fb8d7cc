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

import static org.openhab.binding.monzo.internal.MonzoBindingConstants.CONNECT_PATH;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.compat.MainUi;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;
import org.openhab.binding.monzo.internal.connection.ConnectionRegistry;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.OpenHAB;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Adapts the pages to the servlet API, on which no other class of this package depends. Supports GET and HEAD only.
 * <p>
 * It is registered with the OSGi HTTP whiteboard, because unregistering a servlet from {@code HttpService} restarts the
 * entire web server of openHAB 4 and later, which can lose {@code /rest}.
 */
@NonNullByDefault
@Component(
        service = Servlet.class,
        property = {
            ConnectServlet.PATTERN + "=" + CONNECT_PATH,
            ConnectServlet.PATTERN + "=" + CONNECT_PATH + "/*",
            "osgi.http.whiteboard.servlet.name=org.openhab.binding.monzo.connect",
        })
public class ConnectServlet extends HttpServlet {

    /** OSGi Compendium, section 140.4. */
    static final String PATTERN = "osgi.http.whiteboard.servlet.pattern";

    private static final long serialVersionUID = 1L;

    private static final String CONTENT_SECURITY_POLICY = contentSecurityPolicy();

    private final transient ConnectPages pages;

    @Activate
    public ConnectServlet(
            @Reference ConnectionRegistry bridges,
            @Reference MonzoTexts texts,
            @Reference ThingStatusInfoI18nLocalizationService statusTexts) {
        this(bridges, texts, statusTexts, OpenHAB.getVersion(), Clock.systemUTC());
    }

    /**
     * Creates the servlet outside OSGi.
     *
     * @param openHabVersion e.g. {@code 3.0.1}
     * @param clock used for the timeouts of logins
     */
    public ConnectServlet(
            ConnectionRegistry bridges,
            MonzoTexts texts,
            ThingStatusInfoI18nLocalizationService statusTexts,
            String openHabVersion,
            Clock clock) {
        this.pages = new ConnectPages(
                bridges, new PageView(texts, statusTexts, MainUi.of(openHabVersion)), new LoginAttempts(clock));
    }

    @Override
    protected void service(@Nullable HttpServletRequest request, @Nullable HttpServletResponse response)
            throws IOException {
        if (request == null || response == null) {
            return;
        }
        setHeaders(response);
        String method = request.getMethod();
        // A link preview that sends HEAD must not consume a pending login.
        String allowed = ConnectPages.isAction(path(request)) ? "GET" : "GET, HEAD";
        if (!List.of(allowed.split(", ")).contains(method)) {
            response.setHeader("Allow", allowed);
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        send(pages.reply(pageRequest(request)), response, "HEAD".equals(method));
    }

    private static void setHeaders(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
    }

    /**
     * Returns the content security policy, which permits only the inline style: no other resources, scripts, frames or
     * forms.
     */
    private static String contentSecurityPolicy() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(Html.style().getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(hash)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    private static PageRequest pageRequest(HttpServletRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String publicUrl = PublicUrl.of(request::getHeader, request.getScheme());
        try {
            request.getParameterMap().forEach((name, values) -> {
                if (values.length > 0 && values[0] != null) {
                    parameters.put(name, values[0]);
                }
            });
        } catch (RuntimeException e) {
            // The query has an invalid encoding. Without this, the server would send its own, less careful error page.
            publicUrl = null;
        }
        return new PageRequest(path(request), parameters, publicUrl, request.getLocale(), address(request));
    }

    private static String address(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address == null ? "" : address;
    }

    private static String path(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path;
    }

    private static void send(PageResponse reply, HttpServletResponse response, boolean head) throws IOException {
        response.setStatus(reply.status());
        String location = reply.location();
        if (location != null) {
            response.setHeader("Location", location);
        }
        byte[] body = reply.html().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (body.length > 0) {
            response.setContentType("text/html;charset=utf-8");
            if (!head) {
                response.getOutputStream().write(body);
            }
        }
    }
}
