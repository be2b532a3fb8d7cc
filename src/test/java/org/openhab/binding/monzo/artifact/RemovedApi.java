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
package org.openhab.binding.monzo.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds references to openHAB 3.0.1 API that was removed in later versions.
 * <p>
 * Reads the constant pool, through which every reference goes: of instructions, of method handles and the arguments of
 * {@code invokedynamic}, of signatures and annotations.
 */
final class RemovedApi {

    private static final int JAVA_17 = 61;

    private static final String ABSTRACT_DISCOVERY = "org/openhab/core/config/discovery/AbstractDiscoveryService";
    private static final String ACCESS_TOKEN_RESPONSE = "org/openhab/core/auth/client/oauth2/AccessTokenResponse";
    private static final String DECIMAL_TYPE = "org/openhab/core/library/types/DecimalType";

    /** Members that must not be used with any descriptor. */
    private static final Set<String> FORBIDDEN_NAMES = Set.of(
            ABSTRACT_DISCOVERY + ".removeOlderResults",
            ABSTRACT_DISCOVERY + ".getTimestampOfLastScan",
            ACCESS_TOKEN_RESPONSE + ".getCreatedOn",
            ACCESS_TOKEN_RESPONSE + ".setCreatedOn",
            ACCESS_TOKEN_RESPONSE + ".isExpired");

    private static final Pattern FORBIDDEN_CLASSES =
            Pattern.compile("javax/measure/.*|java/net/http/.*|org/openhab/core/(?:.*/)?internal/.*");

    private static final Pattern CLASS_IN_SIGNATURE = Pattern.compile("L([\\w/$]+)[;<]");

    private final Set<String> goneClasses = new TreeSet<>();
    private final Set<String> goneMembers = new TreeSet<>();

    /**
     * Reads the list.
     *
     * @param list as its own first line explains
     */
    RemovedApi(String list) {
        list.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(this::remember);
    }

