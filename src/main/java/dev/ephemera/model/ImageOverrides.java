package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The images that this update deploys instead of the file's. For each workload and job, and likewise for each init container, which
 * has no name to be given an image by, the first that there is:
 *
 * <ol>
 *   <li>the image given for its name;
 *   <li>where the file leaves the build open: the tag given for this update;
 *   <li>where the file pins a tag or digest: the file's. A pin is a reviewed line and never floats, so the file says the
 *       same at each update until somebody changes it, and then that change is what they want to see. An image given by
 *       name over a pin holds for that update only;
 *   <li>what ran last, so that an update without a tag (a reseed, a run by hand) deploys nothing else by accident;
 *   <li>the file's, as it is.
 * </ol>
 *
 * @param byName for the workload or job of that name, whole references
 * @param tag for every other image that the file gives without tag or digest; empty when this update gives none
 * @param ranLast what the last update deployed
 */
public record ImageOverrides(
        Map<Key, ImageReference> byName, Optional<String> tag, Map<ContainerName, ImageReference> ranLast) {

    /** Whether this update itself says what to deploy, be it for one workload only. */
    public boolean isGiven() {
        return !byName.isEmpty() || tag.isPresent();
    }

    /**
     * {@code application} at these images. A job that is not named itself and has the same image in the file as a workload
     * follows that workload, so that migrations always fit the code that runs on them. So does an init container, but first
     * it follows the container that it stands before.
     */
    public ApplicationSpec appliedTo(ApplicationSpec application) {
        var leaders = new LinkedHashMap<ImageReference, Key>();
        application.workloads().forEach((key, workload) -> leaders.putIfAbsent(workload.image(), key));
        return application.running(
                mapped(
                        application.workloads(),
                        (key, workload) ->
                                workload.withPod(pod(key, workload.pod(), workload(key, workload.image()), leaders))),
                mapped(application.jobs(), (key, job) -> {
                    var image = job(key, job.image(), Optional.ofNullable(leaders.get(job.image())));
                    return job.withPod(pod(key, job.pod(), image, leaders));
                }));
    }

    private PodSpec pod(Key owner, PodSpec inFile, ImageReference image, Map<ImageReference, Key> leaders) {
        return inFile.withImage(image)
                .withInitImages((name, other) -> other.equals(inFile.container().image())
                        ? image
                        : Optional.ofNullable(leaders.get(other))
                                .map(leader -> workload(leader, other))
                                .orElseGet(() -> initContainer(ContainerName.of(owner, name), other)));
    }

    private ImageReference initContainer(ContainerName name, ImageReference inFile) {
        return tagged(inFile).or(() -> ran(name, inFile)).orElse(inFile);
    }

    private ImageReference workload(Key key, ImageReference inFile) {
        return given(key, inFile).or(() -> ran(ContainerName.of(key), inFile)).orElse(inFile);
    }

    private ImageReference job(Key key, ImageReference inFile, Optional<Key> leader) {
        return Optional.ofNullable(byName.get(key))
                .or(() -> given(leader.orElse(key), inFile))
                .or(() -> ran(ContainerName.of(key), inFile))
                .orElseGet(() -> workload(leader.orElse(key), inFile));
    }

    private Optional<ImageReference> given(Key key, ImageReference inFile) {
        return Optional.ofNullable(byName.get(key)).or(() -> tagged(inFile));
    }

    private Optional<ImageReference> tagged(ImageReference inFile) {
        return tag.filter(text -> !inFile.isPinned()).map(inFile::withTag);
    }

    private Optional<ImageReference> ran(ContainerName name, ImageReference inFile) {
        return inFile.isPinned() ? Optional.empty() : Optional.ofNullable(ranLast.get(name));
    }

    private static <V> Map<Key, V> mapped(Map<Key, V> values, BiFunction<Key, V, V> change) {
        var changed = new LinkedHashMap<Key, V>();
        values.forEach((key, value) -> changed.put(key, change.apply(key, value)));
        return changed;
    }
}
