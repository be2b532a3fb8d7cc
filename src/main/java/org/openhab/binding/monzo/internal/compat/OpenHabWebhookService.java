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
package org.openhab.binding.monzo.internal.compat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * openHAB's webhook service, which gives local paths a public URL; the openHAB Cloud add-on provides it.
 * <p>
 * It exists since openHAB 5.2 only, so it is called by reflection.
 */
@NonNullByDefault
@Component(service = OpenHabWebhookService.class)
public class OpenHabWebhookService {

    /** The name of the interface. */
    public static final String INTERFACE = "org.openhab.core.io.rest.WebhookService";

    /**
     * A public URL.
     *
     * @param expiresAt when it expires, {@code null} for never
     */
    public record Address(String url, @Nullable Instant expiresAt) {

        /** Returns whether the URL no longer leads to this openHAB. */
        public boolean isExpired(Instant now) {
            Instant expiresAt = this.expiresAt;
            return expiresAt != null && !expiresAt.isAfter(now);
        }

        @Override
        public String toString() {
            return "Address"; // never log the URL, which may contain a secret
        }
    }

    private final @Nullable ServiceTracker<Object, @Nullable Object> tracker;
    private final List<Object> services = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Looks for the service by name, since its interface is not part of the openHAB that the binding is built on. */
    @Activate
    public OpenHabWebhookService(BundleContext context) {
        ServiceTracker<Object, @Nullable Object> opened =
                new ServiceTracker<Object, @Nullable Object>(context, INTERFACE, null) {
                    @Override
                    public @Nullable Object addingService(@Nullable ServiceReference<Object> reference) {
                        Object found = super.addingService(reference);
                        if (found != null) {
                            OpenHabWebhookService.this.add(found);
                        }
                        return found;
                    }

                    @Override
                    public void removedService(@Nullable ServiceReference<Object> reference, @Nullable Object found) {
                        if (found != null) {
                            OpenHabWebhookService.this.remove(found);
                        }
                        super.removedService(reference, found);
                    }
                };
        opened.open(true); // of all bundles: this one has no access to the interface's package
        tracker = opened;
    }

    /** Creates an instance outside OSGi. */
    public OpenHabWebhookService() {
        tracker = null;
    }

    @Deactivate
    void deactivate() {
        ServiceTracker<Object, @Nullable Object> opened = tracker;
        if (opened != null) {
            opened.close();
        }
    }

    /** A service was registered in openHAB. */
    public void add(Object service) {
        services.add(service);
        listeners.forEach(Runnable::run);
    }

    /** A service was unregistered. */
    public void remove(Object service) {
        services.remove(service);
        listeners.forEach(Runnable::run);
    }

    /** Calls a listener when a service was registered or unregistered. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Returns the service to use, {@code null} if openHAB has none. */
    public @Nullable Object current() {
        try {
            return services.get(0);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    /**
     * Requests a public URL for a local path. Does not wait for it.
     *
     * @param service from {@link #current}
     * @return completes exceptionally if the service fails in any way; may never complete
     */
    public static CompletableFuture<Address> request(Object service, String localPath) {
        return call(service, "requestWebhook", localPath).thenApply(OpenHabWebhookService::address);
    }

    /** Tells the service that the URL of a path is no longer needed. Does not wait. */
    public void release(String localPath) {
        Object service = current();
        if (service != null) {
            call(service, "removeWebhook", localPath);
        }
    }

    private static CompletableFuture<?> call(Object service, String name, String localPath) {
        try {
            Method method = service.getClass().getMethod(name, String.class);
            method.setAccessible(true); // of a class that need not be public
            return method.invoke(service, localPath) instanceof CompletableFuture<?> future
                    ? future
                    : CompletableFuture.failedFuture(new IllegalStateException(name + " returned no future"));
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            return CompletableFuture.failedFuture(cause == null ? e : cause);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Address address(@Nullable Object webhook) {
        if (webhook == null) {
            throw new IllegalStateException("no webhook");
        }
        try {
            Object url = webhook.getClass().getMethod("url").invoke(webhook);
            Object expiresAt = webhook.getClass().getMethod("expiresAt").invoke(webhook);
            URI uri = URI.create(String.valueOf(url));
            if (uri.getHost() == null || !List.of("https", "http").contains(uri.getScheme())) {
                throw new IllegalStateException("invalid URL");
            }
            return new Address(uri.toString(), expiresAt instanceof Instant time ? time : null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
