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

/** A form of the app with the id {@code <action>-<id>}, written field by field. */
final class AppForm {
    private final String label;
    private final StringBuilder text = new StringBuilder();

    AppForm(String action, String label, String parameter, String id) {
        this.label = label;
        text.append("""
                <form id="%1$s-%3$s" method="post" action="/app/%1$s">
                <input type="hidden" name="%2$s" value="%3$s">
                """.formatted(action, parameter, HtmlPage.escape(id)));
    }

    AppForm text(String name, String placeholder) {
        text.append("""
                <input name="%1$s" placeholder="%2$s" aria-label="%3$s, %2$s" required>
                """.formatted(name, placeholder, label));
        return this;
    }

    AppForm choice(String name, String... values) {
        text.append("<select name=\"%1$s\" aria-label=\"%2$s, %1$s\">\n".formatted(name, label));
        for (String value : values) {
            text.append("<option>").append(value).append("</option>\n");
        }
        text.append("</select>\n");
        return this;
    }

    /** The whole form, with a field {@code amount} at its end. */
    String amount() {
        text.append("""
                <input name="amount" inputmode="decimal" placeholder="0.00" aria-label="%s, amount" required>
                """.formatted(label));
        return button();
    }

    /** The whole form. */
    String button() {
        return text + "<button>" + label + "</button>\n</form>\n";
    }
}
