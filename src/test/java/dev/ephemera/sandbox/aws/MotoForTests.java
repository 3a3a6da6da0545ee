package dev.ephemera.sandbox.aws;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One moto for all tests of a run, started when the first one needs it and ended with the run. */
final class MotoForTests {
    private static MotoForTests shared;

    private final URI endpoint;
    private final Path restoreTimeFile;

    private MotoForTests(URI endpoint, Path restoreTimeFile) {
        this.endpoint = endpoint;
        this.restoreTimeFile = restoreTimeFile;
    }

    static synchronized MotoForTests shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    URI endpoint() {
        return endpoint;
    }

    /** How long instances made from now on stay in creation. */
    void restoreTime(String time) {
        try {
            Files.writeString(restoreTimeFile, time);
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    /** The one place that knows where a Python with moto is. */
    private static String python() {
        var given = System.getProperty("EPHEMERA_MOTO_PYTHON", System.getenv("EPHEMERA_MOTO_PYTHON"));
        if (given == null) {
            throw new IllegalStateException("set EPHEMERA_MOTO_PYTHON to a Python that has moto[server]");
        }
        return given;
    }

    private static MotoForTests start() {
        try {
            var folder = Files.createTempDirectory("moto-for-tests");
            var script = folder.resolve("moto.py");
            try (var source = AwsProvider.class.getResourceAsStream("/dev/ephemera/sandbox/moto.py")) {
                Files.copy(source, script);
            }
            var restoreTimeFile = Files.writeString(folder.resolve("restore-time"), "0s");
            var port = freePort();
            var process = new ProcessBuilder(
                            python(), script.toString(), String.valueOf(port), restoreTimeFile.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            awaitPort(process, port, folder.resolve("log"));
            return new MotoForTests(URI.create("http://127.0.0.1:" + port), restoreTimeFile);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void awaitPort(Process process, int port, Path log) throws IOException, InterruptedException {
        for (var attempt = 0; attempt < 600; attempt++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new IllegalStateException("moto did not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
