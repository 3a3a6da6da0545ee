package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real packages, made by the real dpkg-deb; only apt-get is a script, which copies them to where it was told to. */
@Timeout(60)
class DebianPackagesTest {
    private static final Version OLDEST = new Version(1, 6, 20);
    private static final String CONTAINERD = "echo containerd github.com/containerd/containerd 1.6.20~ds1";

    @TempDir
    private Path directory;

    private final List<String> progress = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void needsDebian() throws IOException {
        environment.put("PATH", bin() + ":" + Scripts.SYSTEM_PATH);
        assumeTrue(Executables.find("dpkg-deb", environment).isPresent(), "needs dpkg-deb");
        Files.createDirectories(directory.resolve("archive"));
        Scripts.write(bin(), "apt-get", """
                echo "$*" >> %s/asked
                for word; do
                    case $word in
                        -oDir::Cache::archives=*) archives=${word#*=} ;;
                        install) installing=yes ;;
                        [a-z]*) [ -z "$installing" ] || cp %s/archive/"$word".deb "$archives" ;;
                    esac
                done""".formatted(directory, directory));
    }

    @Test
    void linksToWhatIsInstalledAndUnpacksOnlyTheRest() throws Exception {
        Path installed = Scripts.write(bin(), "containerd", CONTAINERD);
        pack("a-package", "usr/sbin/ephemera-a", "echo it is $1");
        Path result = make(Map.of("bin/containerd", "containerd", "bin/ephemera-a", "a-package"));
        assertThat(result.resolve("bin/containerd").toRealPath()).isEqualTo(installed.toRealPath());
        assertThat(run(result, "ephemera-a one")).isEqualTo("it is one\n");
        assertThat(Files.readString(directory.resolve("asked")))
                .contains("--download-only")
                .endsWith("a-package\n")
                .doesNotContain(" containerd");
    }

    @Test
    void asksNobodyWhereAllIsInstalled() throws Exception {
        Scripts.write(bin(), "containerd", CONTAINERD);
        make(Map.of("bin/containerd", "containerd"));
        assertThat(directory.resolve("asked")).doesNotExist();
        assertThat(progress).isEmpty();
    }

    @Test
    void givesAProgramTheLibrariesThatTheSystemLacksAlsoWhereTheDirectoryIsMoved() throws Exception {
        Path root = Files.createDirectories(directory.resolve("build/a-package"));
        Path libraries = Files.createDirectories(root.resolve("usr/lib/x86_64-linux-gnu"));
        Path programs = Files.createDirectories(root.resolve("usr/bin"));
        Files.writeString(directory.resolve("l.c"), "int answer(void) { return 42; }");
        Files.writeString(
                directory.resolve("p.c"),
                "#include <stdio.h>\nint answer(void);\nint main(void) { printf(\"%d\\n\", answer()); return 0; }");
        String library = libraries.resolve("libephemera-answer.so").toString();
        assumeTrue(shell("cc -shared -fPIC -o " + library + " l.c"), "needs a C compiler");
        assertThat(shell("cc -o " + programs.resolve("ephemera-a") + " p.c -L" + libraries + " -lephemera-answer"))
                .isTrue();
        pack("a-package");
        containerd();
        Path result = make(Map.of("bin/containerd", "containerd", "bin/ephemera-a", "a-package"));
        Path moved = Files.move(result, directory.resolve("moved"));
        assertThat(run(moved, "ephemera-a")).isEqualTo("42\n");
        assertThat(moved.resolve("bin/containerd")).isSymbolicLink();
    }

    @Test
    void tellsIptablesWhereItsPluginsAre() throws Exception {
        Path root = Files.createDirectories(directory.resolve("build/a-package/usr/sbin"));
        Files.createSymbolicLink(root.resolve("ip6tables-nft-save"), Path.of("xtables-nft-multi"));
        Path plugins = Files.createDirectories(root.resolveSibling("lib/somewhere/xtables"));
        Files.writeString(plugins.resolve("libxt_comment.so"), "");
        pack("a-package", "usr/sbin/xtables-nft-multi", "ls $XTABLES_LIBDIR");
        containerd();
        var script = new UnpackedPrograms(directory.resolve("build/a-package"), environment);
        Path target = Files.createDirectories(directory.resolve("result/bin")).resolve("ip6tables-save");
        script.place(target);
        assertThat(run(directory.resolve("result"), "ip6tables-save")).isEqualTo("libxt_comment.so\n");
    }

    @Test
    void refusesAContainerdThatIsTooOld() throws IOException {
        Scripts.write(bin(), "containerd", "echo containerd 1.4.13");
        assertThatThrownBy(() -> make(Map.of("bin/containerd", "containerd")))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("is 1.4.13, and 1.6.20 or newer is needed");
    }

    @Test
    void saysWhatToInstallWhereThereIsNoApt() throws IOException {
        environment.put(
                "PATH",
                Scripts.write(directory.resolve("other"), "dpkg-deb", "")
                        .getParent()
                        .toString());
        var packages = new DebianPackages(environment, progress::add);
        assertThat(packages.obstacle(Map.of("bin/ephemera-a", "a-package", "cni/ephemera-b", "b-package")))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("'apt-get'", "install a-package, b-package with"));
    }

    private Path make(Map<String, String> packageOf) throws IOException {
        var workspace = Workspace.in(directory.resolve("work"), directory.resolve("log"));
        new DebianPackages(environment, progress::add).make(packageOf, OLDEST, "programs", workspace);
        return workspace.result();
    }

    private void containerd() throws IOException {
        pack("containerd", "usr/bin/containerd", CONTAINERD);
    }

    private void pack(String name, String program, String body) throws IOException {
        Path file = directory.resolve("build").resolve(name).resolve(program);
        Scripts.write(file.getParent(), file.getFileName().toString(), body);
        pack(name);
    }

    private void pack(String name) throws IOException {
        Path root = directory.resolve("build").resolve(name);
        Files.createDirectories(root.resolve("DEBIAN"));
        Files.writeString(
                root.resolve("DEBIAN/control"),
                "Package: " + name + "\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: a test\n");
        assertThat(shell("dpkg-deb --build " + root + " archive/" + name + ".deb"))
                .isTrue();
    }

    private boolean shell(String command) throws IOException {
        return new Command(List.of("/bin/sh", "-c", command), directory, Map.of("PATH", Scripts.SYSTEM_PATH))
                        .run(directory.resolve("shell-log"), Duration.ofSeconds(30), Duration.ofSeconds(30), tick -> {})
                == 0;
    }

    private String run(Path result, String command) {
        var path = Map.of("PATH", result.resolve("bin") + ":" + Scripts.SYSTEM_PATH);
        return new Command(List.of("/bin/sh", "-c", command), directory, path)
                .output(Duration.ofSeconds(20))
                .orElseThrow();
    }

    private Path bin() {
        return directory.resolve("installed");
    }
}
