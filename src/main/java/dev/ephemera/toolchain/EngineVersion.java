package dev.ephemera.toolchain;

import java.nio.file.Path;

/** Which Pulumi this project was built and tested with. */
public final class EngineVersion {
    private EngineVersion() {}

    /**
     * The pinned version, such as {@code 3.200.0}.
     *
     * @param projectRoot where {@code ci/toolchain} is
     */
    public static String pinned(Path projectRoot) {
        return new Pins(projectRoot).version(Component.PULUMI).toString();
    }
}
