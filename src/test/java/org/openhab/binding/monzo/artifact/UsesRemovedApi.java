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

import java.time.LocalDateTime;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.openhab.core.auth.client.oauth2.AccessTokenResponse;
import org.openhab.core.binding.BindingInfo;
import org.openhab.core.config.discovery.AbstractDiscoveryService;
import org.openhab.core.library.types.DecimalType;

/** Examples of forbidden references, one per class. Never run. */
final class UsesRemovedApi {

    private UsesRemovedApi() {}

    static class Nothing {
        final DecimalType state = new DecimalType("1.0");
    }

    static class Constructor {
        final DecimalType state = new DecimalType(1.0);
    }

    static class ConstructorReference {
        final Function<Long, DecimalType> state = DecimalType::new;
    }

    static class UnlistedConstructor {
        final Supplier<DecimalType> state = DecimalType::new;
    }

    static class MethodReference {
        final Function<AccessTokenResponse, LocalDateTime> created = AccessTokenResponse::getCreatedOn;
    }

    static class GoneClass {
        Object label(BindingInfo info) {
            return info;
        }
    }

    static class GoneClassInArray {
        final Object infos = BindingInfo[].class;
    }

    static class GoneClassInGenerics {
        Set<BindingInfo> infos = Set.of();
    }

    static class Measure {
        Object unit(javax.measure.Unit<?> unit) {
            return unit;
        }
    }

    static class NewHttpClient {
        final Object client = java.net.http.HttpClient.newHttpClient();
    }

    static class Internal {
        final Object internal = org.openhab.core.internal.i18n.I18nProviderImpl.class;
    }

    /** The class file refers to the subclass as the owner of inherited members. */
    abstract static class Inherited extends AbstractDiscoveryService {

        Inherited() {
            super(Set.of(), 1, false);
        }

        @Override
        protected void startScan() {
            removeOlderResults(getTimestampOfLastScan());
        }
    }

    abstract static class InheritedTwice extends Inherited {

        long lastScan() {
            return this.getTimestampOfLastScan();
        }
    }
}
