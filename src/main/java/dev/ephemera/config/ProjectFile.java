package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.ProjectName;
import java.nio.file.Path;

/** {@code Pulumi.yaml}, which is Pulumi's own; only the project's name is read here. */
public final class ProjectFile {
    private ProjectFile() {}

    /**
     * The project's name.
     *
     * @param directory where {@code Pulumi.yaml} is
     * @throws Failure when there is none, or it has no name that Pulumi would take
     */
    public static ProjectName name(Path directory) {
        var file = directory.resolve("Pulumi.yaml");
        var faults = new Faults();
        var document = YamlReader.read(file, faults);
        faults.throwIfAny();
        if (document.orElse(null) instanceof Node.Mapping mapping
                && mapping.fields().get("name") instanceof Node.Text name) {
            try {
                return new ProjectName(name.value());
            } catch (IllegalArgumentException e) {
                throw new Failure(Exit.USAGE, "%s: %s".formatted(name.place(), e.getMessage()), e);
            }
        }
        throw new Failure(Exit.USAGE, "%s has no name: want the file that Pulumi needs".formatted(file));
    }
}
