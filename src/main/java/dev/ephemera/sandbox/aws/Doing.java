package dev.ephemera.sandbox.aws;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.function.Supplier;

/** Puts what was being done in front of a failure, as the official provider does. */
final class Doing {
    private Doing() {}

    static <T> T about(String doing, Supplier<T> step) {
        try {
            return step.get();
        } catch (AwsFailure | WaitFailure failure) {
            throw new Failure(Exit.FAILED, doing + ": " + failure.getMessage(), failure);
        }
    }
}
