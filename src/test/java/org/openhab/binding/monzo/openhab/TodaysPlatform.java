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
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The core of openHAB 3.0.1 on the platform of openHAB 4 and 5, whose own core is not on Maven Central: Karaf 4.4,
 * pax-web 8, the newest Jetty 9.4 and Gson. Main UI is missing, since 3.0.1 registers it in a way that pax-web 8
 * refuses.
 */
final class TodaysPlatform implements Platform {
    private static final String KARAF = "4.4.10";

    /** Features of the core without those that open sockets of their own or belong to the older platform. */
    private static final DistributionFeatures CORE = new DistributionFeatures(
            List.of("openhab-runtime-base"),
            List.of(
                    "openhab-core-io-rest-mdns",
                    "openhab-core-io-rest-swagger",
                    "openhab-core-model-lsp",
                    "openhab-runtime-certificate",
                    "openhab-transport-mdns",
                    "openhab.tp-gson",
                    "openhab.tp-httpclient"),
            List.of("javax.servlet/", "org.eclipse.jetty", "org.openhab.core.bundles/org.openhab.core.karaf/"));

    /** Settings of openHAB that differ from Karaf's: log files, users, console, folder of add-ons, Equinox. */
    private static final List<String> OPENHAB_SETTINGS = List.of(
            "custom.properties",
            "custom.system.properties",
            "log4j2.xml",
            "org.apache.aries.jax.rs.whiteboard.default.cfg",
            "org.apache.felix.fileinstall-deploy.cfg",
            "org.apache.karaf.shell.cfg",
            "org.ops4j.pax.logging.cfg",
            "users.properties");

    private static final String SERVLET =
            "javax.servlet,javax.servlet.annotation,javax.servlet.descriptor,javax.servlet.http";

    @Override
    public void install(Installation installation, Ports ports) throws IOException {
        Path distribution = Repository.karaf().resolve("apache-karaf-" + KARAF);
        Path karaf = Files.createDirectories(karaf(installation));
        for (String directory : List.of("bin", "lib", "system")) {
            Files.createSymbolicLink(karaf.resolve(directory), distribution.resolve(directory));
        }
        Directories.copy(distribution.resolve("etc"), installation.etc(""));
        for (String file : OPENHAB_SETTINGS) {
            Path settings = installation.etc(file);
            Files.deleteIfExists(settings);
            Files.copy(Repository.distribution().resolve("userdata/etc").resolve(file), settings);
        }
        writeDirectories(installation);
        writeWebServer(installation, ports);
        writeFeatures(installation);
    }

    private static Path karaf(Installation installation) {
        return installation.home().resolve("karaf");
    }

    private static void writeDirectories(Installation installation) throws IOException {
        Path userdata = installation.userdata();
        // Karaf's start script requires them.
        Files.createDirectories(userdata.resolve("tmp"));
        Files.createDirectories(userdata.resolve("logs"));
        Files.writeString(
                installation.etc("custom.system.properties"),
                """

                openhab.home=%s
                openhab.conf=%s
                openhab.runtime=%s
                openhab.userdata=%s
                openhab.logdir=%s
                felix.cm.dir=%s
                """.formatted(
                                installation.home(),
                                installation.conf(),
                                installation.runtime(),
                                userdata,
                                userdata.resolve("logs"),
                                userdata.resolve("config")),
                StandardOpenOption.APPEND);
    }

    private static void writeWebServer(Installation installation, Ports ports) throws IOException {
        Files.writeString(installation.etc("org.ops4j.pax.web.cfg"), """
                org.osgi.service.http.port = %d
                org.osgi.service.http.secure.enabled = false
                org.ops4j.pax.web.listening.addresses = %s
                javax.servlet.context.tempdir = ${karaf.data}/pax-web/tmp
                """.formatted(ports.http(), Ports.HOST));
    }

