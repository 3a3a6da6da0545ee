package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/**
 * Pulumi's plugin cache, {@code $PULUMI_HOME/plugins} ({@code ~/.pulumi/plugins}). The engine takes a provider from
 * {@code resource-NAME-vVERSION/pulumi-resource-NAME} in it, asks for exactly the version that the program names, and would
 * otherwise look for it on the network.
 */
final class PulumiPlugins {
    private final Path plugins;

    PulumiPlugins(Map<String, String> environment) {
        String home = environment.getOrDefault("PULUMI_HOME", "");
        Path pulumi = home.isEmpty() ? Cache.home(environment).resolve(".pulumi") : Path.of(home);
        this.plugins = pulumi.toAbsolutePath().normalize().resolve("plugins");
    }

    /** The Kubernetes provider of exactly that version. */
    Optional<Path> kubernetes(Version version) {
        String name = directory(version);
        Path provider = plugins.resolve(name).resolve(Tool.KUBERNETES_PROVIDER.file());
        // A marker of Pulumi's own: its installation of this plugin was cut short.
        boolean halfInstalled = Files.exists(plugins.resolve(name + ".partial"));
        return !halfInstalled && Executables.isProgram(provider) ? Optional.of(provider) : Optional.empty();
    }

    /**
     * Puts a provider there, if that version is absent. A hard link where that is possible, so that it neither takes room
     * twice nor breaks when our cache is deleted.
     *
     * @return the directory, if something was put there
     */
    Optional<Path> install(Path provider, Version version) {
        if (kubernetes(version).isPresent()) {
            return Optional.empty();
        }
        String name = directory(version);
        Path target = plugins.resolve(name);
        try {
            Files.createDirectories(plugins);
            Path draft = Files.createTempDirectory(plugins, ".ephemera-");
            linkOrCopy(provider, draft.resolve(Tool.KUBERNETES_PROVIDER.file()));
            if (Files.exists(target)) {
                Files.move(target, draft.resolveSibling(draft.getFileName() + "-replaced"));
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(plugins.resolve(name + ".partial"));
            return Optional.of(target);
        } catch (IOException e) {
            // Two at once: the other one's is as good.
            if (kubernetes(version).isPresent()) {
                return Optional.empty();
            }
            throw Trouble.of(e, "Pulumi's Kubernetes plugin", plugins);
        }
    }

    private static void linkOrCopy(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static String directory(Version version) {
        return "resource-kubernetes-v" + version;
    }
}
