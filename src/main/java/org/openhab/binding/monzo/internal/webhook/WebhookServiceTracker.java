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
package org.openhab.binding.monzo.internal.webhook;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Finds openHAB's webhook service by name, as its interface is not part of the openHAB that the binding is built on.
 */
@NonNullByDefault
public final class WebhookServiceTracker implements AutoCloseable {

    private final OpenHabWebhookService service = new OpenHabWebhookService();
    private final ServiceTracker<Object, @Nullable Object> tracker;

    /** Starts to look for the service, which may come and go at any time. */
    public WebhookServiceTracker(BundleContext context) {
        tracker = new ServiceTracker<Object, @Nullable Object>(context, OpenHabWebhookService.INTERFACE, null) {
            @Override
            public @Nullable Object addingService(@Nullable ServiceReference<Object> reference) {
                Object found = super.addingService(reference);
                if (found != null) {
                    service.add(found);
                }
                return found;
            }

            @Override
            public void removedService(@Nullable ServiceReference<Object> reference, @Nullable Object found) {
                if (found != null) {
                    service.remove(found);
                }
                super.removedService(reference, found);
            }
        };
        tracker.open(true); // of all bundles: this one has no access to the interface's package
    }

    /** Returns the service, whether or not openHAB has one. */
    public OpenHabWebhookService service() {
        return service;
    }

    @Override
    public void close() {
        tracker.close();
    }
}
