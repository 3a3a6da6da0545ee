package dev.ephemera.toolchain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Downloads official releases, and takes nothing whose checksum is not the published one. */
final class Releases {
    private static final Duration UNPACKING = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final Platform platform;
    private final Release.Hosts hosts;
    private final Downloader downloader;
    private final Consumer<String> progress;

    Releases(Map<String, String> environment, Platform platform, Release.Hosts hosts, Consumer<String> progress) {
        this.environment = environment;
        this.platform = platform;
        this.hosts = hosts;
        this.downloader = new Downloader(environment);
        this.progress = progress;
    }

    boolean exist(Component component, Version version) {
        return !Release.of(component, version, platform, hosts).isEmpty();
    }

    /** Puts a component's tools into the workspace. */
    void fetch(Component component, Version version, Workspace workspace) throws Unavailable, IOException {
        for (Release release : Release.of(component, version, platform, hosts)) {
            Optional<String> hash = release.sha256In(downloader.text(release.checksums()));
            if (hash.isEmpty()) {
                throw new Unavailable(release.checksums() + " has no SHA-256 for " + release.file(), false);
            }
            progress.accept("Downloading " + release.file() + " ...");
            Path file = workspace.scratch().resolve("download");
            downloader.file(release.file(), file, hash.get());
            if (release.members().isEmpty()) {
                install(file, release.tools().get(0), workspace);
            } else {
                unpack(release, file, workspace);
            }
        }
    }

    private void unpack(Release release, Path archive, Workspace workspace) throws Unavailable, IOException {
        Path unpacked = Files.createDirectories(workspace.scratch().resolve("unpacked"));
        Optional<Path> tar = Executables.find("tar", environment);
        if (tar.isEmpty()) {
            throw new Unavailable(release.file() + " cannot be unpacked without 'tar', which is not on PATH", false);
        }
        var line = List.of(tar.get().toString(), "-xzf", archive.toString(), "-C", unpacked.toString());
        int exit = new Command(line, unpacked, environment).run(workspace.log(), UNPACKING, UNPACKING, passed -> {});
        for (Map.Entry<String, Tool> member : release.members().entrySet()) {
            Path file = unpacked.resolve(member.getKey());
            if (exit != 0 || !Files.isRegularFile(file)) {
                throw new Unavailable(
                        release.file() + " could not be unpacked, or lacks " + member.getKey() + " (tar's exit code: "
                                + exit + ")",
                        false);
            }
            install(file, member.getValue(), workspace);
        }
    }

    private static void install(Path file, Tool tool, Workspace workspace) throws IOException {
        Path target = workspace.result().resolve(tool.file());
        Files.move(file, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
