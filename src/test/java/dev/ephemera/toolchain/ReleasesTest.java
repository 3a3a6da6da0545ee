package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Downloads from a server on this machine, laid out as the official hosts are. */
class ReleasesTest {
    private static final Platform LINUX = new Platform("linux", "amd64");
    private static final byte[] PROGRAM = "#!/bin/sh\necho it runs\n".getBytes(StandardCharsets.UTF_8);
    private static final String SCHEDULER = "/release/v1.35.4/bin/linux/amd64/kube-scheduler";
    private static final String APISERVER = "/release/v1.35.4/bin/linux/amd64/kube-apiserver";
    private static final String MANAGER = "/release/v1.35.4/bin/linux/amd64/kube-controller-manager";
    private static final String ETCD = "/etcd-io/etcd/releases/download/v3.6.16/";

    @TempDir
    private Path directory;

    private final Map<String, byte[]> files = new java.util.HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private boolean cut;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void takesEachProgramWhoseChecksumIsThePublishedOne() throws Exception {
        kubernetes();
        Workspace workspace = fetch(Component.KUBERNETES, new Version(1, 35, 4));
        for (Tool tool : Component.KUBERNETES.tools()) {
            assertThat(workspace.result().resolve(tool.file())).isExecutable().hasBinaryContent(PROGRAM);
        }
    }

