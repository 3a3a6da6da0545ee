package dev.ephemera.sandbox.aws;

import java.time.Duration;

/**
 * What one call of the engine works with.
 *
 * @param timeout as the program set it; zero for the resource type's default
 */
record Operation(Account account, Pace pace, Cancellation cancellation, Duration timeout) {

    AwsClients aws() {
        return account.aws();
    }

    /** From now on; the default where the program set none. */
    Deadline deadline(Duration byDefault) {
        return new Deadline(timeout.isZero() ? byDefault : timeout);
    }
}
