package dev.ephemera.toolchain;

import java.util.List;

/** How a component is made where no release of it can be had. Folders are those of {@code ci/toolchain}. */
sealed interface Recipe {
    /** The folder with the pins: go.mod and go.sum, requirements.txt, packages.txt, package.json, or pom.xml and checksums.txt. */
    String folder();

    /** The module, package or artifact whose version in the pins is the component's version. */
    String pinned();

    /**
     * Programs compiled in one run of {@code go build}. In a linker flag, {@code {version}}, {@code {major}} and
     * {@code {minor}} are the component's, {@code {some/module}} is that module's version in go.mod, all without "v".
     *
     * @param isStatic whether they need nothing beside them, no C library either
     */
    record GoPrograms(String folder, String pinned, List<String> packages, List<String> linkerFlags, boolean isStatic)
            implements Recipe {
        GoPrograms(String folder, String pinned, List<String> packages, List<String> linkerFlags) {
            this(folder, pinned, packages, linkerFlags, false);
        }
    }

    /**
     * Pulumi's Kubernetes provider: a main package of our own in the folder, because the published module's own one
     * embeds two files that the module lacks; they are made from {@code schema.json} and {@code terraform-mapping.json},
     * which it has.
     */
    record KubernetesProvider(String folder, String pinned) implements Recipe {}

    /** A directory of files inside a module. */
    record GoFiles(String folder, String pinned, String directory) implements Recipe {}

    /** A virtual environment with the packages of requirements.txt. */
    record PythonPackages(String folder, String pinned) implements Recipe {}

    /** The packages of package-lock.json, for Node.js from PATH; {@code pinned} is the one in package.json. */
    record NodeProgram(String folder, String pinned) implements Recipe {}

    /**
     * The programs that packages.txt lists: those that are installed where they are, the others out of Debian packages that
     * are downloaded and not installed. The distribution chooses the versions; {@code pinned} is the program whose version
     * in packages.txt is the oldest that does.
     */
    record DebianPackages(String folder, String pinned) implements Recipe {}

    /** What is in the archive inside a jar that Maven fetches; one artifact per platform, their hashes in checksums.txt. */
    record MavenArtifact(String folder, String pinned) implements Recipe {}
}
