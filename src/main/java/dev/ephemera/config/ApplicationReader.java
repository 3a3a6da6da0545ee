package dev.ephemera.config;

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
        var merged = Layers.read(stacks, faults).merged(faults);
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
     * What {@code preview.yaml} does not allow an application is a fault too: see {@link dev.ephemera.model.AllowedSpec}.
     *
     * @param type has an {@link ApplicationSpec} that is {@link dev.ephemera.model.Unwrapped}, or is that class
     * @throws Failure with every fault of both files, each with its file and line
     */
    public static <A extends Record> A read(Path stacks, Class<A> type) {
        var faults = new Faults();
        var layers = Layers.read(stacks, faults);
        var merged = layers.merged(faults);
        var reader = new BlockReader(merged, faults);
        var spec = reader.read(type);
        new Rules(reader, Shapes.of(type)).check();
        new Limits(layers, merged, reader).check(faults);
        faults.throwIfAny();
        return spec.orElseThrow();
    }
}
