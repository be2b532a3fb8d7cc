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
package org.openhab.binding.monzo.internal.handler;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.core.automation.annotation.ActionInput;
import org.openhab.core.automation.annotation.ActionOutput;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.thing.binding.ThingActionsScope;

/** Tests what each version of openHAB needs of the class, beyond what the real one shows in {@code RulesIT}. */
class PotActionsTest {

    private static final Map<String, String> TEXTS = PropertiesTranslations.load();

    @ParameterizedTest
    @ValueSource(strings = {"deposit", "withdraw"})
    void hasOneRuleActionByName(String name) {
        List<Method> actions = methods(name)
                .filter(method -> method.isAnnotationPresent(RuleAction.class))
                .toList();

        assertThat("openHAB 3 knows an action by its name alone", actions, hasSize(1));
        Method action = actions.get(0);
        assertThat(Modifier.isStatic(action.getModifiers()), is(false));
        assertText(action.getAnnotation(RuleAction.class).label());
        assertText(action.getAnnotation(RuleAction.class).description());
        assertThat(
                Arrays.stream(action.getAnnotationsByType(ActionOutput.class))
                        .map(ActionOutput::name)
                        .toList(),
                is(List.of("outcome", "message", "balance")));
    }

    /** openHAB 4.3 and later shows a form for these types of inputs alone. */
    @ParameterizedTest
    @ValueSource(strings = {"deposit", "withdraw"})
    void hasInputsWithAForm(String name) {
        Method action = methods(name)
                .filter(method -> method.isAnnotationPresent(RuleAction.class))
                .findFirst()
                .orElseThrow();
        for (Parameter parameter : action.getParameters()) {
            Annotation[] annotations = parameter.getAnnotations();
            assertThat("openHAB ignores the name of an input with another annotation", annotations.length, is(1));
            ActionInput input = (ActionInput) annotations[0];
            assertThat(input.type(), is(oneOf("java.lang.Number", "java.lang.String")));
            assertThat("a required input has to be connected, a form is not enough", input.required(), is(false));
            assertText(input.label());
            assertText(input.description());
        }
    }

    @Test
    void hasTheScopeOfTheBinding() {
        assertThat(PotActions.class.getAnnotation(ThingActionsScope.class).name(), is("monzo"));
        assertThat(Modifier.isPublic(PotActions.class.getModifiers()), is(true));
    }

    @Test
    void refusesWithoutActions() {
        for (Map<String, Object> outputs : List.of(
                PotActions.deposit(null, 5),
                PotActions.deposit(null, 5, "id"),
                PotActions.withdraw(null, 5),
                PotActions.withdraw(null, 5, "id"),
                new PotActions().deposit(5),
                new PotActions().withdraw(null, null))) {
            assertThat(outputs.get("outcome"), is("REFUSED"));
            assertThat(outputs.get("message"), is(TEXTS.get("transfer.not-a-pot")));
            assertThat(outputs, hasEntry("balance", null));
        }
    }

    private static Stream<Method> methods(String name) {
        return Arrays.stream(PotActions.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name));
    }

    private static void assertText(String key) {
        assertThat(TEXTS.keySet(), hasItem(key.replace("@text/", "")));
    }
}
