package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.toolchain.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The images of the sample application, as archives that a container runtime imports. The application is a project of its
 * own in {@code src/sample}; it is built where it has changed since.
 */
public final class SampleImages {
    /** The tag of the application as it is. */
    public static final String FIRST_TAG = "1.0";
    /** The tag of the application after a push: it says so, and brings a migration. */
    public static final String SECOND_TAG = "1.1";
    /** The broker's image, as {@code stacks/application.yaml} has it. */
    static final String BROKER = "docker.io/library/nats:2.15";

    private static final Duration LONGEST_BUILD = Duration.ofMinutes(10);

    private final Path sample;
    private final Path target;
    private final Path natsServer;

    /**
     * @param projectRoot the directory that holds {@code src/sample}
     * @param natsServer a statically linked {@code nats-server} for this machine's processor
     */
    public SampleImages(Path projectRoot, Path natsServer) {
        this.sample = projectRoot.resolve("src/sample");
        this.target = sample.resolve("target");
        this.natsServer = natsServer;
    }

    /** The archives, each with one image: of web, api and worker, by both tags, and of the broker. */
    public List<Path> archives() {
        return Stream.concat(
                        Stream.of("web", "api", "worker")
                                .flatMap(program ->
                                        Stream.of(FIRST_TAG, SECOND_TAG).map(tag -> program + "-" + tag)),
                        Stream.of("nats"))
                .map(name -> target.resolve("images").resolve(name + ".tar"))
                .toList();
    }

    /**
     * The {@link #archives()}, built unless they are there and nothing they are made of has changed.
     *
     * @param progress one line when they have to be built: about 10 s on two idle cores, more where Maven has to
     *     download first
     * @throws Failure when Maven is absent, fails or takes longer than ten minutes; the message says where its log is
     */
    public List<Path> provide(Consumer<String> progress) throws IOException {
        Files.createDirectories(target);
        try (var lock = SandboxLock.take(target.resolve("images.lock"), progress)) {
            var mark = target.resolve("images.key");
            var key = SampleKey.of(sample, natsServer);
            var made = Files.exists(mark) && Files.readString(mark).equals(key);
            if (!made || !archives().stream().allMatch(Files::isRegularFile)) {
                Files.deleteIfExists(mark);
                progress.accept("Building the sample application's images (about 10 s) ...");
                build();
                WholeFile.write(mark, key);
            }
        }
        return archives();
    }

    private void build() throws IOException {
        var log = target.resolve("images.log");
        Files.deleteIfExists(log);
        if (run(log) != 0) {
            throw new Failure(
                    Exit.FAILED,
                    "the sample's images could not be built: %s; all that Maven said is in %s"
                            .formatted(firstErrors(log), log));
        }
    }

    private int run(Path log) {
        try {
            return maven().run(log, LONGEST_BUILD, LONGEST_BUILD, passed -> {});
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    "mvn cannot be started, and the sample's images are built with it: install Maven, 3.8 or newer, and run"
                            + " again",
                    e);
        }
    }

    private Command maven() {
        return new Command(
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-Dstyle.color=never",
                        "-Dmaven.test.skip=true",
                        "-Dshop.first=" + FIRST_TAG,
                        "-Dshop.second=" + SECOND_TAG,
                        "-Dshop.broker=" + BROKER,
                        "-Dshop.nats-server=" + natsServer.toAbsolutePath(),
                        "package"),
                sample,
                System.getenv());
    }

    /** Maven ends with advice; what went wrong stands before it. */
    private static String firstErrors(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            var errors = lines.filter(line -> line.startsWith("[ERROR]"))
                    .limit(3)
                    .map(line -> line.substring("[ERROR]".length()).strip())
                    .toList();
            return errors.isEmpty() ? LastLines.of(log) : String.join(" | ", errors);
        }
    }
}
