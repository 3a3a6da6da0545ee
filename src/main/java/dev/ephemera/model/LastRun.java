package dev.ephemera.model;

import java.util.Map;
import java.util.Optional;

/**
 * What a stack's last successful update deployed.
 *
 * @param images of all containers
 * @param branch the branch it showed, where it was known
 * @param commit the commit its images were said to be of, where it was known
 */
public record LastRun(Map<ContainerName, ImageReference> images, Optional<String> branch, Optional<String> commit) {
    /** Of a stack that has not been up yet. */
    public static final LastRun NONE = new LastRun(Map.of(), Optional.empty(), Optional.empty());
}
