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

/** The frame of every page a person sees. */
final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --card: #fff; --line: #d9dee3; --ink: #14233c; --soft: #5d6b7c;
              --go: #0b6b6b; --no: #b3362b; --ground: #f2f4f5; }
            @media (prefers-color-scheme: dark) { :root { --card: #1b2533; --line: #344154; --ink: #eef2f6;
              --soft: #a5b2c2; --go: #1d8a86; --no: #cc5247; --ground: #10161f; } }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 42rem; padding: 1rem; background: var(--ground); color: var(--ink);
              font: 1rem/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin: 1.5rem 0 .5rem; }
            h3 { font-size: 1rem; margin: 0; }
            .card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem;
              margin: 0 0 .75rem; }
            .pot { border-top: 1px solid var(--line); margin-top: .75rem; padding-top: .75rem; }
            .amount { float: right; font-weight: 600; font-variant-numeric: tabular-nums; }
            .soft { color: var(--soft); font-size: .9rem; margin: .1rem 0; overflow-wrap: anywhere; }
            form { display: inline-flex; flex-wrap: wrap; gap: .4rem; margin: .4rem .6rem 0 0; }
            form.choice { display: block; margin: 0; }
            form.choice button { width: 100%; margin-top: .6rem; }
            details { margin-top: .6rem; } summary { cursor: pointer; padding: .4rem 0; }
            details form { display: flex; border-top: 1px solid var(--line); margin: 0; padding: .6rem 0; }
            details input, details select { flex: 1 1 6.5rem; min-width: 0; }
            input, select { width: 6.5rem; font: inherit; padding: .4rem .6rem; border: 1px solid var(--line);
              border-radius: .5rem; background: var(--ground); color: inherit; }
            label { display: block; margin-top: .6rem; }
            button, a.button { font: inherit; min-height: 2.5rem; padding: .4rem .9rem; border: 0; border-radius: .5rem;
              background: var(--go); color: #fff; cursor: pointer; }
            a.button { display: inline-block; padding: .5rem .9rem; text-decoration: none; }
            form.choice input { width: 100%; margin-top: .3rem; min-height: 2.5rem; }
            button.no { background: var(--no); }
            """;

    private HtmlPage() {}

    /**
     * @param title plain text
     * @param body markup, its values escaped
     */
    static String page(String title, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <style>
                %2$s</style>
                </head>
                <body>
                <h1>%1$s</h1>
                %3$s
                </body>
                </html>
                """.formatted(escape(title), STYLE, body);
    }

    static Reply error(String message) {
        return Reply.html(
                400,
                page(
                        "That did not work",
                        "<p id=\"error\" class=\"card\">" + escape(message) + "</p>"
                                + "<p><a href=\"/app\">To the simulated bank's app</a></p>"));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
