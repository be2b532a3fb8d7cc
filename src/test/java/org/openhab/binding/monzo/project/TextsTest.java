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
package org.openhab.binding.monzo.project;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openhab.binding.monzo.internal.MonzoBindingConstants;
import org.openhab.binding.monzo.internal.feed.Feed;
import org.openhab.binding.monzo.internal.i18n.PropertiesTranslations;
import org.openhab.binding.monzo.internal.model.ErrorKind;
import org.openhab.binding.monzo.internal.webhook.Push;
import org.openhab.core.thing.ThingStatus;

/** Tests that the texts match their use in code. {@link XmlTextsTest} compares them with the XML. */
class TextsTest {

    private static final Map<String, String> TEXTS = PropertiesTranslations.load();

    /** A text key in code, up to the end of the string or word. */
    private static final Pattern KEY_IN_CODE = Pattern.compile(
            "\"(?:@text/)?((?:offline|page|push|discovery|account-type|console|transfer|module|rule-template)"
                    + "\\.[a-zA-Z0-9_.-]*[a-zA-Z0-9_])[\"\\\\ ]");

    /** The suffix of the texts that explain the outcome of a login. */
    private static final String PAGE_TEXT = "-text";

    /** The number of arguments by key, without the texts whose only argument is the URL of the page. */
    private static final Map<String, Integer> ARGUMENTS = Map.ofEntries(
            Map.entry("offline.refresh-interval-too-short", 1),
            Map.entry("offline.push-refresh-interval-too-short", 1),
            Map.entry("offline.bridge-offline", 1),
            Map.entry("discovery.account", 1),
            Map.entry("discovery.account-of", 2),
            Map.entry("discovery.pot", 1),
            Map.entry("discovery.pot-in-account", 2),
            Map.entry("discovery.of-login", 2),
            Map.entry("account-type.unknown", 1),
            Map.entry("feed.too-many", 1),
            Map.entry("console.transfer.rule", 1),
            Map.entry("transfer.deposited", 1),
            Map.entry("transfer.withdrawn", 1),
            Map.entry("transfer.refused", 1),
            Map.entry("transfer.unclear", 1),
            Map.entry("transfer.unclear-with-id", 1),
            Map.entry("transfer.amount-too-precise", 1),
            Map.entry("transfer.above-limit", 1),
            Map.entry("transfer.above-daily-limit", 1),
            Map.entry("page.approved", 1),
            Map.entry("page.push", 1),
            Map.entry("page.connected-many", 1),
            Map.entry("page.handed-over", 1),
            Map.entry("page.handed-over-text", 2),
            Map.entry("page.person-has-login", 1),
            Map.entry("page.person-has-login-text", 2));

    /** Keys that openHAB derives from the XML; it does not format their texts. */
    private static final Pattern KEY_OF_XML =
            Pattern.compile("(?:binding|addon|thing-type|channel-type|profile-type|module-type)\\..*");

    /** Modules of rules; openHAB does not format them. */
    private static final Pattern KEY_OF_MODULE = Pattern.compile("module\\..*");

    static Stream<String> formattedKeys() {
        return TEXTS.keySet().stream()
                .filter(key -> !KEY_OF_XML.matcher(key).matches())
                .filter(key -> !KEY_OF_MODULE.matcher(key).matches());
    }

    static Stream<String> unformattedKeys() {
        return Stream.concat(keysOfXml(), keysOfModules());
    }

    static Stream<String> keysOfModules() {
        return TEXTS.keySet().stream().filter(key -> KEY_OF_MODULE.matcher(key).matches());
    }

    static Stream<String> keysOfXml() {
        return TEXTS.keySet().stream().filter(key -> KEY_OF_XML.matcher(key).matches());
    }

    @Test
    void everyUsedTextExists() throws IOException {
        assertThat(without(used(), TEXTS.keySet()), empty());
    }

    @Test
    void everyTextIsUsed() throws IOException {
        Set<String> unused =
                without(Stream.concat(formattedKeys(), keysOfModules()).collect(Collectors.toSet()), used());
        // There are no constants for Monzo's account types.
        unused.removeIf(key -> key.startsWith("account-type."));

        assertThat(unused, empty());
    }

    /** So that {@code mvn i18n:generate-default-translations} in openhab-addons changes nothing. */
    @Test
    void textsOfXmlComeFirstInTheOrderOfOpenHabsGenerator() throws IOException {
        List<String> keys = Files.readAllLines(repository().resolve("OH-INF/i18n/monzo.properties")).stream()
                .filter(line -> line.contains(" = ") && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf(" = ")))
                .toList();

        List<String> ordered = keys.stream()
                .sorted(Comparator.comparingInt(TextsTest::section).thenComparing(TextsTest::withLabelFirst))
                .toList();

