package dev.ephemera.model;

import java.util.Set;

/**
 * A pull request as its forge has it now (GitLab calls it a merge request).
 *
 * @param number from 1
 * @param open whether it can still be merged; a merged one is closed
 * @param head the commit that it shows, 40 hexadecimal digits
 * @param branch that it comes from, as git names it; anything that git allows, so never to be put into a command line
 * @param author the account's name
 * @param fork whether the branch is in another repository, where somebody may push who may not push here
 */
public record PullRequest(
        long number, boolean open, String head, String branch, String author, Set<String> labels, boolean fork) {
    public PullRequest {
        labels = Set.copyOf(labels);
    }
}
