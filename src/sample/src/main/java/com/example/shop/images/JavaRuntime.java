package com.example.shop.images;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/** A Java runtime with the shop's modules only. */
final class JavaRuntime {
    /**
     * What {@code jdeps --print-module-deps} finds for the shop and its libraries, less java.desktop, which only the drivers'
     * unused parts name; and TLS with elliptic curves, SASL and Unsafe, which are found at run time only.
     */
    private static final String MODULES =
            "java.logging,java.management,java.naming,java.security.jgss,java.security.sasl,"
                    + "java.sql,jdk.crypto.ec,jdk.httpserver,jdk.unsupported";

    private JavaRuntime() {}

    /** Makes it, or takes what an earlier build of the same JDK made there. */
    static Path in(Path directory) throws IOException {
        var mark = directory.resolveSibling("runtime.made");
        var made = MODULES + " " + Runtime.version() + " " + System.getProperty("java.home");
        if (!Files.exists(mark) || !Files.readString(mark).equals(made)) {
            Files.deleteIfExists(mark);
            Trees.delete(directory);
            run(
                    "jlink",
                    List.of(
                            "--add-modules",
                            MODULES,
                            "--strip-java-debug-attributes",
                            "--no-header-files",
                            "--no-man-pages",
                            "--output",
                            directory.toString()));
            // Classes of the JDK as they are in memory: a third of the time to start.
            Processes.run(directory.resolve("bin/java").toString(), "-XX:+UseSerialGC", "-Xshare:dump");
            Files.writeString(mark, made);
        }
        return directory;
    }

    /** One of the JDK's own tools. */
    static void run(String tool, List<String> arguments) {
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        int result = ToolProvider.findFirst(tool)
                .orElseThrow(() -> new IllegalStateException(
                        tool + " is missing: images are made by a whole JDK, 17 or newer, not by a Java runtime"))
                .run(writer, writer, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException(tool + " failed: " + output);
        }
    }
}
