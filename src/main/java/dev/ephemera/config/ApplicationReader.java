package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.PreviewSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * Reads {@code application.yaml} with {@code preview.yaml} laid over it. The overlay may be absent; the application may
 * not.
 */
public final class ApplicationReader {
    private ApplicationReader() {}

    /**
     * Reads both files from {@code stacks}.
     *
     * @throws Failure with every fault of both files, each with its file and line
     */
    public static ApplicationSpec read(Path stacks) {
        return read(stacks, ApplicationSpec.class);
    }

    /**
     * Reads from both files in {@code stacks} only what concerns all environments. The rest, an extension's blocks too, is not
     * looked at.
     *
     * @throws Failure with every fault of that part of both files, each with its file and line
     */
    public static PreviewSettings settings(Path stacks) {
        var faults = new Faults();
        var merged = merged(stacks, faults);
        var part = Shapes.of(PreviewSettings.class).keys().map(Shape.Key::name).toList();
        var fields = new LinkedHashMap<>(merged.fields());
        fields.keySet().retainAll(part);
        var settings = new BlockReader(new Node.Mapping(merged.place(), fields), faults).read(PreviewSettings.class);
        faults.throwIfAny();
        return settings.orElseThrow();
    }

    /**
     * Reads both files from {@code stacks} as an application that has more than {@link ApplicationSpec}.
     *
     * <p>A component of {@code type} is a key of the file: text, {@code int} with {@link dev.ephemera.model.Range}, {@code
     * boolean}, {@link java.time.Duration}, an enumeration, a value of {@code dev.ephemera.model}, another record, or a list,
     * map or {@link java.util.Optional} of these. What a record's constructor refuses with an {@link
     * IllegalArgumentException} is told as a fault of its block. The names in each map by {@link dev.ephemera.naming.Key} at
     * the top are kept apart from those of workloads, jobs, databases and secrets, because they become names of one namespace.
     *
     * @param type has an {@link ApplicationSpec} that is {@link dev.ephemera.model.Unwrapped}, or is that class
     * @throws Failure with every fault of both files, each with its file and line
     */
    public static <A extends Record> A read(Path stacks, Class<A> type) {
        var faults = new Faults();
        var merged = merged(stacks, faults);
        var reader = new BlockReader(merged, faults);
        var spec = reader.read(type);
        new Rules(reader, Shapes.of(type)).check();
        faults.throwIfAny();
        return spec.orElseThrow();
    }

    private static Node.Mapping merged(Path stacks, Faults faults) {
        var file = stacks.resolve("application.yaml");
        var application = YamlReader.read(file, faults);
        var preview = YamlReader.read(stacks.resolve("preview.yaml"), faults);
        if (application.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "%s is missing: it describes the application's workloads, databases and DNS; README.md shows one"
                            .formatted(file));
        }
        if (!(application.get() instanceof Node.Mapping root) || preview.orElse(root) instanceof Node.Refused) {
            faults.throwIfAny();
            throw new IllegalStateException("a file that is refused has a fault");
        }
        return preview.orElse(null) instanceof Node.Mapping overlay ? MergePatch.merge(root, overlay, faults) : root;
    }
}
