package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Small shell scripts that stand where a program is looked for, for what the real program cannot be made to do. */
final class Scripts {
    /** Where the shell and what it calls are; none of our tools. */
    static final String SYSTEM_PATH = "/usr/bin:/bin";

    private Scripts() {}

    static Path write(Path directory, String name, String body) throws IOException {
        Files.createDirectories(directory);
        Path script = directory.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    static Path printing(Path directory, String name, String output) throws IOException {
        return write(directory, name, "echo '" + output + "'");
    }

    /** A Go that says a version and, asked to build, makes each program that it was asked for. */
    static void go(Path directory, String version) throws IOException {
        write(directory, "go", """
                if [ "$1" = env ]; then echo "%s"; exit 0; fi
                env > "${0%%/*}/go.environment"
                out=
                while [ $# -gt 0 ]; do
                    case $1 in
                        -o) out=$2; shift ;;
                    esac
                    last=$1
                    case $1 in
                        */cmd/*) programs="$programs ${1##*/}" ;;
                    esac
                    shift
                done
                case $out in
                    */) for p in $programs; do echo built > "$out$p"; chmod +x "$out$p"; done ;;
                    *) echo built > "$out"; chmod +x "$out" ;;
                esac
                """.formatted(version));
    }
}
