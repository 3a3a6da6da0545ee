package dev.ephemera.cli;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.Key;
import dev.ephemera.operations.Up;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ci/ephemera reseed}. */
@Command(
        name = "reseed",
        description = {
            "Restore an environment's databases anew from the newest masked snapshot, with another password and the jobs on it.",
            "It deploys what ran last. Where no snapshot will do, it fails before the old database goes."
        },
        mixinStandardHelpOptions = true)
final class ReseedCommand implements Runnable {
    @Mixin
    private StackWork work = new StackWork();

    @Option(names = "--database", paramLabel = "KEY", description = "only this one, as stacks/ name it; default: all")
    private @Nullable String database;

    @Override
    public void run() {
        var key = key();
        work.inTurn("reseed", () -> new Up(work.work()).reseed(key));
    }

    private Optional<Key> key() {
        try {
            return Optional.ofNullable(database).map(Key::new);
        } catch (IllegalArgumentException e) {
            throw new Failure(Exit.USAGE, "--database: " + e.getMessage(), e);
        }
    }
}
