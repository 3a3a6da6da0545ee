package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in one sentence what stopped a tool from being set up, and what to do about it. */
final class Trouble {
    private static final List<String> NO_ROOM = List.of("no space left on device", "disk quota exceeded");
    private static final List<String> NO_NETWORK = List.of(
            "no such host",
            "connection refused",
            "network is unreachable",
            "no route to host",
            "i/o timeout",
            "tls handshake timeout",
            "proxyconnect",
            "cannot connect to proxy",
            "name resolution",
            "name or service not known",
            "failed to establish a new connection",
            "failed to resolve");

    private Trouble() {}

    /** Before anything is downloaded or compiled, for what the component takes in the cache and a tenth more. */
    static void unlessRoomFor(int megabytes, String title, Path directory) throws IOException {
        Files.createDirectories(directory);
        long free = Files.getFileStore(directory).getUsableSpace() / 1_000_000;
        if (free < megabytes * 11L / 10) {
            throw new Failure(
                    Exit.FAILED,
                    directory + " has " + free + " MB free and " + title + " takes " + megabytes
                            + ": make room, or set EPHEMERA_CACHE to a directory that has it, and run again");
        }
    }

    /** What a failed file operation means. */
    static Failure of(IOException e, String title, Path directory) {
        String said = String.valueOf(e.getMessage());
        if (mentions(said, NO_ROOM)) {
            return noRoom(title, directory);
        }
        if (e instanceof AccessDeniedException
                || (e instanceof FileSystemException && mentions(said, List.of("read-only file system")))) {
            return new Failure(
                    Exit.FAILED,
                    "cannot write to the cache directory " + directory + " (" + said + "), so " + title
                            + " cannot be set up: set EPHEMERA_CACHE to a directory that can be written, and run again",
                    e);
        }
        return new Failure(
                Exit.FAILED,
                title + " cannot be set up in " + directory + ": "
                        + e.getClass().getSimpleName() + ", " + said,
                e);
    }

    /** What a command's output means that ended with {@code exit}. */
    static Failure of(String title, String program, int exit, Path log, Path directory) {
        String output = read(log);
        if (mentions(output, NO_ROOM)) {
            return noRoom(title, directory);
        }
        if (mentions(output, List.of("ensurepip is not"))) {
            return new Failure(
                    Exit.FAILED,
                    title + " needs Python's venv and pip, which this Python lacks: install them (Debian: apt-get"
                            + " install python3-venv), and run again");
        }
        if (mentions(output, List.of("signal: killed", "out of memory"))) {
            return new Failure(
                    Exit.FAILED,
                    title + " could not be built: the compiler was killed, most likely because memory ran out; it needs"
                            + " 4 GB free, so close something and run again (output: " + log + ")");
        }
        if (mentions(output, NO_NETWORK)) {
            return new Failure(
                    Exit.FAILED,
                    title + " could not be fetched, because the network did not answer " + program + " ("
                            + lastLine(output).orElse("no details") + "): connect, or set HTTPS_PROXY, GOPROXY or"
                            + " PIP_INDEX_URL to what reaches the package registries from here, and run again");
        }
        return new Failure(
                Exit.FAILED,
                title + " could not be set up: " + program + " ended with exit code " + exit + " ("
                        + lastLine(output).orElse("no output") + "); all that it said is in " + log);
    }

    static Failure incomplete(String title, Path log) {
        return new Failure(
                Exit.FAILED,
                title
                        + " could not be set up: the build ended well but did not make all of its files; what it said is in "
                        + log);
    }

    private static Failure noRoom(String title, Path directory) {
        return new Failure(
                Exit.FAILED,
                "no space left while setting up " + title + ": make room in " + directory
                        + ", in Go's caches (go env GOCACHE GOMODCACHE; a build from nothing fills 8 GB) and in the"
                        + " directory for temporary files, and run again");
    }

    private static boolean mentions(String text, List<String> signs) {
        String lower = text.toLowerCase(Locale.ROOT);
        return signs.stream().anyMatch(lower::contains);
    }

    private static Optional<String> lastLine(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> second)
                .map(line -> line.length() > 300 ? line.substring(0, 300) + "..." : line);
    }

    private static String read(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
