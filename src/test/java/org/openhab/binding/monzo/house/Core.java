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
package org.openhab.binding.monzo.house;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.component.LifeCycle;
import org.openhab.binding.monzo.internal.text.PropertiesTranslations;
import org.openhab.core.auth.client.oauth2.OAuthFactory;
import org.openhab.core.auth.oauth2client.internal.OAuthFactoryImpl;
import org.openhab.core.auth.oauth2client.internal.OAuthStoreHandlerImpl;
import org.openhab.core.auth.oauth2client.internal.cipher.SymmetricKeyCipher;
import org.openhab.core.i18n.LocaleProvider;
import org.openhab.core.i18n.TranslationProvider;
import org.openhab.core.io.net.http.HttpClientFactory;
import org.openhab.core.io.net.http.internal.ExtensibleTrustManagerImpl;
import org.openhab.core.io.net.http.internal.WebClientFactoryImpl;
import org.openhab.core.storage.Storage;
import org.openhab.core.storage.StorageService;
import org.openhab.core.storage.json.internal.JsonStorage;
import org.openhab.core.thing.i18n.ThingStatusInfoI18nLocalizationService;
import org.osgi.framework.Bundle;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The services of openHAB's core that the binding uses, the real ones, put together without OSGi. What is stored, stays
 * in a folder, so that another core over the same folder is openHAB after a restart.
 */
public final class Core implements AutoCloseable {

    private final Path folder;
    private final WebClientFactoryImpl webClients = new WebClientFactoryImpl(new ExtensibleTrustManagerImpl());
    private final Map<String, JsonStorage<Object>> storages = new HashMap<>();
    private final OAuthFactoryImpl oAuthFactory;

    /**
     * Starts the services.
     *
     * @param folder of what is stored
     */
    public Core(Path folder) {
        this.folder = folder;
        folder.resolve("backup").toFile().mkdirs();
        call(webClients, "activate", Map.class, Map.of());
        oAuthFactory = new OAuthFactoryImpl(webClients, oAuthStore());
    }

    private OAuthStoreHandlerImpl oAuthStore() {
        OAuthStoreHandlerImpl store = new OAuthStoreHandlerImpl(storageService());
        try {
            SymmetricKeyCipher cipher = new SymmetricKeyCipher(configurationAdmin());
            call(store, "setStorageCipher", org.openhab.core.auth.client.oauth2.StorageCipher.class, cipher);
            store.activate(Map.of());
            return store;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keeps the key of the cipher beside what it has ciphered. */
    private ConfigurationAdmin configurationAdmin() throws IOException {
        Path keyFile = folder.resolve("cipher.properties");
        AtomicReference<Dictionary<String, Object>> kept = new AtomicReference<>();
        if (Files.exists(keyFile)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(keyFile)) {
                properties.load(reader);
            }
            Dictionary<String, Object> dictionary = new Hashtable<>();
            properties.forEach((key, value) -> dictionary.put(key.toString(), value));
            kept.set(dictionary);
        }
        Configuration configuration = mock(Configuration.class);
        lenient().when(configuration.getProperties()).thenAnswer(call -> kept.get());
        lenient()
                .doAnswer(call -> {
                    Dictionary<String, Object> updated = call.getArgument(0);
                    kept.set(updated);
                    Properties properties = new Properties();
                    updated.keys().asIterator().forEachRemaining(key -> properties.put(key, updated.get(key)));
                    try (var writer = Files.newBufferedWriter(keyFile)) {
                        properties.store(writer, null);
                    }
                    return null;
                })
                .when(configuration)
                .update(any());
        ConfigurationAdmin admin = mock(ConfigurationAdmin.class);
        lenient().when(admin.getConfiguration(anyString())).thenReturn(configuration);
        return admin;
    }

    public OAuthFactory oAuthFactory() {
        return oAuthFactory;
    }

    public HttpClientFactory httpClients() {
        return webClients;
    }

    /** openHAB's own JSON files. */
    public StorageService storageService() {
        return new StorageService() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Storage<T> getStorage(String name) {
                return (Storage<T>) storages.computeIfAbsent(
                        name,
                        key -> new JsonStorage<>(folder.resolve(key + ".json").toFile(), null, 1, 500, 60_000));
            }

            @Override
            public <T> Storage<T> getStorage(String name, ClassLoader classLoader) {
                return getStorage(name);
            }
        };
    }

    /** What is stored under a name, as it stands in the file. */
    public String stored(String name) {
        storages.values().forEach(JsonStorage::flush);
        try {
            Path file = folder.resolve(name + ".json");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The binding's English texts, formatted as openHAB formats them. */
    public TranslationProvider translations() {
        return new PropertiesTranslations();
    }

    public LocaleProvider locales() {
        return () -> Locale.UK;
    }

    public ThingStatusInfoI18nLocalizationService statusTexts() {
        ThingStatusInfoI18nLocalizationService service = new ThingStatusInfoI18nLocalizationService();
        call(service, "setTranslationProvider", TranslationProvider.class, translations());
        Bundle bundle = mock(Bundle.class);
        service.setBundleResolver(type -> bundle);
        return service;
    }

    /** Stops the services the way openHAB does, everything being written. */
    @Override
    public void close() {
        storages.values().forEach(JsonStorage::flush);
        call(oAuthFactory, "deactivate");
        Executor threads = webClients.getCommonHttpClient().getExecutor();
        call(webClients, "deactivate");
        stop(threads);
    }

    /** openHAB leaves them to the end of the process. */
    private static void stop(Executor threads) {
        try {
            ((LifeCycle) threads).stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void call(Object target, String name) {
        try {
            Method method = target.getClass().getDeclaredMethod(name);
            method.setAccessible(true);
            method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void call(Object target, String name, Class<?> type, Object argument) {
        try {
            Method method = target.getClass().getDeclaredMethod(name, type);
            method.setAccessible(true);
            method.invoke(target, argument);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
