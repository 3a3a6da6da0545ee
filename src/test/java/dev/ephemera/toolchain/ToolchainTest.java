package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ToolchainTest {
    private static final EnumSet<Part> ENGINE = EnumSet.of(Part.ENGINE);
    private static final EnumSet<Part> CLUSTER = EnumSet.of(Part.CLUSTER);

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> progress = new ArrayList<>();
    private Platform platform = new Platform("linux", "amd64");
    private String hosts = "http://127.0.0.1:1"; // nobody listens on port 1

    @Test
    void buildsWhatIsAbsentAndIsSilentAboutItTheNextTime() throws IOException {
        Scripts.go(bin(), "go1.26.8");
        Tools tools = toolchain("build").provide(CLUSTER);
        assertThat(tools.paths()).containsOnlyKeys(Part.CLUSTER.tools());
        assertThat(tools.paths().values()).allSatisfy(path -> assertThat(path).isExecutable());
        assertThat(progress)
                .anyMatch(line -> line.contains("About 5 min 15 s on two cores"))
                .anyMatch(line -> line.startsWith("Setting up etcd 3.6.16 (about 15 s)"));

        progress.clear();
        assertThat(toolchain("build").provide(CLUSTER)).isEqualTo(tools);
        assertThat(progress).isEmpty();
    }

    @Test
    void prefersWhatIsInstalled() throws IOException {
        Scripts.printing(bin(), "pulumi", "v3.260.0");
        Scripts.printing(bin(), "pulumi-language-java", "");
        assertThat(toolchain("path,release,build").provide(ENGINE).path(Tool.PULUMI))
                .isEqualTo(bin().resolve("pulumi"));
        assertThat(progress).isEmpty();
    }

    @Test
    void buildsWhereTheReleasesHostCannotBeReachedAndSaysSoOnce() throws IOException {
        Scripts.go(bin(), "go1.26.8");
        toolchain("path,release,build").provide(EnumSet.of(Part.ENGINE, Part.CLUSTER));
        assertThat(progress)
                .containsOnlyOnce(
                        "No download: 127.0.0.1 cannot be reached. Building from the pinned modules instead.");
    }

    @Test
    void buildsWhereTheReleaseIsNotThere() throws IOException {
        Scripts.go(bin(), "go1.26.8");
        HttpServer empty = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        empty.start();
        try {
            hosts = "http://127.0.0.1:" + empty.getAddress().getPort();
            toolchain("release,build").provide(ENGINE);
            assertThat(progress).anyMatch(line -> line.contains("pulumi-3.259.0-checksums.txt answered 404"));
        } finally {
            empty.stop(0);
        }
    }

    @Test
    void failsWithTheNextStepWhereOnlyReleasesAreAllowedAndNoneCanBeHad() {
        assertThatThrownBy(() -> toolchain("release").provide(ENGINE))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.exit()).isEqualTo(Exit.FAILED))
                .hasMessageContainingAll("cannot be downloaded: 127.0.0.1 cannot be reached", "EPHEMERA_TOOLS");
    }

    @Test
    void failsWithTheNextStepWhereOnlyInstalledToolsAreAllowed() {
        assertThatThrownBy(() -> toolchain("path").provide(ENGINE))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("3.259.0 (or a newer minor version) is not installed", "add 'build'");
    }

    @Test
    void listsWhatIsThereWithoutSettingAnythingUp() throws IOException {
        Scripts.printing(bin(), "etcd", "etcd Version: 3.6.20");
        assertThat(toolchain("path,release,build").present(EnumSet.complementOf(EnumSet.of(Part.NODE))))
                .containsOnlyKeys(Tool.ETCD);
        assertThat(progress).isEmpty();
    }

    @Test
    void saysWithoutDelayWhyAPartCannotBeHadAndFailsWithTheSameWordsWhenItIsAskedFor() {
        environment.put("PATH", emptyPath());
        assumeTrue(HostPrograms.find("bin/runc", environment).isEmpty(), "needs a machine without runc");
        Toolchain toolchain = toolchain("build", emptyPath());
        String reason = toolchain.obstacle(Part.NODE).orElseThrow();
        assertThat(reason).contains("containerd", "cannot be had here: there is no 'apt-get'", "runc");
        assertThatThrownBy(() -> toolchain.provide(EnumSet.of(Part.NODE)))
                .isInstanceOf(Failure.class)
                .hasMessage(reason);
        assertThat(toolchain.obstacle(Part.DATABASE))
                .hasValueSatisfying(
                        why -> assertThat(why).startsWith("PostgreSQL cannot be had here: there is no 'mvn'"));
        assertThat(toolchain.obstacle(Part.ENGINE)).isEmpty();
    }

    @Test
    void saysThatANodeRunsOnLinuxOnly() {
        platform = new Platform("darwin", "arm64");
        assertThat(toolchain("build").obstacle(Part.NODE))
                .hasValueSatisfying(reason -> assertThat(reason).endsWith("it runs on Linux only"));
        assertThat(toolchain("build").obstacle(Part.GATEWAY)).isEmpty();
    }

    @Test
    void linksTheNatsServerStaticallyAndLeavesTheOthersToGo() throws IOException {
        Scripts.go(bin(), "go1.26.8");
        toolchain("build").provide(EnumSet.of(Part.BROKER));
        assertThat(Files.readAllLines(bin().resolve("go.environment"))).contains("CGO_ENABLED=0");
        toolchain("build").provide(EnumSet.of(Part.ENGINE));
        assertThat(Files.readAllLines(bin().resolve("go.environment")))
                .noneMatch(line -> line.startsWith("CGO_ENABLED="));
    }

    @Test
    void namesTheDirectoriesInWhichAPartsProgramsStartEachOther() {
        var tools = new Tools(Map.of(
                Tool.ETCD, Path.of("/a/etcd"),
                Tool.KWOK, Path.of("/b/kwok"),
                Tool.KWOKCTL, Path.of("/b/kwokctl"),
                Tool.KUBE_APISERVER, Path.of("/c/kube-apiserver"),
                Tool.KUBE_CONTROLLER_MANAGER, Path.of("/c/kube-controller-manager"),
                Tool.KUBE_SCHEDULER, Path.of("/c/kube-scheduler")));
        assertThat(tools.searchPath(Part.CLUSTER)).isEqualTo("/a:/b:/c");
    }

    @Test
    void saysWhatIsMissingWithoutGoAndWithoutPython() {
        assertThatThrownBy(() -> toolchain("build", emptyPath()).provide(ENGINE))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll(
                        "has to be compiled, but no Go is on PATH",
                        "needs Python 3.11 or newer, and none is on PATH",
                        "install Go 1.26.0 or newer");
    }

    @Test
    void takesNoGoThatIsTooOld() throws IOException {
        Scripts.go(bin(), "go1.25.9");
        assertThatThrownBy(() -> toolchain("build", bin().toString()).provide(ENGINE))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("Go 1.25.9 on PATH is older than 1.26.0");
    }

    @Test
    void saysWhatIsMissingWithoutPython() {
        assertThatThrownBy(() -> toolchain("build", emptyPath()).provide(EnumSet.of(Part.MOTO)))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("moto", "needs Python 3.11 or newer, and none is on PATH", "apt-get install");
    }

    @Test
    void takesNoPythonThatIsTooOld() throws IOException {
        Scripts.write(bin(), "python3", "echo 3.9.2; echo /usr/bin/python3.9");
        assertThatThrownBy(() -> toolchain("build", bin().toString()).provide(EnumSet.of(Part.MOTO)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("python3 is 3.9.2");
    }

    @Test
    void saysThatVenvIsMissingFromPython() throws IOException {
        Scripts.write(bin(), "python3", """
                if [ "$1" = -c ]; then echo 3.12.1; echo "$0"; exit 0; fi
                echo "The virtual environment was not created successfully because ensurepip is not"
                echo "available."; exit 1""");
        assertThatThrownBy(() -> toolchain("build", bin().toString()).provide(EnumSet.of(Part.MOTO)))
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("venv", "apt-get install python3-venv");
    }

    @Test
    void saysThatTheNetworkIsMissingWhenPipCannotReachIt() {
        assumeTrue(Executables.find("python3", System.getenv()).isPresent(), "needs Python");
        environment.put("HTTPS_PROXY", "http://127.0.0.1:1");
        environment.put("PIP_INDEX_URL", "https://packages.invalid/simple");
        environment.put("PIP_RETRIES", "0");
        assertThatThrownBy(() -> toolchain("build", System.getenv("PATH")).provide(EnumSet.of(Part.MOTO)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the network did not answer pip");
    }

    @Test
    void saysThatTheNetworkIsMissingWhenGoCannotReachIt() {
        assumeTrue(Executables.find("go", System.getenv()).isPresent(), "needs Go");
        environment.put("GOPROXY", "http://127.0.0.1:1");
        environment.put("GOMODCACHE", directory.resolve("modules").toString());
        environment.put("GOCACHE", directory.resolve("objects").toString());
        assertThatThrownBy(() -> toolchain("build", System.getenv("PATH")).provide(EnumSet.of(Part.GATEWAY_API)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the network did not answer go mod");
    }

    @Test
    void saysWhyACompilerWasKilledAndWhenTheDiskIsFull() throws IOException {
        goThatFailsWith("k8s.io/kubernetes/pkg/x: compile: signal: killed");
        assertThatThrownBy(() -> toolchain("build").provide(ENGINE)).hasMessageContaining("it needs 4 GB free");
        goThatFailsWith("write /x/y.a: no space left on device");
        assertThatThrownBy(() -> toolchain("build").provide(ENGINE)).hasMessageStartingWith("no space left while");
        goThatFailsWith("x.go:1:1: undefined: y");
        assertThatThrownBy(() -> toolchain("build").provide(ENGINE))
                .hasMessageContainingAll("exit code 1 (x.go:1:1: undefined: y)", "logs/pulumi-3.259.0-");
    }

    @Test
    void buildsInACopyOfThePinsWithoutTheUsersOwnGoSettings() throws IOException {
        Scripts.go(bin(), "go1.26.8");
        environment.put("GOFLAGS", "-mod=vendor -tags=broken");
        environment.put("GOOS", "plan9");
        environment.put("GOWORK", "/somewhere/go.work");
        environment.put("GOROOT", "/nowhere");
        environment.put("GOPROXY", "http://127.0.0.1:1/company");
        toolchain("build").provide(ENGINE);
        assertThat(Files.readAllLines(bin().resolve("go.environment")))
                .contains(
                        "GOFLAGS=-mod=readonly -buildvcs=false",
                        "GOOS=linux",
                        "GOWORK=off",
                        "GOTOOLCHAIN=local",
                        "GOPROXY=http://127.0.0.1:1/company")
                .noneMatch(line -> line.startsWith("GOROOT="))
                .anyMatch(line -> line.startsWith("PWD=" + directory.resolve("cache/work/pulumi-3.259.0-")));
    }

    private void goThatFailsWith(String message) throws IOException {
        Scripts.write(
                bin(), "go", "if [ \"$1\" = env ]; then echo go1.26.8; exit 0; fi\necho '" + message + "'\nexit 1");
    }

    private Toolchain toolchain(String order) {
        return toolchain(order, bin() + ":" + Scripts.SYSTEM_PATH);
    }

    private Toolchain toolchain(String order, String path) {
        environment.put("EPHEMERA_TOOLS", order);
        environment.put("EPHEMERA_CACHE", directory.resolve("cache").toString());
        environment.put("PULUMI_HOME", directory.resolve("pulumi").toString());
        environment.put("HOME", directory.toString());
        environment.put("PATH", path);
        return new Toolchain(PinsTest.PROJECT, environment, platform, new Release.Hosts(hosts, hosts), progress::add);
    }

    private Path bin() {
        return directory.resolve("bin");
    }

    private String emptyPath() {
        return directory.resolve("nothing").toString();
    }
}
