package dev.ephemera.model;

import java.time.Instant;
import java.util.List;

/**
 * What a forge answered when it was asked for its open pull requests.
 *
 * @param complete whether every page came; otherwise what is missing may be open all the same
 * @param asOf when the forge was asked
 */
public record PullRequests(boolean complete, Instant asOf, List<PullRequest> open) {
    public PullRequests {
        open = List.copyOf(open);
    }
}