    @Test
    void takesTheWantedProgramsOutOfAnArchive() throws Exception {
        etcd(archive("etcd-v3.6.16-linux-amd64/etcd"));
        Workspace workspace = fetch(Component.ETCD, new Version(3, 6, 16));
        assertThat(workspace.result().resolve("etcd")).isExecutable().hasBinaryContent(PROGRAM);
        assertThat(workspace.result()).isDirectoryNotContaining("glob:**/*.md");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "COREDNS, 1.15.0, coredns, /coredns/coredns/releases/download/v1.15.0/coredns_1.15.0_linux_amd64.tgz, .sha256",
        "TRAEFIK, 3.6.12, traefik, /traefik/traefik/releases/download/v3.6.12/traefik_v3.6.12_linux_amd64.tar.gz,"
                + " /traefik_v3.6.12_checksums.txt",
        "NATS_SERVER, 2.15.3, nats-server-v2.15.3-linux-amd64/nats-server,"
                + " /nats-io/nats-server/releases/download/v2.15.3/nats-server-v2.15.3-linux-amd64.tar.gz, /SHA256SUMS",
        "KUBE_ROUTER, 2.1.0, kube-router,"
                + " /cloudnativelabs/kube-router/releases/download/v2.1.0/kube-router_2.1.0_linux_amd64.tar.gz,"
                + " /kube-router_2.1.0_checksums.txt"
    })
    void takeEachArchiveFromWhereItsPublisherPutsIt(
            Component component, String version, String member, String path, String checksums) throws Exception {
        byte[] archive = archive(member);
        Path file = Path.of(path);
        files.put(path, archive);
        files.put(
                checksums.startsWith("/") ? file.getParent() + checksums : path + checksums,
                (sha256(archive) + "  " + file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
        Workspace workspace = fetch(component, Version.in(version).orElseThrow());
        assertThat(workspace.result().resolve(component.tools().get(0).file()))
                .isExecutable()
                .hasBinaryContent(PROGRAM);
    }

    @Test
    void refusesAFileWithAWrongChecksum() {
        kubernetes();
        files.put(APISERVER + ".sha256", "0".repeat(64).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> fetch(Component.KUBERNETES, new Version(1, 35, 4)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(APISERVER + " has the wrong checksum: its publisher says 0000");
        assertThat(directory.resolve("result/kube-apiserver")).doesNotExist();
    }

    @Test
    void refusesAnAnswerThatIsCut() {
        kubernetes();
        cut = true;
        assertThatThrownBy(() -> fetch(Component.KUBERNETES, new Version(1, 35, 4)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("could not be downloaded whole");
        assertThat(directory.resolve("result")).isEmptyDirectory();
    }

    @Test
    void saysWhatTheHostAnsweredWhenAFileIsNotThere() {
        assertThatThrownBy(() -> fetch(Component.ETCD, new Version(3, 6, 16)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("SHA256SUMS answered 404");
    }

    @Test
    void downloadsNothingForWhichOnlyAWeakChecksumIsPublished() throws Exception {
        etcd(archive("etcd-v3.6.16-linux-amd64/etcd"));
        String sha1 = "a".repeat(40) + "  etcd-v3.6.16-linux-amd64.tar.gz\n";
        files.put(ETCD + "SHA256SUMS", sha1.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> fetch(Component.ETCD, new Version(3, 6, 16)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("has no SHA-256 for");
        assertThat(asked).containsExactly(ETCD + "SHA256SUMS");
    }

    @Test
    void refusesAnArchiveWithoutTheWantedProgram() throws Exception {
        etcd(archive("etcd-v3.6.16-linux-amd64/something-else"));
        assertThatThrownBy(() -> fetch(Component.ETCD, new Version(3, 6, 16)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("lacks etcd-v3.6.16-linux-amd64/etcd");
    }

    @Test
    void triesAHostThatCannotBeReachedOnceInARun() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        String nowhere = "http://127.0.0.1:" + closed;
        var releases = new Releases(environment(), LINUX, new Release.Hosts(nowhere, nowhere), line -> {});
        assertThatThrownBy(() -> releases.fetch(Component.ETCD, new Version(3, 6, 16), workspace()))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.known()).isFalse())
                .hasMessage("127.0.0.1 cannot be reached");
        assertThatThrownBy(() -> releases.fetch(Component.PULUMI, new Version(3, 259, 0), workspace()))
                .isInstanceOfSatisfying(
                        Unavailable.class, e -> assertThat(e.known()).isTrue());
    }

    @Test
    void areOfferedOnlyWhereAChecksumIsPublishedForThePlatform() {
        var releases = new Releases(environment(), new Platform("darwin", "arm64"), hosts(), line -> {});
        assertThat(releases.exist(Component.PULUMI, new Version(3, 259, 0))).isTrue();
        assertThat(releases.exist(Component.KUBERNETES, new Version(1, 35, 4))).isFalse();
        assertThat(releases.exist(Component.KUBERNETES_NODE, new Version(1, 35, 4)))
                .isFalse();
        assertThat(releases.exist(Component.KWOK, new Version(0, 8, 0))).isFalse();
    }

    private Workspace fetch(Component component, Version version) throws Exception {
        Workspace workspace = workspace();
        new Releases(environment(), LINUX, hosts(), line -> {}).fetch(component, version, workspace);
        return workspace;
    }

    private Workspace workspace() throws IOException {
        return Workspace.in(directory, directory.resolve("log"));
    }

    private Release.Hosts hosts() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        return new Release.Hosts(base, base);
    }

    private static Map<String, String> environment() {
        return Map.of("PATH", Scripts.SYSTEM_PATH);
    }

    private void kubernetes() {
        for (String path : List.of(APISERVER, MANAGER, SCHEDULER)) {
            files.put(path, PROGRAM);
            files.put(path + ".sha256", sha256(PROGRAM).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void etcd(byte[] archive) {
        String name = "etcd-v3.6.16-linux-amd64.tar.gz";
        files.put(ETCD + name, archive);
        String sums = "0".repeat(64) + "  another.tar.gz\n" + sha256(archive) + "  ./" + name + "\n";
        files.put(ETCD + "SHA256SUMS", sums.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] archive(String member) throws Exception {
        Path content = directory.resolve("content");
        Path program = content.resolve(member);
        Files.createDirectories(program.getParent());
        Files.write(program, PROGRAM);
        Files.writeString(program.resolveSibling("README.md"), "not wanted");
        Path archive = directory.resolve("archive.tar.gz");
        int exit = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", content.toString(), ".")
                .start()
                .waitFor();
        assertThat(exit).isZero();
        return Files.readAllBytes(archive);
    }

    private static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Pins.sha256().digest(content));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        byte[] content = files.get(path);
        try (exchange) {
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (cut && !path.endsWith(".sha256")) {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content, 0, content.length / 2);
            } else {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }
}
