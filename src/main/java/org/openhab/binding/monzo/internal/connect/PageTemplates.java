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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.eclipse.jdt.annotation.NonNullByDefault;

/**
 * Templates of the pages.
 */
@NonNullByDefault
final class PageTemplates {

    static final String STYLE = """
            :root{color-scheme:light dark;--back:#f6f6f8;--card:#fff;--text:#14233c;--soft:#5a6478;--line:#dfe2e8;\
            --do:#c23b22;--good:#1d7a46;--todo:#8a5a00;--bad:#b3261e}
            @media (prefers-color-scheme:dark){:root{--back:#11151c;--card:#1b212b;--text:#eef1f6;--soft:#a9b2c3;\
            --line:#323a48;--good:#5fd393;--todo:#f3bd55;--bad:#ff8a80}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
            main{max-width:38rem;margin:0 auto;padding:1.5rem 1rem 3rem}
            h1{font-size:1.5rem;margin:.5rem 0 1.25rem}
            h2{font-size:1.125rem;margin:0}
            p{margin:.5rem 0}
            section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem;\
            margin:0 0 1rem;overflow-wrap:anywhere}
            .notice{border-left:.375rem solid var(--line)}
            .notice.good{border-left-color:var(--good)}.notice.todo{border-left-color:var(--todo)}\
            .notice.bad{border-left-color:var(--bad)}
            .soft{color:var(--soft);font-size:.875rem}
            .status{font-weight:600}.status.good{color:var(--good)}.status.todo{color:var(--todo)}\
            .status.bad{color:var(--bad)}
            code{font:.875rem ui-monospace,monospace;background:var(--back);border-radius:.25rem;padding:.125rem .375rem;\
            user-select:all;-webkit-box-decoration-break:clone;box-decoration-break:clone}
            a.button{display:inline-block;margin-top:.5rem;padding:.625rem 1.25rem;border-radius:.5rem;font-weight:600;\
            text-decoration:none;border:2px solid var(--do)}
            a.first{background:var(--do);color:#fff}
            a.again{color:var(--text)}
            """;

    static final String PAGE = """
            <!DOCTYPE html>
            <html lang="${language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            ${refresh}<title>${title}</title>
            <style>${style}</style>
            </head>
            <body>
            <main>
            <h1>${title}</h1>
            ${content}</main>
            </body>
            </html>
            """;

    static final String REFRESH = """
            <meta http-equiv="refresh" content="${seconds};url=${url}">
            """;

    static final String NOTICE = """
            <section class="notice ${kind}" role="status">
            ${label}<h2>${heading}</h2>
            <p>${text}</p>
            ${hint}</section>
            """;

    static final String SOFT = """
            <p class="soft">${text}</p>
            """;

    static final String CARD = """
            <section class="bridge">
            <h2>${label}</h2>
            <p class="soft">${uid}</p>
            <p><span class="status ${statusKind}">${status}</span> ${description}</p>
            ${push}${callback}${action}</section>
            """;

    static final String ACTION = """
            <p><a class="button ${kind}" href="${url}" aria-label="${authorise}: ${login}">${authorise}</a></p>
            """;

    static final String CALLBACK = """
            <p class="soft">${redirectUrlLabel}<br><code>${redirectUrl}</code><br>${redirectUrlHelp}</p>
            """;

    static final String HELP = """
            <section class="help">
            <h2>${redirectUrlLabel}</h2>
            <p><code>${redirectUrl}</code></p>
            <p class="soft">${redirectUrlHelp}</p>
            ${local}</section>
            """;

    static final String PARAGRAPH = """
            <section><p>${text}</p></section>
            """;

    static final String BACK = """
            <p><a class="button again" href="${root}">${back}</a></p>
            """;

    private PageTemplates() {}

    /**
     * Returns the content security policy, which permits only the inline style: no other resources, scripts, frames or
     * forms.
     */
    static String contentSecurityPolicy() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(hash)
                    + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }
}
