package dev.ephemera.toolchain;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes components from their recipes. */
final class Builds {
    /** No debug information: a third less to compile and link, and nobody debugs these. */
    private static final List<String> FLAGS = List.of("-gcflags=all=-dwarf=false");

    private static final String LINKER_FLAGS = "-s -w";
    private static final Set<Component> LINUX_ONLY =
            EnumSet.of(Component.NODE_PROGRAMS, Component.KUBERNETES_NODE, Component.KUBE_ROUTER);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
    private static final long MEMORY_PER_COMPILER = 3_000_000_000L;

    private final Pins pins;
    private final Platform platform;
    private final Go go;
    private final Python python;
    private final DebianPackages packages;
    private final MavenArtifacts artifacts;
    private final NodePackages nodePackages;

    Builds(Map<String, String> environment, Platform platform, Pins pins, Cache cache, Consumer<String> progress) {
        this.pins = pins;
        this.platform = platform;
        this.go = new Go(environment, platform, pins, cache, progress);
        this.python = new Python(environment, progress);
        this.packages = new DebianPackages(environment, progress);
        this.artifacts = new MavenArtifacts(environment, platform, progress);
        this.nodePackages = new NodePackages(environment, progress);
    }

    /** Changes with everything that the result depends on, except the compiler. */
    String key(Component component) {
        return pins.key(component, FLAGS + LINKER_FLAGS + platform);
    }

    /** Why a component cannot be made on this machine; empty where nothing speaks against trying. Quick. */
    Optional<String> obstacle(Component component) {
        if (LINUX_ONLY.contains(component) && !platform.system().equals("linux")) {
            return Optional.of("it runs on Linux only");
        }
        Recipe recipe = component.recipe();
        if (recipe instanceof Recipe.DebianPackages) {
            return packages.obstacle(pins.packageOf(recipe));
        }
        if (recipe instanceof Recipe.NodeProgram) {
            return nodePackages.obstacle();
        }
        return recipe instanceof Recipe.MavenArtifact ? artifacts.obstacle() : Optional.empty();
    }

    void make(Component component, Workspace workspace) throws IOException {
        Recipe recipe = component.recipe();
        if (recipe instanceof Recipe.GoPrograms programs) {
            compile(
                    component,
                    programs.packages(),
                    linkerFlags(component, programs),
                    sources(recipe, workspace),
                    workspace);
        } else if (recipe instanceof Recipe.KubernetesProvider) {
            compileProvider(component, workspace);
        } else if (recipe instanceof Recipe.GoFiles files) {
            copyFiles(component, files, workspace);
        } else if (recipe instanceof Recipe.DebianPackages) {
            packages.make(pins.packageOf(recipe), pins.version(component), component.title(), workspace);
        } else if (recipe instanceof Recipe.NodeProgram) {
            nodePackages.install(pins.folder(recipe), component.title(), workspace);
        } else if (recipe instanceof Recipe.MavenArtifact) {
            Path target = workspace.result().resolve(component.tools().get(0).file());
            artifacts.unpack(pins.folder(recipe), target, component.title(), workspace);
        } else {
            python.environmentWith(pins.folder(recipe).resolve("requirements.txt"), component.title(), workspace);
        }
    }

    private void compileProvider(Component component, Workspace workspace) throws IOException {
        Recipe recipe = component.recipe();
        Path sources = sources(recipe, workspace);
        Path module = go.module(recipe.folder(), recipe.pinned(), sources, component, workspace)
                .resolve("cmd/pulumi-resource-kubernetes");
        String version = pins.version(component).toString();
        Json.minify(module.resolve("schema.json"), sources.resolve("schema-embed.json"), Map.of("version", version));
        Json.minify(
                module.resolve("terraform-mapping.json"), sources.resolve("terraform-mapping-embed.json"), Map.of());
        compile(component, List.of("."), " -X main.version=" + version, sources, workspace);
    }

    private void compile(
            Component component, List<String> packages, String variables, Path sources, Workspace workspace)
            throws IOException {
        List<Tool> tools = component.tools();
        // A lone program may have another name than its package's last word (etcd's is "server"); several go by theirs.
        String output =
                workspace.result() + "/" + (tools.size() == 1 ? tools.get(0).file() : "");
        var arguments = new ArrayList<>(List.of("build", "-p", String.valueOf(compilers())));
        arguments.addAll(FLAGS);
        arguments.addAll(List.of("-ldflags", LINKER_FLAGS + variables, "-o", output));
        arguments.addAll(packages);
        go.run(component.recipe().folder(), arguments, sources, component, workspace);
    }

    private void copyFiles(Component component, Recipe.GoFiles files, Workspace workspace) throws IOException {
        Path module = go.module(files.folder(), files.pinned(), sources(files, workspace), component, workspace);
        Path target = Files.createDirectories(
                workspace.result().resolve(component.tools().get(0).file()));
        try (Stream<Path> all = Files.list(module.resolve(files.directory()))) {
            for (Path file : all.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                Files.write(target.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    /** A copy of the pins to build in: nothing is ever written into the work tree. */
    private Path sources(Recipe recipe, Workspace workspace) throws IOException {
        Path copy = Files.createDirectories(workspace.scratch().resolve("source"));
        for (String file : List.of("go.mod", "go.sum", "main.go")) {
            Path original = pins.folder(recipe).resolve(file);
            if (Files.exists(original)) {
                Files.copy(original, copy.resolve(file));
            }
        }
        return copy;
    }

    private String linkerFlags(Component component, Recipe.GoPrograms programs) {
        Version version = pins.version(component);
        var flags = new StringBuilder();
        for (String flag : programs.linkerFlags()) {
            flags.append(" -X ")
                    .append(PLACEHOLDER
                            .matcher(flag)
                            .replaceAll(match -> Matcher.quoteReplacement(
                                    switch (match.group(1)) {
                                        case "version" -> version.toString();
                                        case "major" -> String.valueOf(version.major());
                                        case "minor" -> String.valueOf(version.minor());
                                        default ->
                                            pins.module(programs.folder(), match.group(1))
                                                    .toString();
                                    })));
        }
        return flags.toString();
    }

    /** As many compilers at once as there are processors, fewer where memory is short: the largest package takes 3 GB. */
    private static int compilers() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : MEMORY_PER_COMPILER;
        long fit = Math.max(1, memory / MEMORY_PER_COMPILER);
        return (int) Math.min(fit, Runtime.getRuntime().availableProcessors());
    }
}
