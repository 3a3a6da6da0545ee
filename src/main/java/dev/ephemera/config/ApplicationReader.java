package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import java.nio.file.Path;

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
        var faults = new Faults();
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
        var merged =
                preview.orElse(null) instanceof Node.Mapping overlay ? MergePatch.merge(root, overlay, faults) : root;
        var reader = new BlockReader(merged, faults);
        var spec = reader.read(ApplicationSpec.class);
        new Rules(reader).check();
        faults.throwIfAny();
        return spec.orElseThrow();
    }
}
