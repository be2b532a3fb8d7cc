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
package org.openhab.binding.monzo.internal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openhab.binding.monzo.openhab.Repository;

/**
 * What the README shows is what the project has and tests.
 */
class ReadmeTest {

    private static final Path ROOT = Repository.root();

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("src/test/resources/examples"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsExamplesAreTheFilesThatTheTestsRun(Path example) throws IOException {
        assertThat(readme(), containsString("\n" + Files.readString(example).strip() + "\n```"));
    }

    @Test
    void itsPicturesExist() throws IOException {
        readme().lines()
                .filter(line -> line.contains("]("))
                .flatMap(line -> java.util.regex.Pattern.compile("]\\((doc/[^)]+)\\)")
                        .matcher(line)
                        .results())
                .forEach(link -> assertThat(link.group(1), Files.exists(ROOT.resolve(link.group(1)))));
    }

    @Test
    void itNamesEveryChannelAndEveryCommand() throws IOException {
        assertThat(
                readme(),
                stringContainsInOrder(
                        "./demo", "mvn verify", "balance", "total-balance", "spend-today", "goal-progress"));
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
