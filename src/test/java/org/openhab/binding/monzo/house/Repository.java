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
package org.openhab.binding.monzo.house;

import java.nio.file.Path;

/**
 * Where the project's files are.
 */
public final class Repository {

    private Repository() {}

    /** The folder with {@code pom.xml}. */
    public static Path root() {
        return Path.of(System.getProperty("monzo.repository", "."))
                .toAbsolutePath()
                .normalize();
    }
}
