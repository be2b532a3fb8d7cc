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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageRequest;
import org.openhab.binding.monzo.internal.connect.ConnectPages.PageResponse;

/**
 * Checks that the text of requests and responses, which contain code and state, is safe to log.
 */
class PageSecrecyTest {

    @Test
    void toStringHidesContent() {
        PageRequest request =
                new PageRequest("/callback", Map.of("code", "s3cr3t"), "http://openhab", Locale.UK, "192.0.2.1");
        assertThat(request.toString(), not(containsString("s3cr3t")));
        assertThat(PageResponse.redirect(302, "https://bank/?state=s3cr3t").toString(), not(containsString("s3cr3t")));
        assertThat(PageResponse.page(200, "s3cr3t").toString(), not(containsString("s3cr3t")));
    }
}
