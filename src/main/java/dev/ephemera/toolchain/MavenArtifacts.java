package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Programs that are published as an archive in a jar, one artifact per platform: fetched by Maven, which ci/launch needs. */
final class MavenArtifacts {
    private final Platform platform;
    private final Steps steps;

    MavenArtifacts(Map<String, String> environment, Platform platform, Consumer<String> progress) {
        this.platform = platform;
        this.steps = new Steps(environment, progress);
    }

    /** Why nothing can be fetched or unpacked here; empty where it can. Quick. */
    Optional<String> obstacle() {
        if (!platform.system().equals("linux") && !platform.system().equals("darwin")) {
            return Optional.of("there is none for " + platform.system());
        }
        return steps.missing("mvn", "tar", "xz")
                .map(program ->
                        "there is no '" + program + "' on PATH to fetch and unpack it with (Debian: apt-get install"
                                + " maven tar xz-utils; macOS: brew install maven xz)");
    }

    /** Unpacks the artifact that a folder's pom.xml names, and whose hash its checksums.txt has, into {@code target}. */
    void unpack(Path folder, Path target, String title, Workspace workspace) throws IOException {
        Path scratch = workspace.scratch();
        String processor = platform.processor().equals("arm64") ? "arm64v8" : platform.processor();
        steps.say("Fetching " + title + " with Maven ...");
        steps.run(
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        Files.copy(folder.resolve("pom.xml"), scratch.resolve("pom.xml"))
                                .toString(),
                        "dependency:copy-dependencies",
                        "-Dplatform=" + platform.system() + "-" + processor,
                        "-DoutputDirectory=" + scratch.resolve("jars")),
                title,
                workspace);
        Path archive = archiveIn(verified(folder, scratch.resolve("jars"), title), scratch);
        Files.createDirectories(target);
        steps.run(List.of("tar", "-xJf", archive.toString(), "-C", target.toString()), title, workspace);
    }

    private static Path verified(Path folder, Path jars, String title) throws IOException {
        try (Stream<Path> files = Files.list(jars)) {
            Path jar = files.findFirst().orElseThrow(() -> new IOException("Maven copied nothing to " + jars));
            String line = Downloader.sha256(jar) + "  " + jar.getFileName();
            if (Files.readAllLines(folder.resolve("checksums.txt")).contains(line)) {
                return jar;
            }
            throw new Failure(
                    Exit.FAILED,
                    title + " is not used: what Maven fetched is '" + line + "', and " + folder.resolve("checksums.txt")
                            + " has no such line: delete it from Maven's repository, see which mirror it comes from, and run"
                            + " again");
        }
    }

    private static Path archiveIn(Path jar, Path scratch) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.stream()
                    .filter(e -> e.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(jar + " has no .txz in it"));
            Path archive = scratch.resolve("archive.txz");
            Files.copy(zip.getInputStream(entry), archive);
            return archive;
        }
    }
}
