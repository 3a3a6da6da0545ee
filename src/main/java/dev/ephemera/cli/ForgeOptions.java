package dev.ephemera.cli;

import dev.ephemera.forge.Forge;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where pull requests are. */
final class ForgeOptions {
    @Option(
            names = "--forge",
            paramLabel = "FORGE",
            description = "who says which pull requests are open: github or file:PATH")
    private @Nullable String address;

    /** The forge; empty when nobody is to be asked. */
    Optional<Forge> forge() {
        return Optional.ofNullable(address).map(given -> Forge.at(given, System.getenv()));
    }
}
