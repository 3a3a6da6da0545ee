package com.example.shop;

import java.util.Map;

/** Settings, which a container gets as environment variables. */
public final class Environment {
    private Environment() {}

    /** The value of {@code name}; fails when it is absent or empty. */
    public static String required(Map<String, String> environment, String name) {
        var value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the environment variable " + name + " is missing");
        }
        return value;
    }

    /** Where to listen: {@code PORT}, 8080 when absent. */
    public static int port(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault("PORT", "8080"));
    }
}
