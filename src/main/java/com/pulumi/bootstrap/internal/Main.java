package com.pulumi.bootstrap.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers Pulumi's Java host, which asks each program for the plugins it needs by running a class of this name from the
 * program's jar. The SDK's own class scans 150 MB of jars for the answer, almost a second before each command; this one
 * knows it. A test compares the two.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println(plugins());
    }

    static String plugins() {
        try (var answer = Main.class.getResourceAsStream("plugins.json")) {
            if (answer == null) {
                throw new IllegalStateException("plugins.json is missing beside " + Main.class.getName());
            }
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("plugins.json cannot be read", e);
        }
    }
}