    /** The list of this repository. */
    static RemovedApi ofOpenhab521() {
        try (InputStream list = RemovedApi.class.getResourceAsStream("/openhab-api-removed-5.2.1.txt")) {
            return new RemovedApi(new String(list.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int size() {
        return goneClasses.size() + goneMembers.size();
    }

    private void remember(String line) {
        String[] parts = line.split(" +");
        String className = parts[0].replace('.', '/');
        if (line.endsWith("(class gone)")) {
            goneClasses.add(className);
            return;
        }
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a line of the list: " + line);
        }
        String simpleName = className.substring(className.lastIndexOf('/') + 1);
        goneMembers.add(className + "." + (parts[1].equals(simpleName) ? "<init>" : parts[1]) + parts[2]);
    }

    /**
     * Checks a class file.
     *
     * @param ofJar class files by name, for the superclasses that are not on the class path
     * @return the violations, empty if there are none
     */
    Set<String> violations(byte[] classFile, Map<String, byte[]> ofJar) {
        ClassReader reader = new ClassReader(classFile);
        ConstantPool pool = new ConstantPool(reader);
        Set<String> violations = new TreeSet<>();
        if (reader.readUnsignedShort(6) != JAVA_17) {
            violations.add("class file version " + reader.readUnsignedShort(6));
        }
        for (String name : pool.classes()) {
            if (goneClasses.contains(name) || FORBIDDEN_CLASSES.matcher(name).matches()) {
                violations.add(name);
            }
        }
        for (Member member : pool.members()) {
            Member target = declared(member, ofJar).orElse(member);
            if (isForbidden(target)) {
                violations.add(target.toString());
            }
        }
        return violations;
    }

    private boolean isForbidden(Member member) {
        boolean otherDecimal = member.owner().equals(DECIMAL_TYPE)
                && member.name().equals("<init>")
                && !member.descriptor().equals("(Ljava/lang/String;)V");
        return otherDecimal
                || FORBIDDEN_NAMES.contains(member.owner() + "." + member.name())
                || goneMembers.contains(member.toString());
    }

    /** Finds the class that declares a member: the compiler refers to the receiver's class, which may inherit it. */
    private static Optional<Member> declared(Member member, Map<String, byte[]> ofJar) {
        Deque<String> toLook = new ArrayDeque<>(Set.of(member.owner()));
        Set<String> seen = new LinkedHashSet<>();
        while (!toLook.isEmpty()) {
            String name = toLook.removeFirst();
            if (!seen.add(name)) {
                continue;
            }
            Optional<Declarations> declarations = Declarations.of(name, ofJar);
            if (declarations.isEmpty()) {
                continue;
            }
            if (declarations.get().members().contains(member.name() + member.descriptor())) {
                return Optional.of(new Member(name, member.name(), member.descriptor()));
            }
            toLook.addAll(declarations.get().superTypes());
        }
        return Optional.empty();
    }

    /**
     * A method, constructor or field.
     *
     * @param owner internal name of a class
     */
    private record Member(String owner, String name, String descriptor) {

        @Override
        public String toString() {
            return owner + "." + name + descriptor;
        }
    }

    /** The declared members and supertypes of a class, the superclass first. */
    private record Declarations(Set<String> members, Set<String> superTypes) {

        static Optional<Declarations> of(String className, Map<String, byte[]> ofJar) {
            String file = className + ".class";
            try (InputStream found = ClassLoader.getSystemResourceAsStream(file)) {
                byte[] classFile =
                        ofJar.containsKey(file) ? ofJar.get(file) : found == null ? null : found.readAllBytes();
                return classFile == null ? Optional.empty() : Optional.of(of(classFile));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Declarations of(byte[] classFile) {
            Declarations declarations = new Declarations(new LinkedHashSet<>(), new LinkedHashSet<>());
            ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
                @Override
                public void visit(
                        int version, int access, String name, String signature, String superName, String[] is) {
                    if (superName != null) {
                        declarations.superTypes.add(superName);
                    }
                    declarations.superTypes.addAll(Set.of(is));
                }

                @Override
                public MethodVisitor visitMethod(int access, String name, String descriptor, String s, String[] es) {
                    declarations.members.add(name + descriptor);
                    return null;
                }

                @Override
                public FieldVisitor visitField(int access, String name, String descriptor, String s, Object value) {
                    declarations.members.add(name + descriptor);
                    return null;
                }
            };
            new ClassReader(classFile).accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            return declarations;
        }
    }

    /** The constant pool, Java Virtual Machine Specification section 4.4. */
    private static final class ConstantPool {

        private static final int UTF8 = 1;
        private static final int CLASS = 7;
        private static final int FIELD = 9;
        private static final int METHOD = 10;
        private static final int INTERFACE_METHOD = 11;

        private final Set<String> classes = new TreeSet<>();
        private final Map<String, Member> members = new HashMap<>();

        ConstantPool(ClassReader reader) {
            char[] buffer = new char[reader.getMaxStringLength()];
            for (int i = 1; i < reader.getItemCount(); i++) {
                int item = reader.getItem(i);
                if (item == 0) {
                    continue; // the second half of a long or double
                }
                switch (reader.readByte(item - 1)) {
                    case UTF8 -> addSignature(utf8(reader, item));
                    case CLASS -> addClass(reader.readUTF8(item, buffer));
                    case FIELD, METHOD, INTERFACE_METHOD -> addMember(reader, item, buffer);
                    default -> {
                        // refers to those above, or to no code
                    }
                }
            }
        }

        Set<String> classes() {
            return classes;
        }

        Iterable<Member> members() {
            return members.values();
        }

        private static String utf8(ClassReader reader, int item) {
            byte[] bytes = new byte[reader.readUnsignedShort(item)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) reader.readByte(item + 2 + i);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** Adds the classes in a descriptor or signature; other texts hardly ever resemble one. */
        private void addSignature(String text) {
            Matcher matcher = CLASS_IN_SIGNATURE.matcher(text);
            while (matcher.find()) {
                classes.add(matcher.group(1));
            }
        }

        private void addClass(String name) {
            if (name.startsWith("[")) {
                addSignature(name);
            } else {
                classes.add(name);
            }
        }

        private void addMember(ClassReader reader, int item, char[] buffer) {
            int nameAndType = reader.getItem(reader.readUnsignedShort(item + 2));
            Member member = new Member(
                    reader.readClass(item, buffer),
                    reader.readUTF8(nameAndType, buffer),
                    reader.readUTF8(nameAndType + 2, buffer));
            members.put(member.toString(), member);
        }
    }
}
