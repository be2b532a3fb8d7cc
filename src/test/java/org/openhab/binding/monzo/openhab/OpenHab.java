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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real openHAB in a separate process with its own files and ports on 127.0.0.1. Several can run at once.
 */
public final class OpenHab implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(600);
    private static final Duration CLOSING = Duration.ofSeconds(120);
    /** Rules and sitemaps are loaded. Higher levels wait for all thing handlers, which an error may delay. */
    private static final String STARTED = "Startlevel '70' reached";

    private final Platform platform;
    private final Installation installation;
    private final Ports ports;
    private final Thread atExit = new Thread(this::end, "openHAB-end");
    private final List<Path> written = new ArrayList<>();
    private volatile Process process;
    /** Null until the first console command of a run. */
    private Console console;

    private OpenHab(Platform platform, Installation installation, Ports ports) {
        this.platform = platform;
        this.installation = installation;
        this.ports = ports;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Creates a new openHAB on the chosen platform, without starting it.
     *
     * @param home its directory; emptied first
     * @return an openHAB without any data
     */
    public static OpenHab prepare(Path home) {
        return prepare(home, Platform.chosen());
    }

    /**
     * Creates a new openHAB without starting it.
     *
     * @param home its directory; emptied first
     * @param platform what it runs on
     * @return an openHAB without any data
     */
    static OpenHab prepare(Path home, Platform platform) {
        try {
            Ports ports = Ports.free();
            return new OpenHab(platform, Installation.create(home, platform, ports), ports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts openHAB.
     *
     * @return this, once REST responds and rules run; things may still be initializing
     */
    public OpenHab start() {
        if (isRunning()) {
            throw new IllegalStateException("openHAB already runs");
        }
        try {
            // Otherwise the message of the previous start would be found.
            if (Files.exists(installation.events())) {
                Files.move(
                        installation.events(),
                        installation.events().resolveSibling("events.previous.log"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            process = karaf().redirectErrorStream(true)
                    .redirectOutput(installation.output().toFile())
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitRest();
        Await.until("the end of openHAB's start", START, () -> {
            requireAlive();
            return events().contains(STARTED);
        });
        ScriptActions.ensure(this);
        return this;
    }

    /**
     * Waits only for REST, which responds some seconds before the start is complete.
     */
    private void awaitRest() {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl() + "/rest/"))
                .timeout(Duration.ofSeconds(10))
                .build();
        Await.until("REST at " + baseUrl(), START, () -> {
            requireAlive();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        });
    }

    /**
     * Stops openHAB by a regular shutdown, and returns when its ports are closed.
     */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        Duration timeout = platform.stopTimeout();
        boolean ended = awaitEnd(running, timeout);
        if (!ended) {
            kill();
            if (platform.stopsReliably()) {
                throw new AssertionError("openHAB did not stop within " + timeout.toSeconds() + " s and was killed");
            }
        }
        gone();
    }

    /**
     * Kills openHAB as a power failure would.
     */
    public void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        awaitEnd(running, CLOSING);
        gone();
    }

    /**
     * Restarts openHAB on the same ports.
     */
    public void restart() {
        stop();
        start();
    }

    /**
     * Stops openHAB permanently. Its files are kept for inspection.
     */
    @Override
    public void close() {
        try {
            stop();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // This JVM is already shutting down.
            }
        }
    }

    /**
     * @return whether the process is running
     */
    public boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /**
     * @return the ID of the JVM process
     */
    public long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("openHAB does not run");
        }
        return running.pid();
    }

    /**
     * @return its ports, which never change
     */
    public Ports ports() {
        return ports;
    }

    /**
     * @return the URL of its web server, without a trailing slash
     */
    public String baseUrl() {
        return "http://" + Ports.HOST + ":" + ports.http();
    }

    /**
     * @return the directory for jars and KARs
     */
    public Path addons() {
        return installation.addons();
    }

    /**
     * @return the directory of the configuration files
     */
    public Path conf() {
        return installation.conf();
    }

    /**
     * @return the directory of openHAB's data
     */
    public Path userdata() {
        return installation.userdata();
    }

    /**
     * Copies a binding to {@link #addons()}, which openHAB polls every second.
     *
     * @param jarOrKar the file, which replaces one of the same name
     */
    public void installBinding(Path jarOrKar) {
        try {
            Path name = jarOrKar.getFileName();
            Path whole = Files.copy(jarOrKar, installation.home().resolve(name), StandardCopyOption.REPLACE_EXISTING);
            Files.move(whole, addons().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a configuration file, which a running openHAB reads at once.
     *
     * @param path for example {@code things/monzo.things}
     * @param text its content
     */
    public void writeConf(String path, String text) {
        try {
            Path file = conf().resolve(path);
            Files.createDirectories(file.getParent());
            // Atomically, otherwise openHAB could read the file before it is complete.
            Path whole = Files.writeString(installation.home().resolve(file.getFileName()), text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
            written.add(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Deletes all files written by {@link #writeConf}.
     */
    public void deleteConf() {
        try {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            written.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return the content of {@code openhab.log} since the last start
     */
    public String log() {
        return read(installation.log());
    }

    /**
     * @return the content of {@code events.log} since the last start
     */
    public String events() {
        return read(installation.events());
    }

    private static String read(Path log) {
        try {
            // Not readString: the last character may be half written.
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits until the log since the last start shows something.
     *
     * @param regex what to find, anywhere in a line
     * @param timeout when to give up
     * @return what was found
     */
    public String awaitLog(String regex, Duration timeout) {
        Pattern pattern = Pattern.compile(regex);
        return Await.until(
                "\"%s\" in %s".formatted(regex, installation.log()), timeout, () -> find(pattern), f -> f != null);
    }

    private String find(Pattern pattern) {
        Matcher matcher = pattern.matcher(log());
        return matcher.find() ? matcher.group() : null;
    }

    /**
     * Sets how much is logged, at once in a running openHAB and otherwise from its next start.
     *
     * @param logger the name of a class or package
     * @param level for example {@code DEBUG}
     */
    public void logLevel(String logger, String level) {
        if (isRunning()) {
            console("log:set " + level + " " + logger);
            return;
        }
        try {
            installation.logLevel(logger, level);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a command in Karaf's console over SSH.
     *
     * @param command for example {@code bundle:list -s | grep monzo}
     * @return its output without colours, including error messages
     */
    public String console(String command) {
        return console().run(command);
    }

    private synchronized Console console() {
        if (console == null) {
            console = new Console(ports);
        }
        return console;
    }

    private synchronized void hangUp() {
        if (console != null) {
            console.close();
            console = null;
        }
    }

    private ProcessBuilder karaf() {
        // "daemon" makes the JVM replace the shell, so that there is only one process.
        ProcessBuilder builder =
                new ProcessBuilder(platform.startScript(installation).toString(), "daemon");
        Map<String, String> environment = builder.environment();
        // Remove settings of the caller's shell for another openHAB.
        environment.keySet().removeIf(n -> n.startsWith("OPENHAB_") || n.startsWith("KARAF_") || n.equals("JAVA"));
        environment.remove("JAVA_OPTS");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("EXTRA_JAVA_OPTS", "-Xmx512m " + System.getProperty("monzo.openhab.jvm", ""));
        // Java 17 takes the default charset from here; openHAB's files contain names of pots.
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(platform.environment(installation, ports));
        return builder.directory(installation.home().toFile());
    }

    private void requireAlive() {
        if (!isRunning()) {
            throw new AssertionError(
                    "openHAB stopped unexpectedly; see " + installation.output() + " and " + installation.log());
        }
    }

    private void gone() {
        process = null;
        hangUp();
        Await.until("the closing of " + ports, CLOSING, () -> !ports.anyOpen());
    }

    private void end() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        if (!awaitEnd(running, Duration.ofSeconds(15))) {
            running.destroyForcibly();
        }
    }

    private static boolean awaitEnd(Process process, Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
