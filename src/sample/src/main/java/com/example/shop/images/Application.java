package com.example.shop.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The shop as a directory of its own: a program for each of its parts beside the Java runtime that they share.
 *
 * <p>The programs are jpackage's native launchers. There is no shell in the images, and a pod's {@code command: [migrate, up]}
 * stands in for the image's entry point, so {@code migrate} has to be a program.
 *
 * @param platform what changes with Java, the C library or a dependency
 * @param programs the shop's own code
 */
record Application(FileEntriesLayer platform, FileEntriesLayer programs) {
    static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/opt/shop");
    static final String RELEASE_JAR = "release.jar";

    private static final Map<String, String> PROGRAMS = Map.of(
            "web", "web.Web",
            "api", "api.Api",
            "worker", "worker.Worker",
            "migrate", "schema.Migrate",
            "seed", "schema.Seed");
    /** Small and soon there, as a container with 128 MiB wants it. */
    private static final List<String> JAVA_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx40m",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Dfile.encoding=UTF-8");

    static Application make(Path target) throws IOException {
        var runtime = JavaRuntime.in(target.resolve("runtime"));
        var home = packaged(target, runtime);
        var launcher = home.resolve("lib/libapplauncher.so");
        var platform = new Layer("platform").addAll(runtime, HOME.resolve("lib/runtime"));
        platform.add(launcher, HOME.resolve("lib/libapplauncher.so"));
        platform.addAll(target.resolve("lib"), HOME.resolve("lib/app"));
        for (var library : NativeLibraries.of(List.of(runtime, launcher, home.resolve("bin")))) {
            platform.add(library, AbsoluteUnixPath.fromPath(library));
        }
        var programs = new Layer("programs").addAll(home.resolve("bin"), HOME.resolve("bin"));
        programs.add(target.resolve("shop.jar"), HOME.resolve("lib/app/shop.jar"));
        for (var program : PROGRAMS.keySet().stream().sorted().toList()) {
            var settings = "lib/app/" + program + ".cfg";
            programs.add(home.resolve(settings), HOME.resolve(settings));
        }
        return new Application(platform.build(), programs.build());
    }

    /** The release's jar stands first on the class path: what it brings goes before what the shop has built in. */
    private static Path packaged(Path target, Path runtime) throws IOException {
        var packages = Trees.emptied(target.resolve("package"));
        var input = Files.createDirectories(packages.resolve("input"));
        Files.copy(target.resolve("shop.jar"), input.resolve("shop.jar"));
        Trees.copy(target.resolve("lib"), input);
        Jars.write(input.resolve(RELEASE_JAR), Map.of());
        var arguments = new ArrayList<>(List.of(
                "--type",
                "app-image",
                "--dest",
                packages.toString(),
                "--name",
                "web",
                "--main-class",
                "com.example.shop." + PROGRAMS.get("web"),
                "--main-jar",
                RELEASE_JAR,
                "--input",
                input.toString(),
                "--runtime-image",
                runtime.toString()));
        JAVA_OPTIONS.forEach(option -> arguments.addAll(List.of("--java-options", option)));
        for (var program : PROGRAMS.entrySet()) {
            if (!program.getKey().equals("web")) {
                var settings = Files.writeString(
                        packages.resolve(program.getKey()), "main-class=com.example.shop." + program.getValue());
                arguments.addAll(List.of("--add-launcher", program.getKey() + "=" + settings));
            }
        }
        JavaRuntime.run("jpackage", arguments);
        return packages.resolve("web");
    }
}
