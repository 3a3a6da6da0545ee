package dev.ephemera.model;

import dev.ephemera.naming.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The images that this update deploys instead of the file's.
 *
 * @param byName for the workload or job of that name, whole references
 * @param tag for every other image that the file gives without tag or digest; empty leaves those as they are
 */
public record ImageOverrides(Map<Key, ImageReference> byName, Optional<String> tag) {

    /**
     * {@code application} at these images. A job that is not named itself and has the same image in the file as a workload
     * follows that workload, so that migrations always fit the code that runs on them.
     */
    public ApplicationSpec appliedTo(ApplicationSpec application) {
        var follow = new LinkedHashMap<ImageReference, ImageReference>();
        application
                .workloads()
                .forEach((key, workload) -> follow.putIfAbsent(workload.image(), workload(key, workload.image())));
        return new ApplicationSpec(
                mapped(application.workloads(), (key, workload) -> workload.withImage(workload(key, workload.image()))),
                application.databases(),
                mapped(
                        application.jobs(),
                        (key, job) -> job.withImage(
                                byName.containsKey(key)
                                        ? byName.get(key)
                                        : follow.getOrDefault(job.image(), tagged(job.image())))),
                application.dns(),
                application.egress(),
                application.limits(),
                application.region(),
                application.account(),
                application.context());
    }

    private ImageReference workload(Key key, ImageReference inFile) {
        return byName.containsKey(key) ? byName.get(key) : tagged(inFile);
    }

    private ImageReference tagged(ImageReference inFile) {
        return inFile.isPinned() ? inFile : tag.map(inFile::withTag).orElse(inFile);
    }

    private static <V> Map<Key, V> mapped(Map<Key, V> values, BiFunction<Key, V, V> change) {
        var changed = new LinkedHashMap<Key, V>();
        values.forEach((key, value) -> changed.put(key, change.apply(key, value)));
        return changed;
    }
}
