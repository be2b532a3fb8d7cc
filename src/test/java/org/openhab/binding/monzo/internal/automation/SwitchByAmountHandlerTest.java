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
package org.openhab.binding.monzo.internal.automation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.fixture.WarningLog;
import org.openhab.core.automation.util.ModuleBuilder;
import org.openhab.core.config.core.Configuration;
import org.openhab.core.events.EventPublisher;
import org.openhab.core.items.ItemRegistry;
import org.openhab.core.items.events.ItemCommandEvent;
import org.openhab.core.library.items.NumberItem;
import org.openhab.core.library.items.SwitchItem;
import org.openhab.core.library.types.DecimalType;
import org.openhab.core.library.types.OnOffType;
import org.openhab.core.library.types.QuantityType;
import org.openhab.core.types.State;
import org.openhab.core.types.UnDefType;

/** Tests when a rule switches an item by an amount. */
class SwitchByAmountHandlerTest {

    private final NumberItem balance = new NumberItem("Balance");
    private final SwitchItem lamp = new SwitchItem("Lamp");
    private final ItemRegistry items = mock(ItemRegistry.class);
    private final EventPublisher events = mock(EventPublisher.class);
    private final List<String> commands = new ArrayList<>();
    private final WarningLog log = new WarningLog(Parameters.Problems.class);
    private final Map<String, Object> configuration = new HashMap<>(
            Map.of("itemName", "Balance", "switchName", "Lamp", "direction", "below", "limit", new BigDecimal("20")));

