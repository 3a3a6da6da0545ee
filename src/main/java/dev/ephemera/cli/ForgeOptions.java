package dev.ephemera.cli;

import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.operations.PullRequestGuard;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where pull requests are. */
final class ForgeOptions {
    @Option(
            names = "--forge",
            paramLabel = "FORGE",
            description = "who says which pull requests are open: github, gitlab or file:PATH")
    private @Nullable String address;

    /**
     * What keeps a verb to what the forge says of the stack's pull request; empty for a branch's, and when nobody is to be
     * asked.
     *
     * @param commit the one that was built; empty when nobody says
     */
    Optional<PullRequestGuard> guard(EnvironmentNames names, Optional<String> commit) {
        return forge().flatMap(forge -> names.stack().pullRequest().stream()
                .mapToObj(number -> new PullRequestGuard(forge, names, number, commit, StackWork::tell))
                .findFirst());
    }

    /** The forge; empty when nobody is to be asked. */
    Optional<Forge> forge() {
        return Optional.ofNullable(address).map(given -> Forge.at(given, System.getenv()));
    }

    /** Whether the CI run at an address has ended for certain. Whoever cannot tell says no: then its lease is waited for. */
    boolean hasEnded(String run) {
        try {
            return forge().filter(forge -> forge.hasEnded(run)).isPresent();
        } catch (Failure failure) {
            StackWork.tell("warning: nobody can tell whether %s has ended: %s".formatted(run, failure.getMessage()));
            return false;
        }
    }
}
