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
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the check of the class files can fail. */
class RemovedApiTest {

    private final RemovedApi removed = RemovedApi.ofOpenhab521();

    @Test
    void readsTheWholeList() {
        assertThat(removed.size(), greaterThan(100));
    }

    @Test
    void acceptsExistingApi() throws IOException {
        assertThat(violations("Nothing"), empty());
    }

    @ParameterizedTest
    @CsvSource({
        "Constructor, org/openhab/core/library/types/DecimalType.<init>(D)V",
        "ConstructorReference, org/openhab/core/library/types/DecimalType.<init>(J)V",
        "UnlistedConstructor, org/openhab/core/library/types/DecimalType.<init>()V",
        "MethodReference, org/openhab/core/auth/client/oauth2/AccessTokenResponse.getCreatedOn",
        "GoneClass, org/openhab/core/binding/BindingInfo",
        "GoneClassInArray, org/openhab/core/binding/BindingInfo",
        "GoneClassInGenerics, org/openhab/core/binding/BindingInfo",
        "Measure, javax/measure/Unit",
        "NewHttpClient, java/net/http/HttpClient",
        "Internal, org/openhab/core/internal/i18n/I18nProviderImpl",
        "Inherited, org/openhab/core/config/discovery/AbstractDiscoveryService.removeOlderResults(J)V",
        "InheritedTwice, org/openhab/core/config/discovery/AbstractDiscoveryService.getTimestampOfLastScan()J",
    })
    void findsRemovedApi(String example, String reference) throws IOException {
        assertThat(violations(example), hasItem(startsWith(reference)));
    }

    @Test
    void findsOtherClassFileVersions() throws IOException {
        byte[] classFile = classFile("Nothing");
        classFile[7] = 65;

        assertThat(removed.violations(classFile, Map.of()), contains("class file version 65"));
    }

    private Set<String> violations(String example) throws IOException {
        return removed.violations(classFile(example), Map.of());
    }

    private static byte[] classFile(String example) throws IOException {
        try (InputStream file = RemovedApiTest.class.getResourceAsStream("UsesRemovedApi$" + example + ".class")) {
            return file.readAllBytes();
        }
    }
}
