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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The files of one openHAB. They lie as in the distribution, but {@code runtime}, the 100 MB that no openHAB writes to,
 * is only linked: openHAB's scripts find the home by the path they are called by.
 */
record Installation(Path home) {

    /** Karaf can be made to run on this Java version, but not on a newer one. */
    private static final int JAVA = 17;

    static Installation create(Path home, Platform platform, Ports ports) throws IOException {
        int java = Runtime.version().feature();
        if (java != JAVA) {
            throw new IllegalStateException(
                    "openHAB runs here on Java " + JAVA + " only, and this is Java " + java + ": set JAVA_HOME");
        }
        Path distribution = Repository.distribution();
        if (!Files.isDirectory(distribution)) {
            throw new NoSuchFileException(distribution.toString(), null, "openHAB is not unpacked; run mvn package");
        }
        Directories.delete(home);
        Installation created = new Installation(Files.createDirectories(home).toRealPath());
        Files.createSymbolicLink(created.runtime(), distribution.resolve("runtime"));
        for (String own : List.of("conf", "addons")) {
            Directories.copy(distribution.resolve(own), created.home.resolve(own));
        }
        platform.install(created, ports);
        created.configure(ports);
        return created;
    }

    private void configure(Ports ports) throws IOException {
        // Otherwise the standard package and remote add-ons would be downloaded.
        Files.writeString(conf().resolve("services/addons.cfg"), "package = minimal\nremote = false\n");
        Files.writeString(conf().resolve("services/runtime.cfg"), """

                org.openhab.restauth:allowBasicAuth=true
                org.openhab.i18n:language=en
                org.openhab.i18n:region=GB
                """, StandardOpenOption.APPEND);
        replace(etc("org.apache.karaf.shell.cfg"), "sshPort = 8101", "sshPort = " + ports.ssh());
        // Otherwise the names of loggers are cut to their last 36 characters.
        replace(etc("log4j2.xml"), "%-36.36c", "%c");
        // The default poll interval of addons is 10 seconds.
        replace(etc("org.apache.felix.fileinstall-deploy.cfg"), "= 10000", "= 1000");
        // This event is the only indication that openHAB has started completely.
        logLevel("openhab.event.StartlevelEvent", "INFO");
    }

    /** Takes effect at the next start. */
    void logLevel(String logger, String level) throws IOException {
        Path file = etc("log4j2.xml");
        String text = Files.readString(file).replaceAll("\\s*<Logger level=\"\\w+\" name=\"" + logger + "\"/>", "");
        String line = "\t\t<Logger level=\"%s\" name=\"%s\"/>\n\t</Loggers>".formatted(level, logger);
        Files.writeString(file, text.replace("\t</Loggers>", line));
    }

    Path runtime() {
        return home.resolve("runtime");
    }

    Path conf() {
        return home.resolve("conf");
    }

    Path userdata() {
        return home.resolve("userdata");
    }

    Path addons() {
        return home.resolve("addons");
    }

    Path log() {
        return userdata().resolve("logs/openhab.log");
    }

    Path events() {
        return userdata().resolve("logs/events.log");
    }

    /** What the process prints itself; empty unless the JVM or Karaf fails very early. */
    Path output() {
        return home.resolve("output.log");
    }

    /** Returns a file of Karaf's settings. */
    Path etc(String name) {
        return userdata().resolve("etc").resolve(name);
    }

    private static void replace(Path file, String old, String replacement) throws IOException {
        String text = Files.readString(file);
        if (!text.contains(old)) {
            throw new IOException(file + " does not contain: " + old);
        }
        Files.writeString(file, text.replace(old, replacement));
    }
}
