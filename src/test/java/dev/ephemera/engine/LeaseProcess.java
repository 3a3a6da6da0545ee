package dev.ephemera.engine;

import dev.ephemera.cloud.Objects;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of its own that takes a lease. */
final class LeaseProcess {
    static final int TIMES = 12;

    private LeaseProcess() {}

    static Process start(String backend, Path counter) throws IOException {
        return begun(command(backend, counter.toString()));
    }

    /** Comes back when it has the lease, and it keeps it. */
    static Process startAndStay(String backend) throws IOException {
        var process = begun(command(backend));
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return process;
    }

    static List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LeaseProcess.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process begun(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        var objects = Objects.at(arguments[0]).orElseThrow();
        var owner = Owner.ofThisProcess(Map.of());
        if (arguments.length == 1) {
            Lease.acquire(objects, LeaseTest.NAMES, owner, "stay", run -> false, Duration.ofSeconds(30), line -> {});
            System.out.println("held");
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
        var counter = Path.of(arguments[1]);
        for (int i = 0; i < TIMES; i++) {
            try (var lease = Lease.acquire(
                    objects, LeaseTest.NAMES, owner, "count", run -> false, Duration.ofMinutes(1), line -> {})) {
                var number = Integer.parseInt(Files.readString(counter));
                Thread.sleep(2);
                Files.writeString(counter, String.valueOf(number + 1));
                lease.stillHeld();
            }
        }
    }
}
