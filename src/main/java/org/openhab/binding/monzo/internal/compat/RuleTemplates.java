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

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jdt.annotation.NonNullByDefault;
import org.eclipse.jdt.annotation.Nullable;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.core.automation.dto.RuleTemplateDTO;
import org.openhab.core.automation.dto.RuleTemplateDTOMapper;
import org.openhab.core.automation.template.RuleTemplate;
import org.openhab.core.automation.template.RuleTemplateProvider;
import org.openhab.core.automation.util.ReferenceResolver;
import org.openhab.core.common.registry.ProviderChangeListener;
import org.openhab.core.config.core.dto.ConfigDescriptionParameterDTO;
import org.openhab.core.config.core.dto.ParameterOptionDTO;
import org.openhab.core.thing.Thing;
import org.openhab.core.thing.ThingRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Provides the rule templates of {@code OH-INF/rule-templates}.
 * <p>
 * openHAB itself loads templates from {@code OH-INF/automation/templates}, but no file there works in every openHAB: up
 * to 3.1 a reference to a parameter is written <code>${name}</code>, from 3.2 on <code>{{name}}</code>, and each leaves
 * the other's as it is. The files use the latter.
 */
@NonNullByDefault
@Component(service = RuleTemplateProvider.class, immediate = true)
public class RuleTemplates implements RuleTemplateProvider {

    private static final String FOLDER = "OH-INF/rule-templates";
    private static final String TEXT_PREFIX = "@text/";
    private static final String REFERENCE = "\\{\\{(\\w+)}}";

    private final Gson gson = new Gson();
    private final MonzoTexts texts;
    private final List<JsonObject> sources;
    private final Supplier<Collection<Thing>> things;
    private final boolean isSinceOpenHab32;

    @Activate
    public RuleTemplates(@Reference MonzoTexts texts, @Reference ThingRegistry things, BundleContext context)
            throws IOException {
        this(
                texts,
                files(context.getBundle()),
                things::getAll,
                // Which of the two is understood shows best by trying.
                "value".equals(ReferenceResolver.resolveReference("{{name}}", Map.of("name", "value"))));
    }

    /**
     * Creates the provider outside OSGi.
     *
     * @param files the URLs of the templates
     * @param things openHAB's things at the moment
     * @param isSinceOpenHab32 whether references are written with braces only
     */
    public RuleTemplates(
            MonzoTexts texts, List<URL> files, Supplier<Collection<Thing>> things, boolean isSinceOpenHab32)
            throws IOException {
        this.texts = texts;
        this.things = things;
        this.isSinceOpenHab32 = isSinceOpenHab32;
        this.sources = new ArrayList<>();
        for (URL file : files) {
            try (Reader reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
                sources.add(gson.fromJson(reader, JsonObject.class));
            }
        }
    }

    private static List<URL> files(Bundle bundle) {
        Enumeration<URL> files = bundle.findEntries(FOLDER, "*.json", false);
        List<URL> list = new ArrayList<>();
        while (files != null && files.hasMoreElements()) {
            list.add(files.nextElement());
        }
        return list;
    }

    @Override
    public Collection<RuleTemplate> getAll() {
        return getTemplates(null);
    }

    @Override
    public Collection<RuleTemplate> getTemplates(@Nullable Locale locale) {
        return sources.stream().map(source -> template(source, locale)).toList();
    }

    @Override
    public @Nullable RuleTemplate getTemplate(String uid, @Nullable Locale locale) {
        for (RuleTemplate template : getTemplates(locale)) {
            if (template.getUID().equals(uid)) {
                return template;
            }
        }
        return null;
    }

    private RuleTemplate template(JsonObject source, @Nullable Locale locale) {
        RuleTemplateDTO template = gson.fromJson(adapted(source, locale), RuleTemplateDTO.class);
        template.configDescriptions.stream()
                .filter(parameter -> parameter.filterCriteria != null)
                .forEach(this::offerThings);
        return RuleTemplateDTOMapper.map(template);
    }

    /** Main UI knows no criteria for things, but shows only those that are options. */
    private void offerThings(ConfigDescriptionParameterDTO parameter) {
        parameter.options = things.get().stream()
                .filter(thing -> parameter.filterCriteria.stream()
                        .anyMatch(type -> thing.getThingTypeUID().getAsString().equals(type.value)))
                .map(thing -> new ParameterOptionDTO(thing.getUID().getAsString(), thing.getLabel()))
                .toList();
    }

    /** Returns a copy with texts for text keys, and references as this openHAB understands them. */
    private JsonElement adapted(JsonElement source, @Nullable Locale locale) {
        if (source instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
                copy.add(entry.getKey(), adapted(entry.getValue(), locale));
            }
            return copy;
        } else if (source instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(element -> copy.add(adapted(element, locale)));
            return copy;
        } else if (source instanceof JsonPrimitive value && value.isString()) {
            return new JsonPrimitive(adapted(value.getAsString(), locale));
        }
        return source;
    }

    private String adapted(String value, @Nullable Locale locale) {
        if (value.startsWith(TEXT_PREFIX)) {
            String key = value.substring(TEXT_PREFIX.length());
            return locale == null ? texts.text(key) : texts.text(locale, key);
        }
        return isSinceOpenHab32 ? value : value.replaceAll(REFERENCE, "\\${$1}");
    }

    @Override
    public void addProviderChangeListener(ProviderChangeListener<RuleTemplate> listener) {
        // The templates never change.
    }

    @Override
    public void removeProviderChangeListener(ProviderChangeListener<RuleTemplate> listener) {
        // The templates never change.
    }
}
