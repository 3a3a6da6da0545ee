package dev.ephemera.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How long environments live whose pull requests stay open, and how many at once.
 *
 * @param idle since the last push, deployment or extension; empty for as long as the pull request is open
 * @param maximum since it was made, however busy it is; only a pin outlives it. Empty for none
 * @param most environments of the project at once, asleep ones too: further ones are refused. Empty for any number
 */
public record LifetimeSpec(
        Optional<Duration> idle,
        Optional<Duration> maximum,
        @Range(least = 1, most = 10_000) Optional<Integer> most) {
    /** Until the pull request is closed. */
    public static final LifetimeSpec UNLIMITED = new LifetimeSpec(Optional.empty(), Optional.empty(), Optional.empty());
}
