package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Puts Pulumi's programs where a command in the sandbox, and the engine, look for them. */
final class PulumiHome {
    private final SandboxDirectory directory;

    PulumiHome(SandboxDirectory directory) {
        this.directory = directory;
    }

    void install(Programs programs) throws IOException {
        Links.set(directory.programs().resolve("pulumi"), programs.pulumi());
        Links.set(directory.programs().resolve("pulumi-language-java"), programs.languageHost());
        // Found by its version there; on PATH it would be taken whatever its version, with a warning on each run.
        var plugin =
                Path.of("plugins", "resource-kubernetes-v" + kubernetesProviderVersion(), "pulumi-resource-kubernetes");
        Links.set(directory.pulumiHome().resolve(plugin), programs.kubernetesProvider());
    }

    /** The version that our jar asks the engine for, whatever the SDK was made with. */
    private static String kubernetesProviderVersion() throws IOException {
        try (var stream = PulumiHome.class.getResourceAsStream("/com/pulumi/kubernetes/version.txt")) {
            if (stream == null) {
                throw new NoSuchFileException("com/pulumi/kubernetes/version.txt in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }
}