    /** Writes features with the names of openHAB's, so that a feature of an add-on can name them. */
    private static void writeFeatures(Installation installation) throws IOException {
        Path servlet31 = installation.userdata().resolve("servlet-3.1.jar");
        writeServlet31(servlet31);
        Path features = installation.etc("openhab-features.xml");
        Files.writeString(features, """
                <features name="openhab" xmlns="http://karaf.apache.org/xmlns/features/v1.4.0">
                    <feature name="openhab-runtime-base">
                        <bundle start-level="30" start="false">%s</bundle>
                %s
                    </feature>
                    <feature name="openhab-transport-http">
                        <feature>openhab-runtime-base</feature>
                    </feature>
                </features>
                """.formatted(
                        servlet31.toUri(),
                        Stream.concat(todaysBundles(), CORE.bundles())
                                .map(TodaysPlatform::bundle)
                                .collect(Collectors.joining("\n"))));
        Files.writeString(installation.etc("org.apache.karaf.features.cfg"), """
                featuresRepositories = \\
                    mvn:org.apache.karaf.features/framework/%1$s/xml/features, \\
                    mvn:org.apache.karaf.features/standard/%1$s/xml/features, \\
                    %2$s
                featuresBoot = \\
                    (bundle, config, deployer, diagnostic, eventadmin, feature, framework, jaas, kar, log, service, \\
                    shell, ssh, system), \\
                    (openhab-runtime-base, openhab-transport-http)
                featuresBootAsynchronous = false
                """.formatted(KARAF, features.toUri()));
        // Nothing is ever downloaded.
        Files.writeString(installation.etc("org.ops4j.pax.url.mvn.cfg"), """
                org.ops4j.pax.url.mvn.localRepository = ${karaf.data}/tmp/mvn
                org.ops4j.pax.url.mvn.useFallbackRepositories = false
                org.ops4j.pax.url.mvn.defaultRepositories = \\
                    ${karaf.home.uri}system@id=system.repository, \\
                    ${karaf.data.uri}kar@id=kar.repository@multi@snapshots, \\
                    ${karaf.base.uri}system@id=child.system.repository@snapshots
                org.ops4j.pax.url.mvn.repositories =
                """);
    }

    private static String bundle(Path jar) {
        boolean isCore = jar.getFileName().toString().startsWith("org.openhab.core");
        return "        <bundle start-level=\"%d\">%s</bundle>".formatted(isCore ? 80 : 30, jar.toUri());
    }

    private static Stream<Path> todaysBundles() throws IOException {
        try (Stream<Path> jars = Files.list(Repository.todaysBundles())) {
            return jars.sorted().toList().stream();
        }
    }

    /** Exports servlet 4.0 as 3.1 too, which Jetty 9.4 imports; pax-web's own bundle for it is not on Maven Central. */
    private static void writeServlet31(Path jar) {
        TestBundle.write(
                jar,
                "servlet31",
                Map.of(
                        "Fragment-Host",
                        "jakarta.servlet-api;bundle-version=\"[4,5)\"",
                        "Export-Package",
                        Stream.of(SERVLET.split(","))
                                .map(name -> name + ";version=\"3.1.0\"")
                                .collect(Collectors.joining(",")),
                        "Provide-Capability",
                        "osgi.contract;osgi.contract=JavaServlet;uses:=\"%s\";version:List<Version>=\"4.0,3.1,3.0\""
                                .formatted(SERVLET)),
                List.of());
    }

    /** Everything is stored long before. */
    @Override
    public Duration stopTimeout() {
        return Duration.ofSeconds(10);
    }

    /** When openHAB 3.0.1 stops its HTTP clients, a newer Jetty often waits forever for the end of a selector. */
    @Override
    public boolean stopsReliably() {
        return false;
    }

    @Override
    public Path startScript(Installation installation) {
        return karaf(installation).resolve("bin/karaf");
    }

    @Override
    public Map<String, String> environment(Installation installation, Ports ports) {
        String userdata = installation.userdata().toString();
        return Map.of(
                "KARAF_BASE",
                userdata,
                "KARAF_DATA",
                userdata,
                "KARAF_ETC",
                userdata + "/etc",
                "KARAF_LOG",
                userdata + "/logs");
    }
}
