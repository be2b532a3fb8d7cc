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

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_ACCOUNT;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_BRIDGE;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_BUDGET;
import static org.openhab.binding.monzo.internal.MonzoBindingConstants.THING_TYPE_POT;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.automation.MonzoModuleHandlerFactory;
import org.openhab.binding.monzo.internal.i18n.MonzoTexts;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.core.automation.Condition;
import org.openhab.core.automation.Module;
import org.openhab.core.automation.Visibility;
import org.openhab.core.automation.internal.module.handler.GenericEventConditionHandler;
import org.openhab.core.automation.template.RuleTemplate;
import org.openhab.core.config.core.ConfigDescriptionParameter;
import org.openhab.core.config.core.ParameterOption;
import org.openhab.core.events.Event;
import org.openhab.core.thing.ThingStatus;
import org.openhab.core.thing.ThingStatusDetail;
import org.openhab.core.thing.ThingStatusInfo;
import org.openhab.core.thing.ThingTypeUID;
import org.openhab.core.thing.ThingUID;
import org.openhab.core.thing.binding.builder.BridgeBuilder;
import org.openhab.core.thing.binding.builder.ThingBuilder;
import org.openhab.core.thing.events.ThingEventFactory;

/** The rule templates, as openHAB 3.0.1 and later ones get them, against the module types that there are. */
class RuleTemplatesTest {

    private static final Path REPOSITORY = Path.of(System.getProperty("monzo.repository", "."));
    private static final int MAX_LABEL_LENGTH = 20;
    private static final Pattern REFERENCE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern OLD_REFERENCE = Pattern.compile("\\$\\{(\\w+)}");

