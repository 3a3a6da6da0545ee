package dev.ephemera.operations;

import dev.ephemera.engine.Pulumi;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.List;
import java.util.Optional;

/** Failures of Pulumi that mean something else than "failed", told apart by its words: its exit code is 1 for all. */
final class EngineFailures {
    private record Meaning(String words, Exit exit, String message) {}

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(
                    "the stack is currently locked by",
                    Exit.LOCKED,
                    "another Pulumi command works on this stack; run again when it has ended"),
            new Meaning(
                    "incorrect passphrase",
                    Exit.CREDENTIALS,
                    "the passphrase is not the one that the stack's secrets were encrypted with; give PULUMI_CONFIG_PASSPHRASE, and run again"),
            new Meaning(
                    "passphrase must be set",
                    Exit.CREDENTIALS,
                    "PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) is not set; set it, and run again"));

    private EngineFailures() {}

    /** The failure that it is; empty when it is none of these. */
    static Optional<Failure> explain(Pulumi.Result result) {
        return MEANINGS.stream()
                .filter(meaning -> result.said(meaning.words()))
                .findFirst()
                .map(meaning -> new Failure(meaning.exit(), meaning.message()));
    }
}
