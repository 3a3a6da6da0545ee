package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Programs of Debian packages, on a machine that stays as it is: the packages are downloaded, verified by apt, into the cache
 * and unpacked there. Neither root nor the system's own package lists are needed or touched.
 */
final class DebianPackages {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Map<String, String> environment;
    private final Steps steps;

    DebianPackages(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.steps = new Steps(environment, progress);
    }

    /** Why these programs cannot be had here; empty where they are installed, or packages can be downloaded. Quick. */
    Optional<String> obstacle(Map<String, String> packageOf) {
        Set<String> absent = absent(packageOf);
        return absent.isEmpty()
                ? Optional.empty()
                : steps.missing("apt-get", "dpkg-deb", "ldd")
                        .map(program -> "there is no '" + program + "' to fetch Debian packages with: install "
                                + String.join(", ", absent) + " with this system's package manager");
    }

    /** Puts all programs into the workspace's result, where {@code bin/} and {@code cni/} can then stand on a PATH. */
    void make(Map<String, String> packageOf, Version oldest, String title, Workspace workspace) throws IOException {
        Path unpacked = Files.createDirectories(workspace.result().resolve("packages"));
        Set<String> absent = absent(packageOf);
        if (!absent.isEmpty()) {
            fetch(absent, unpacked, title, workspace);
        }
        var programs = new UnpackedPrograms(unpacked, environment);
        for (String file : packageOf.keySet()) {
            Path target = workspace.result().resolve(file);
            Files.createDirectories(target.getParent());
            Optional<Path> installed = HostPrograms.find(file, environment);
            if (installed.isPresent()) {
                Files.createSymbolicLink(target, installed.get());
            } else {
                programs.place(target);
            }
        }
        requireContainerd(oldest, workspace.result().resolve(Tool.CONTAINERD.file()));
    }

    private void requireContainerd(Version oldest, Path containerd) {
        Optional<Version> version = new Command(List.of(containerd.toString(), "--version"), Path.of("/"), environment)
                .output(ANSWER)
                .flatMap(Version::in);
        if (version.isEmpty() || version.get().compareTo(oldest) < 0) {
            throw new Failure(
                    Exit.FAILED,
                    "containerd, as this system installs it or its packages have it, is "
                            + version.map(Version::toString).orElse("broken") + ", and " + oldest
                            + " or newer is needed: install one, and run again");
        }
    }

    /** The packages of which a program is not installed. */
    private Set<String> absent(Map<String, String> packageOf) {
        var absent = new TreeSet<String>();
        new TreeMap<>(packageOf).forEach((file, name) -> {
            if (HostPrograms.find(file, environment).isEmpty()) {
                absent.add(name);
            }
        });
        return absent;
    }

    private void fetch(Set<String> packages, Path unpacked, String title, Workspace workspace) throws IOException {
        Path lists = workspace.scratch().resolve("lists");
        Path archives = workspace.scratch().resolve("archives");
        Files.createDirectories(lists.resolve("partial"));
        Files.createDirectories(archives.resolve("partial"));
        var apt = List.of(
                "apt-get",
                "-q",
                "-y",
                // Lists of our own: the system's may be absent or old, and bringing them up to date would need root.
                "-oDir::State::lists=" + lists,
                "-oDir::Cache::archives=" + archives,
                "-oDir::Cache::pkgcache=",
                "-oDir::Cache::srcpkgcache=",
                // Nothing of the system's is written, so nobody else has to be kept out of it.
                "-oDebug::NoLocking=1",
                // The user to whom apt would change for downloading may not reach the cache.
                "-oAPT::Sandbox::User=root",
                "-oAcquire::Retries=2",
                "-oAcquire::http::Timeout=30");
        steps.say("Downloading Debian packages, without installing them: " + String.join(", ", packages) + " ...");
        steps.run(join(apt, List.of("update")), title, workspace);
        List<String> install = join(apt, List.of("install", "--download-only", "--no-install-recommends"));
        steps.run(join(install, List.copyOf(packages)), title, workspace);
        try (Stream<Path> files = Files.list(archives)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".deb")).toList()) {
                steps.run(List.of("dpkg-deb", "--extract", file.toString(), unpacked.toString()), title, workspace);
            }
        }
    }

    private static List<String> join(List<String> line, List<String> more) {
        return Stream.concat(line.stream(), more.stream()).toList();
    }
}