    private static RuleTemplates templates(boolean isSinceOpenHab32) throws IOException {
        List<URL> files = new ArrayList<>();
        for (Path file : files("OH-INF/rule-templates")) {
            files.add(file.toUri().toURL());
        }
        return new RuleTemplates(
                new MonzoTexts(new PropertiesTranslations(), () -> Locale.UK, null),
                files,
                () -> List.of(
                        ThingBuilder.create(THING_TYPE_ACCOUNT, "current").build(),
                        ThingBuilder.create(THING_TYPE_POT, "holiday").build(),
                        ThingBuilder.create(THING_TYPE_BUDGET, "groceries").build(),
                        BridgeBuilder.create(THING_TYPE_BRIDGE, "alice").build(),
                        ThingBuilder.create(new ThingTypeUID("hue:bulb"), "lamp")
                                .build()),
                isSinceOpenHab32);
    }

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(REPOSITORY.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    private static List<Module> modules(RuleTemplate template) {
        return template.getModules(Module.class);
    }

    @Test
    void providesATemplateForEachOccasion() throws IOException {
        assertThat(
                templates(true).getAll().stream().map(RuleTemplate::getUID).toList(),
                containsInAnyOrder(
                        "monzo:money-tight",
                        "monzo:overdraft",
                        "monzo:spent-today",
                        "monzo:goal-reached",
                        "monzo:large-payment",
                        "monzo:payment-at",
                        "monzo:money-received",
                        "monzo:payday-sweep",
                        "monzo:round-up",
                        "monzo:pay-from-pot",
                        "monzo:keep-balance",
                        "monzo:budget-alert",
                        "monzo:login-needs-you"));
        for (RuleTemplate template : templates(true).getAll()) {
            assertEquals(Visibility.VISIBLE, template.getVisibility());
            assertEquals(template, templates(true).getTemplate(template.getUID(), Locale.GERMAN), template.getUID());
        }
        assertEquals(null, templates(true).getTemplate("monzo:unknown", null));
    }

    /** openHAB loads what is there with references that only some versions understand. */
    @Test
    void leavesOpenHabsOwnFolderEmpty() {
        assertThat(Files.exists(REPOSITORY.resolve("OH-INF/automation/templates")), is(false));
    }

    @Test
    void replacesTextKeys() throws IOException {
        for (RuleTemplate template : templates(true).getTemplates(Locale.UK)) {
            List<String> texts = new ArrayList<>(List.of(template.getLabel(), template.getDescription()));
            for (ConfigDescriptionParameter parameter : template.getConfigurationDescriptions()) {
                texts.add(parameter.getLabel());
                texts.add(parameter.getDescription());
                if (!"thing".equals(parameter.getContext())) {
                    parameter.getOptions().forEach(option -> texts.add(option.getLabel()));
                }
                assertThat(parameter.getLabel().length(), is(lessThanOrEqualTo(MAX_LABEL_LENGTH)));
            }
            assertThat(texts, everyItem(allOf(not(startsWith("@")), not(startsWith("rule-template.")))));
        }
        assertEquals(
                "Monzo: money is tight",
                templates(true).getTemplate("monzo:money-tight", null).getLabel());
    }

    @Test
    void writesReferencesAsEachOpenHabUnderstandsThem() throws IOException {
        assertReferences(templates(true), REFERENCE, "${");
        assertReferences(templates(false), OLD_REFERENCE, "{{");
        assertEquals(
                Map.of("channelUID", "${pot}:goal-reached"),
                templates(false)
                        .getTemplate("monzo:goal-reached", null)
                        .getTriggers()
                        .get(0)
                        .getConfiguration()
                        .getProperties());
    }

    /** Each parameter is used, and nothing else is referred to. */
    private static void assertReferences(RuleTemplates templates, Pattern reference, String otherReference) {
        for (RuleTemplate template : templates.getAll()) {
            Set<String> used = new HashSet<>();
            for (Module module : modules(template)) {
                String configuration = module.getConfiguration().getProperties().toString();
                assertThat(configuration, not(containsString(otherReference)));
                Matcher matcher = reference.matcher(configuration);
                while (matcher.find()) {
                    used.add(matcher.group(1));
                }
            }
            assertEquals(
                    template.getConfigurationDescriptions().stream()
                            .map(ConfigDescriptionParameter::getName)
                            .collect(Collectors.toSet()),
                    used,
                    template.getUID());
        }
    }

    /** Each rule gets modules of its own: openHAB writes the values of a rule into them. */
    @Test
    void providesFreshModules() throws IOException {
        RuleTemplates templates = templates(false);
        templates
                .getTemplate("monzo:overdraft", null)
                .getTriggers()
                .get(0)
                .getConfiguration()
                .put("itemName", "Written");
        assertEquals(
                "${item}",
                templates
                        .getTemplate("monzo:overdraft", null)
                        .getTriggers()
                        .get(0)
                        .getConfiguration()
                        .get("itemName"));
    }

    @Test
    void consistsOfModulesThatOpenHab301AndTheBindingHave() throws IOException {
        Map<String, JsonObject> types = moduleTypes();
        for (RuleTemplate template : templates(true).getAll()) {
            for (Module module : modules(template)) {
                JsonObject type = types.get(module.getTypeUID());
                assertThat(module.getTypeUID(), type, is(notNullValue()));
                Set<String> parameters = new HashSet<>();
                Set<String> required = new HashSet<>();
                for (JsonElement element : type.getAsJsonArray("configDescriptions")) {
                    JsonObject parameter = element.getAsJsonObject();
                    parameters.add(parameter.get("name").getAsString());
                    if (parameter.get("required").getAsBoolean()) {
                        required.add(parameter.get("name").getAsString());
                    }
                }
                Set<String> configured = module.getConfiguration().keySet();
                assertThat(parameters, hasItems(configured.toArray(String[]::new)));
                assertThat(configured, hasItems(required.toArray(String[]::new)));
            }
        }
    }

    @Test
    void connectsInputsToTriggers() throws IOException {
        for (RuleTemplate template : templates(true).getAll()) {
            Set<String> outputs = template.getTriggers().stream()
                    .flatMap(trigger -> Stream.of(trigger.getId() + ".event", trigger.getId() + ".state"))
                    .collect(Collectors.toSet());
            for (Condition condition : template.getConditions()) {
                assertThat(outputs, hasItems(condition.getInputs().values().toArray(String[]::new)));
            }
            template.getActions()
                    .forEach(action -> assertThat(
                            outputs, hasItems(action.getInputs().values().toArray(String[]::new))));
        }
    }

    @Test
    void listensToChannelsThatExist() throws IOException {
        Set<Object> channels = templates(true).getAll().stream()
                .flatMap(template -> template.getTriggers().stream())
                .map(trigger -> trigger.getConfiguration().get("channelUID"))
                .filter(channel -> channel != null)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "{{pot}}:" + MonzoBindingConstants.CHANNEL_GOAL_REACHED,
                        "{{account}}:" + MonzoBindingConstants.CHANNEL_TRANSACTION,
                        "{{account}}:transaction-updated",
                        "{{budget}}:" + MonzoBindingConstants.CHANNEL_ALERT),
                channels);
    }

    /** openHAB 3 leaves a reference to a parameter without a value as it is, later ones too: few modules bear that. */
    @Test
    void everyOptionalParameterHasADefault() throws IOException {
        for (RuleTemplate template : templates(true).getAll()) {
            for (ConfigDescriptionParameter parameter : template.getConfigurationDescriptions()) {
                assertTrue(
                        parameter.isRequired() || parameter.getDefault() != null,
                        template.getUID() + ": " + parameter.getName());
            }
        }
    }

    @Test
    void offersOnlyThingsOfTheRightKind() throws IOException {
        Map<String, String> offered = Map.of(
                "account", "monzo:account:current",
                "pot", "monzo:pot:holiday",
                "budget", "monzo:budget:groceries",
                "login", "monzo:bridge:alice");
        for (RuleTemplate template : templates(true).getAll()) {
            for (ConfigDescriptionParameter parameter : template.getConfigurationDescriptions()) {
                if ("thing".equals(parameter.getContext())) {
                    assertEquals(
                            List.of(offered.get(parameter.getName())),
                            parameter.getOptions().stream()
                                    .map(ParameterOption::getValue)
                                    .toList());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,       NONE,                  OFFLINE, CONFIGURATION_PENDING, true",
        "ONLINE,        NONE,                  OFFLINE, CONFIGURATION_ERROR,   true",
        "OFFLINE,       COMMUNICATION_ERROR,   OFFLINE, CONFIGURATION_ERROR,   true",
        "OFFLINE,       CONFIGURATION_PENDING, OFFLINE, CONFIGURATION_PENDING, false",
        "OFFLINE,       CONFIGURATION_ERROR,   OFFLINE, CONFIGURATION_PENDING, false",
        "OFFLINE,       CONFIGURATION_ERROR,   OFFLINE, COMMUNICATION_ERROR,   false",
        "ONLINE,        NONE,                  OFFLINE, COMMUNICATION_ERROR,   false",
        "OFFLINE,       CONFIGURATION_ERROR,   ONLINE,  NONE,                  false",
        "UNINITIALIZED, DISABLED,              UNKNOWN, NONE,                  false"
    })
    void reportsOnceThatALoginNeedsTheUser(
            ThingStatus oldStatus,
            ThingStatusDetail oldDetail,
            ThingStatus status,
            ThingStatusDetail detail,
            boolean needsAPerson)
            throws IOException {
        String text = "Say \"},{\"status\":\"ONLINE\",\"statusDetail\":\"NONE\" and CONFIGURATION_ERROR";
        Event event = ThingEventFactory.createStatusInfoChangedEvent(
                new ThingUID("monzo:bridge:alice"),
                new ThingStatusInfo(status, detail, text),
                new ThingStatusInfo(oldStatus, oldDetail, text));
        Condition condition = templates(true)
                .getTemplate("monzo:login-needs-you", null)
                .getConditions()
                .get(0);

        assertEquals(needsAPerson, new GenericEventConditionHandler(condition).isSatisfied(Map.of("event", event)));
        // openHAB 4 and later
        String pattern = (String) condition.getConfiguration().get("payload");
        assertEquals(
                needsAPerson,
                Pattern.compile(pattern).matcher(event.getPayload()).find());
    }

    @Test
    void everyModuleTypeHasAHandler() throws IOException {
        Set<String> described = ownModuleTypes().keySet();
        assertEquals(
                described, Set.copyOf(new MonzoModuleHandlerFactory(null, null, null, null, null, null).getTypes()));
    }

    private static Map<String, JsonObject> moduleTypes() throws IOException {
        Map<String, JsonObject> types = ownModuleTypes();
        for (String name : List.of(
                "ItemTriggers",
                "ItemActions",
                "ChannelTrigger",
                "ThingTriggers",
                "TimeOfDayTrigger",
                "GenericConditions")) {
            addTypes(Module.class.getResource("/OH-INF/automation/moduletypes/" + name + ".json"), types);
        }
        return types;
    }

    private static Map<String, JsonObject> ownModuleTypes() throws IOException {
        Map<String, JsonObject> types = new HashMap<>();
        for (Path file : files("OH-INF/automation/moduletypes")) {
            addTypes(file.toUri().toURL(), types);
        }
        return types;
    }

    private static void addTypes(URL file, Map<String, JsonObject> types) throws IOException {
        try (Reader reader = new InputStreamReader(file.openStream(), StandardCharsets.UTF_8)) {
            JsonObject kinds = new Gson().fromJson(reader, JsonObject.class);
            kinds.entrySet()
                    .forEach(kind -> kind.getValue().getAsJsonArray().forEach(element -> {
                        JsonObject type = element.getAsJsonObject();
                        types.put(type.get("uid").getAsString(), type);
                    }));
        }
    }
}