    @BeforeEach
    void carryOutCommands() {
        when(items.get("Balance")).thenReturn(balance);
        when(items.get("Lamp")).thenReturn(lamp);
        doAnswer(call -> {
                    ItemCommandEvent event = call.getArgument(0);
                    commands.add(event.getItemName() + " " + event.getItemCommand());
                    lamp.setState((OnOffType) event.getItemCommand());
                    return null;
                })
                .when(events)
                .post(any());
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private SwitchByAmountHandler handler() {
        return new SwitchByAmountHandler(
                ModuleBuilder.createAction()
                        .withId("switch")
                        .withTypeUID(SwitchByAmountHandler.TYPE)
                        .withConfiguration(new Configuration(configuration))
                        .build(),
                "money-tight",
                items,
                events);
    }

    /** What is sent for each of these amounts, in one go. */
    private List<String> commands(String... amounts) {
        SwitchByAmountHandler handler = handler();
        for (String amount : amounts) {
            handler.execute(Map.of("state", new DecimalType(amount)));
        }
        return commands;
    }

    @Test
    void switchesOnBelowTheLimitAndOffAgain() {
        assertThat(
                commands("20.01", "20.00", "19.99", "-5", "19.00", "20.00", "30", "19.99"),
                contains("Lamp OFF", "Lamp ON", "Lamp OFF", "Lamp ON"));
    }

    @Test
    void switchesOnAboveTheLimitAndOffAgain() {
        configuration.put("direction", "above");
        assertThat(commands("0", "20.00", "20.01", "25", "20.00", "0"), contains("Lamp OFF", "Lamp ON", "Lamp OFF"));
    }

    @Test
    void staysOnWithinTheMargin() {
        configuration.put("margin", new BigDecimal("5"));
        assertThat(commands("19", "20", "24.99", "19", "25", "21", "19"), contains("Lamp ON", "Lamp OFF", "Lamp ON"));
        commands.clear();
        configuration.put("direction", "above");
        lamp.setState(OnOffType.OFF);
        assertThat(commands("21", "20", "15.01", "15"), contains("Lamp ON", "Lamp OFF"));
    }

    /** openHAB 3 stores it for a rule from a template. */
    @Test
    void takesAReferenceToNothingEnteredForNoMargin() {
        configuration.put("margin", "${margin}");
        assertThat(commands("19", "20"), contains("Lamp ON", "Lamp OFF"));
        assertThat(log.messages(), empty());
    }

    /** As in a rule in YAML or one made by a script, as opposed to a choice of Main UI. */
    @Test
    void takesDirectionAndItemsWithBlanksAround() {
        configuration.putAll(Map.of("direction", " above ", "itemName", "Balance ", "switchName", " Lamp"));
        balance.setState(new DecimalType("21"));
        handler().execute(Map.of());
        assertThat(log.messages(), empty());
        assertThat(commands, contains("Lamp ON"));
    }

    /** openHAB 3 stores it for a rule from a template. */
    @Test
    void takesAReferenceToNothingEnteredForADirection() {
        configuration.put("direction", "${direction}");
        assertThat(commands("19"), contains("Lamp ON"));
        assertThat(log.messages(), empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"over", "Above", "BELOW"})
    void switchesNothingInAnUnknownDirection(String direction) {
        configuration.put("direction", direction);
        assertThat(commands("10", "30"), empty());
    }

    /** It was switched manually; only the next crossing counts. */
    @Test
    void leavesAnItemAloneBetweenCrossings() {
        SwitchByAmountHandler handler = handler();
        handler.execute(Map.of("state", new DecimalType("10")));
        lamp.setState(OnOffType.OFF);
        handler.execute(Map.of("state", new DecimalType("9")));
        assertThat(commands, contains("Lamp ON"));
    }

    @Test
    void sendsNothingIfTheItemIsAsItShouldBe() {
        lamp.setState(OnOffType.ON);
        assertThat(commands("10"), empty());
    }

    @Test
    void anUnknownAmountChangesNothing() {
        SwitchByAmountHandler handler = handler();
        handler.execute(Map.of("state", new DecimalType("10")));
        for (State state : List.of(UnDefType.UNDEF, UnDefType.NULL)) {
            handler.execute(Map.of("state", state));
            balance.setState(state);
            handler.execute(Map.of());
        }
        assertThat(commands, contains("Lamp ON"));
    }

    @Test
    void usesTheItemsStateWithoutATrigger() {
        balance.setState(new DecimalType("19.99"));
        handler().execute(Map.of());
        assertThat(commands, contains("Lamp ON"));
    }

    @Test
    void acceptsAmountsWithUnits() {
        handler().execute(Map.of("state", new QuantityType<>("19.99")));
        assertThat(commands, contains("Lamp ON"));
    }

    @Test
    void acceptsLimitsAsText() {
        configuration.put("limit", "-0.5");
        assertThat(commands("-0.51"), contains("Lamp ON"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20,5", "1e9", "${limit}", "£20"})
    void ignoresUnusableLimits(String limit) {
        configuration.put("limit", limit);
        assertThat(commands("10", "30"), empty());
    }

    // Warnings

    @ParameterizedTest
    @CsvSource({
        "switchName, Missing, there is no item Missing",
        "switchName, '',      switchName is missing",
        "switchName, Balance, the item Balance cannot be switched on and off",
        "itemName,   Missing, there is no item Missing",
        "itemName,   Lamp,    the item Lamp is no number",
        "limit,      £20,     limit is not a number",
        "limit,      '20,5',  limit is not a number",
        "margin,     £5,      margin is not a number",
        "direction,  over,    direction is neither above nor below"
    })
    void warnsOfAProblemOnceForEachRule(String parameter, String value, String problem) {
        lamp.setState(OnOffType.OFF);
        configuration.put(parameter, value);
        commands("10", "30", "10");
        assertThat(
                log.messages(), contains(startsWith("The rule money-tight does not work as configured: " + problem)));
        handler();
        assertThat("for another rule", log.messages(), hasSize(2));
    }

    @Test
    void warnsOfAnItemThatIsRemovedLater() {
        SwitchByAmountHandler handler = handler();
        handler.execute(Map.of("state", new DecimalType("30")));
        assertThat(log.messages(), empty());
        when(items.get("Lamp")).thenReturn(null);
        handler.execute(Map.of("state", new DecimalType("10")));
        handler.execute(Map.of("state", new DecimalType("11")));
        assertThat(log.messages(), contains(containsString("there is no item Lamp")));
    }

    @Test
    void neverWarnsOfAnUnknownAmount() {
        SwitchByAmountHandler handler = handler();
        balance.setState(UnDefType.UNDEF);
        handler.execute(Map.of());
        handler.execute(Map.of("state", UnDefType.NULL));
        assertThat(log.messages(), empty());
    }

    @Test
    void ignoresMissingItemsAndParameters() {
        configuration.put("switchName", "Missing");
        assertThat(commands("10"), empty());
        configuration.put("itemName", "Missing");
        handler().execute(Map.of());
        configuration.clear();
        handler().execute(Map.of());
        assertThat(commands("10"), empty());
    }
}
