package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The two files. A pipeline takes {@code application.yaml} from a pull request, and {@code preview.yaml} from the default
 * branch: so what is allowed stands in the latter, and is no part of what is laid over the application.
 *
 * @param preview empty where there is no such file
 */
record Layers(Node.Mapping application, Optional<Node.Mapping> preview) {
    /** The block that says what an application may ask for. */
    static final String ALLOWED = "allowed";

    /**
     * Reads both.
     *
     * @throws Failure when the application is missing, or one of them cannot be read at all
     */
    static Layers read(Path stacks, Faults faults) {
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
        return new Layers(root, preview.filter(Node.Mapping.class::isInstance).map(Node.Mapping.class::cast));
    }

    /** One laid over the other, without what is allowed. */
    Node.Mapping merged(Faults faults) {
        var below = without(application);
        return preview.map(over -> MergePatch.merge(below, without(over), faults))
                .orElse(below);
    }

    /** What an application says is allowed, which is not for it to say. */
    Optional<Node> allowedByItself() {
        return Optional.ofNullable(application.fields().get(ALLOWED));
    }

    /** What the overlay allows, in a block of its own; empty where it does not say. */
    Optional<Node.Mapping> allowed() {
        return preview.flatMap(over -> Optional.ofNullable(over.fields().get(ALLOWED))
                .map(block -> new Node.Mapping(over.place(), Map.of(ALLOWED, block))));
    }

    private static Node.Mapping without(Node.Mapping file) {
        var rest = new LinkedHashMap<>(file.fields());
        rest.remove(ALLOWED);
        return new Node.Mapping(file.place(), rest);
    }
}