        assertEquals(ordered, keys);
    }

    private static int section(String key) {
        List<String> sections = List.of("addon.", "thing-type.monzo.", "thing-type.config.", "channel-type.monzo.");
        return IntStream.range(0, sections.size())
                .filter(i -> key.startsWith(sections.get(i)))
                .findFirst()
                .orElse(sections.size());
    }

    /** Returns a key that sorts like the label of what it belongs to; texts of no section keep their order. */
    private static String withLabelFirst(String key) {
        return section(key) == section("another")
                ? ""
                : key.replaceFirst("\\.name$", ".label").replaceFirst("\\.description$", ".label.description");
    }

    @ParameterizedTest
    @MethodSource("formattedKeys")
    void formatsWithItsArguments(String key) {
        String text = TEXTS.get(key);
        int expected = arguments(key);
        Object[] arguments = {"first", "second"};

        String formatted = MessageFormat.format(text, arguments);

        assertThat("An apostrophe has to be written twice", text.replace("''", ""), not(containsString("'")));
        assertEquals(expected, new MessageFormat(text).getFormatsByArgumentIndex().length, text);
        for (int i = 0; i < expected; i++) {
            assertThat(formatted, containsString((String) arguments[i]));
        }
        assertThat(formatted, not(containsString("{")));
    }

    /**
     * A login that needs the user is explained in one sentence. Main UI 5 links everything after the port up to a
     * space, so a full stop would become part of the link.
     */
    @Test
    void endsItsOnlySentenceWithTheOnlyLinkToThePage() {
        List<String> texts = Arrays.stream(ErrorKind.values())
                .filter(TextsTest::needsPerson)
                .map(fault -> MessageFormat.format(TEXTS.get(fault.textKey()), MonzoBindingConstants.CONNECT_URL))
                .toList();

        assertThat(texts, not(empty()));
        assertThat(
                texts, everyItem(matchesPattern("[^/.]*, open http\\(s\\)://<YOUROPENHAB>:<YOURPORT>/connectmonzo")));
    }

    /** Main UI and notifications cut messages after some 80 characters. */
    @Test
    void beginsARefusedTransferWithItsReason() {
        assertThat(MessageFormat.format(TEXTS.get("transfer.refused"), "A reason."), startsWith("A reason. "));
    }

    static Stream<String> reasons() {
        return TEXTS.keySet().stream()
                .filter(key -> key.startsWith("transfer.") || key.startsWith("feed."))
                .filter(key -> !key.startsWith("transfer.unclear"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void hasAReasonThatMainUiShowsWhole(String key) {
        String reason = MessageFormat.format(TEXTS.get(key), "£12,345.00").replaceFirst("\\. .*", ".");

        assertThat(reason.length(), is(lessThanOrEqualTo(80)));
    }

    @ParameterizedTest
    @MethodSource("unformattedKeys")
    void hasNoFormatSyntax(String key) {
        assertThat(TEXTS.get(key), not(containsString("''")));
        assertThat(TEXTS.get(key), not(containsString("{")));
    }

    /** A user cannot tell whether another program or another Monzo Login caused the eviction. */
    @ParameterizedTest
    @ValueSource(strings = {"offline.login-evicted", "page.offline.login-evicted"})
    void explainsBothCausesOfAnEviction(String key) {
        assertThat(TEXTS.get(key), containsString("in another program or in another Monzo Login"));
    }

    /** Returns whether the status text of an error sends the user to the page, on which it would make no sense. */
    private static boolean namesThePage(ErrorKind error) {
        return needsPerson(error) || TEXTS.get(error.textKey()).contains("/connectmonzo");
    }

    private static boolean needsPerson(ErrorKind error) {
        return switch (error.recovery()) {
            case REAUTHORIZE, AWAIT_APPROVAL -> true;
            case RETRY, REFRESH_TOKEN -> false;
        };
    }

    private static int arguments(String key) {
        boolean namesThePage = Arrays.stream(ErrorKind.values())
                .filter(TextsTest::needsPerson)
                .anyMatch(fault -> fault.textKey().equals(key));
        return namesThePage ? 1 : ARGUMENTS.getOrDefault(key, 0);
    }

    /** Returns the keys in code, including derived ones. */
    private static Set<String> used() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : files("src/main/java", ".java")) {
            addKeys(source, used);
        }
        for (String ending : List.of(".xml", ".json")) {
            for (Path file : files("OH-INF", ending)) {
                addKeys(file, used);
            }
        }
        Arrays.stream(ErrorKind.values()).map(ErrorKind::textKey).forEach(used::add);
        Arrays.stream(Push.Status.values()).map(Push.Status::textKey).forEach(used::add);
        Arrays.stream(Feed.Result.values()).map(Feed.Result::key).forEach(used::add);
        // The page has its own text for each status text that links to it.
        Arrays.stream(ErrorKind.values())
                .filter(TextsTest::namesThePage)
                .map(fault -> "page." + fault.textKey())
                .forEach(used::add);
        used.add("page.status.PENDING");
        Arrays.stream(ThingStatus.values())
                .map(status -> "page.status." + status)
                .forEach(used::add);
        Stream.concat(Stream.of("connected"), outcomes())
                .flatMap(word -> Stream.of("page." + word, "page." + word + PAGE_TEXT))
                .forEach(used::add);
        return used;
    }

    private static void addKeys(Path file, Set<String> keys) throws IOException {
        Matcher key = KEY_IN_CODE.matcher(Files.readString(file));
        while (key.find()) {
            keys.add(key.group(1));
        }
    }

    /** Reads the names of a package-private enum, which are part of keys. */
    private static Stream<String> outcomes() {
        try {
            return Arrays.stream(Class.forName("org.openhab.binding.monzo.internal.connect.Outcome")
                            .getEnumConstants())
                    .map(outcome ->
                            ((Enum<?>) outcome).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    static Set<Path> files(String directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(repository().resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Returns the directory set by Surefire, or the working directory of an IDE. */
    static Path repository() {
        return Path.of(System.getProperty("monzo.repository", "."));
    }
}
