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
package org.openhab.binding.monzo.artifact;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;

import java.util.List;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the check of the manifest can fail. */
class ManifestRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.openhab.core.thing",
                "org.eclipse.jdt.annotation;resolution:=optional",
                "javax.measure;version=\"[1.0,3)\"",
                "javax.servlet.http;version=\"[3.1,5)\"",
                "org.slf4j;version=\"[1.7,3)\"",
                "org.eclipse.jetty.client;version=\"[9.4,10)\"",
                "com.google.gson;version=\"[2.8,3)\"",
            })
    void acceptsPackagesOfEveryOpenHab(String imported) {
        assertThat(check("Import-Package", imported), empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.openhab.core.thing;version=\"[3.0,4)\"",
                "org.openhab.core.thing.internal",
                "org.openhab.core.internal.i18n",
                "java.util",
                "org.eclipse.jdt.annotation",
                "javax.measure;version=\"[1.0,2)\"",
                "javax.measure.quantity;version=\"[1.0,2.1)\"",
                "javax.servlet;version=\"[3.1,4)\"",
                "javax.servlet;version=\"[4,5)\"",
                "org.slf4j;version=\"[1.7,2)\"",
                "org.eclipse.jetty.client.api;version=\"[9.4,11)\"",
                "org.eclipse.jetty.client.api",
                "com.google.gson;version=\"[2.10,3)\"",
                "org.osgi.service.http;version=\"[1.2,2)\"",
            })
    void rejectsPackagesMissingFromSomeOpenHab(String imported) {
        assertThat(check("Import-Package", imported), not(empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Export-Package     | org.openhab.binding.monzo.internal         | exports",
                "Require-Bundle     | org.openhab.core                           | other means",
                "Require-Capability | osgi.contract;filter:='(x=JavaServlet)'    | contract",
                "Require-Capability | osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=21))\" | Java 17",
                "Bundle-SymbolicName | something.else                            | Bundle-SymbolicName",
            })
    void rejectsOtherHeaders(String header, String value, String violation) {
        assertThat(check(header, value), contains(containsString(violation)));
    }

    @Test
    void acceptsOlderJava() {
        assertThat(check("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=11))\""), empty());
    }

    private static List<String> check(String header, String value) {
        Attributes manifest = new Attributes();
        manifest.putValue("Bundle-SymbolicName", "org.openhab.binding.monzo");
        manifest.putValue(header, value);
        return ManifestRules.check(manifest);
    }
}
