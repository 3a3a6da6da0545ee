package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds, downloads or builds tools. What is on PATH and new enough is taken; else the official release; else it is built from
 * the pins in {@code ci/toolchain}. Results are kept per user, outside the work tree.
 */
public final class Toolchain {
    /** During a long step, something is said at least this often. */
    static final Duration BETWEEN_REMARKS = Duration.ofSeconds(25);

    private final Consumer<String> progress;
    private final List<Source> order;
    private final Pins pins;
    private final Platform platform;
    private final Cache cache;
    private final PulumiPlugins plugins;
    private final Installed installed;
    private final Releases releases;
    private final Builds builds;

    /**
     * @param projectRoot the directory that holds {@code ci/toolchain}
     * @param environment PATH, HOME, EPHEMERA_CACHE, EPHEMERA_TOOLS, PULUMI_HOME, proxies; given to the programs that build
     * @param progress one line of text at a time, and none when nothing has to be done
     */
    public Toolchain(Path projectRoot, Map<String, String> environment, Consumer<String> progress) {
        this(projectRoot, environment, Platform.current(), Release.Hosts.official(), progress);
    }

    Toolchain(
            Path projectRoot,
            Map<String, String> environment,
            Platform platform,
            Release.Hosts hosts,
            Consumer<String> progress) {
        Path directory = Cache.location(environment);
        this.progress = progress;
        this.order = Source.order(environment);
        this.pins = new Pins(projectRoot);
        this.platform = platform;
        this.cache = new Cache(directory, progress);
        this.plugins = new PulumiPlugins(environment);
        this.installed = new Installed(environment, pins, plugins, new VersionMemory(directory.resolve("versions")));
        this.releases = new Releases(environment, platform, hosts, progress);
        this.builds = new Builds(environment, platform, pins, cache, progress);
    }

    /** The tools of these parts; those that are absent are downloaded or built, which can take many minutes. */
    public Tools provide(Set<Part> parts) {
        var found = new EnumMap<Tool, Path>(Tool.class);
        var missing = new ArrayList<Component>();
        for (Component component : components(parts)) {
            present(component).ifPresentOrElse(found::putAll, () -> missing.add(component));
        }
        if (!missing.isEmpty()) {
            announce(missing);
        }
        for (Component component : missing) {
            found.putAll(obtain(component));
        }
        return new Tools(found);
    }

    /** Those of the parts' tools that are there now; nothing is downloaded or built. */
    public Map<Tool, Path> present(Set<Part> parts) {
        var found = new EnumMap<Tool, Path>(Tool.class);
        components(parts).forEach(component -> present(component).ifPresent(found::putAll));
        return found;
    }

    /**
     * Why a part cannot be had on this machine, and what would help; empty where it is there, or can be tried. Nothing is
     * downloaded or built to find out: a download or a build may still fail.
     */
    public Optional<String> obstacle(Part part) {
        return part.components().stream()
                .filter(component -> present(component).isEmpty())
                .flatMap(component -> obstacle(component).stream())
                .findFirst();
    }

    private Optional<String> obstacle(Component component) {
        return builds.obstacle(component).map(reason -> component.title() + " cannot be had here: " + reason);
    }

    /**
     * Puts the Kubernetes provider into the user's own Pulumi plugin cache, unless that version is there: without it, a plain
     * {@code pulumi up} would look for it on the network.
     */
    public void installPlugins(Tools tools) {
        Version version = pins.version(Component.KUBERNETES_PROVIDER);
        plugins.install(tools.path(Tool.KUBERNETES_PROVIDER), version)
                .ifPresent(directory -> progress.accept("Put the Kubernetes provider into Pulumi's plugin cache, "
                        + directory + ", so that plain 'pulumi'" + " finds it."));
    }

    private static List<Component> components(Set<Part> parts) {
        return Arrays.stream(Part.values())
                .filter(parts::contains)
                .flatMap(part -> part.components().stream())
                .toList();
    }

    private void announce(List<Component> missing) {
        Duration whole = missing.stream().map(Component::buildTime).reduce(Duration.ZERO, Duration::plus);
        progress.accept("Setting up what is absent, into " + cache.directory() + ": "
                + String.join(", ", missing.stream().map(Component::title).toList()) + ". About "
                + Durations.text(whole) + " on two cores if all of it has to be compiled.");
    }

    private Optional<Map<Tool, Path>> present(Component component) {
        for (Source source : order) {
            Optional<Map<Tool, Path>> found = switch (source) {
                case PATH -> installed.find(component);
                case RELEASE -> cached(component, releaseName(component));
                case BUILD -> cached(component, buildName(component));
            };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Map<Tool, Path>> cached(Component component, String name) {
        return cache.find(name, whole(component)).map(place -> tools(component, place));
    }

    private Map<Tool, Path> obtain(Component component) {
        long started = System.nanoTime();
        String title = component.title() + " " + pins.version(component)
                + (component.recipe() instanceof Recipe.DebianPackages ? " or newer" : "");
        Path place = download(component, title).orElseGet(() -> build(component, title));
        progress.accept(title + " is there (" + Durations.text(Duration.ofNanos(System.nanoTime() - started)) + ").");
        return tools(component, place);
    }

    private Optional<Path> download(Component component, String title) {
        Version version = pins.version(component);
        if (!order.contains(Source.RELEASE) || !releases.exist(component, version)) {
            return Optional.empty();
        }
        try {
            return Optional.of(cache.<Unavailable>provide(
                    releaseName(component),
                    title,
                    component.megabytes(),
                    whole(component),
                    workspace -> releases.fetch(component, version, workspace)));
        } catch (Unavailable e) {
            if (!order.contains(Source.BUILD)) {
                throw new Failure(
                        Exit.FAILED,
                        title + " cannot be downloaded: " + e.reason()
                                + ". Run again later, install it yourself, or let it" + " be compiled ("
                                + Source.VARIABLE + "=path,release,build)",
                        e);
            }
            if (!e.known()) {
                progress.accept("No download: " + e.reason() + ". Building from the pinned modules instead.");
            }
            return Optional.empty();
        }
    }

    private Path build(Component component, String title) {
        if (!order.contains(Source.BUILD)) {
            throw new Failure(
                    Exit.FAILED,
                    title + " (or a newer minor version) is not installed, and " + Source.VARIABLE
                            + " does not allow to build it: install it, or add 'build' there");
        }
        obstacle(component).ifPresent(reason -> {
            throw new Failure(Exit.FAILED, reason);
        });
        return cache.<RuntimeException>provide(
                buildName(component), title, component.megabytes(), whole(component), workspace -> {
                    progress.accept(
                            "Setting up " + title + " (about " + Durations.text(component.buildTime()) + ") ...");
                    builds.make(component, workspace);
                });
    }

    private String releaseName(Component component) {
        return component.label() + "-" + pins.version(component) + "-release-" + platform.system() + "-"
                + platform.processor();
    }

    private String buildName(Component component) {
        return component.label() + "-" + pins.version(component) + "-" + builds.key(component);
    }

    private static Map<Tool, Path> tools(Component component, Path place) {
        var tools = new EnumMap<Tool, Path>(Tool.class);
        component.tools().forEach(tool -> tools.put(tool, place.resolve(tool.file())));
        return tools;
    }

    /** A directory is published whole or not at all; this notices what was deleted, or upgraded away, since. */
    private static Predicate<Path> whole(Component component) {
        return place -> component.tools().stream().allMatch(tool -> tool.isIn(place));
    }
}
