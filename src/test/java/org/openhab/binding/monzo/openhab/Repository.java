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
package org.openhab.binding.monzo.openhab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The locations of files in this repository after a build.
 */
public final class Repository {
    private static final String JAR = "org.openhab.binding.monzo-";

    private Repository() {}

    /**
     * @return the top level of the repository
     */
    public static Path root() {
        return Path.of(System.getProperty("monzo.repository", "")).toAbsolutePath();
    }

    /**
     * @return Maven's build directory
     */
    public static Path target() {
        return root().resolve("target");
    }

    /**
     * @return the openHAB unpacked by the provisioning module, which must not be modified
     */
    public static Path distribution() {
        return root().resolve("provision/target/openhab");
    }

    /**
     * @return the jars that openHAB 3.0.1 needs on Java 17
     */
    public static Path overrides() {
        return root().resolve("provision/target/java-17-overrides");
    }

    /**
     * @return the directory of the Karaf that openHAB 4 and 5 run on, which must not be modified
     */
    static Path karaf() {
        return root().resolve("provision/target/karaf");
    }

    /**
     * @return the jars of the web container and libraries that openHAB 4 and 5 run on
     */
    static Path todaysBundles() {
        return root().resolve("provision/target/todays-bundles");
    }

    /**
     * @return the packaged binding
     */
    public static Path bindingJar() {
        String named = System.getProperty("monzo.jar");
        if (named != null) {
            return Path.of(named);
        }
        try (Stream<Path> files = Files.list(target())) {
            List<Path> jars = files.filter(f -> f.getFileName().toString().startsWith(JAR))
                    .filter(f -> f.getFileName().toString().endsWith(".jar"))
                    .toList();
            if (jars.size() != 1) {
                throw new IllegalStateException("Expected one binding jar in " + target() + ", not " + jars);
            }
            return jars.get(0);
        } catch (IOException e) {
            throw new IllegalStateException("The binding is not built", e);
        }
    }
}
