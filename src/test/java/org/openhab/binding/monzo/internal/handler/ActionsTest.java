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
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.core.automation.annotation.RuleAction;
import org.openhab.core.automation.module.provider.AnnotationActionModuleTypeHelper;
import org.openhab.core.thing.binding.ThingActions;
import org.openhab.core.thing.binding.ThingActionsScope;

/** Tests what openHAB makes of all the binding's actions, beyond what the real one shows in {@code RulesIT}. */
class ActionsTest {

    static List<Class<? extends ThingActions>> actions() throws IOException, URISyntaxException {
        Path classes = Path.of(PotActions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<? extends ThingActions>> actions = new ArrayList<>();
            files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> load(
                            file.substring(0, file.length() - ".class".length()).replace('/', '.')))
                    .filter(ThingActions.class::isAssignableFrom)
                    .forEach(type -> actions.add(type.asSubclass(ThingActions.class)));
            return actions;
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PotActions.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void areThoseOfPotsAndAccounts() throws Exception {
        assertThat(actions(), containsInAnyOrder(PotActions.class, AccountActions.class));
    }

    /** openHAB 4 and later offers every {@link RuleAction} at {@code /rest/actions} to anyone on the network. */
    @ParameterizedTest
    @MethodSource("actions")
    void areForScriptsAlone(Class<? extends ThingActions> type) throws Exception {
        List<Method> ruleActions = Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(RuleAction.class))
                .toList();

        assertThat(ruleActions, empty());
        assertThat(
                new AnnotationActionModuleTypeHelper()
                        .parseAnnotations("monzo", type.getConstructor().newInstance()),
                empty());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void haveTheScopeOfTheBinding(Class<? extends ThingActions> type) {
        assertThat(type.getAnnotation(ThingActionsScope.class).name(), is("monzo"));
        assertThat(Modifier.isPublic(type.getModifiers()), is(true));
    }
}
