package dev.ephemera.engine;

import dev.ephemera.cloud.Objects;
import dev.ephemera.model.LedgerEntry;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process that adds entries and says of each, when it is there, which one it was: an author's name that nobody else has. */
final class LedgerWriter {
    private LedgerWriter() {}

    static Process start(String backend, String writer, int first, int last, Path acknowledged) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerWriter.class.getName(),
                        backend,
                        writer,
                        String.valueOf(first),
                        String.valueOf(last)))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(acknowledged.toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) {
        var ledger = new Ledger(Objects.at(arguments[0]).orElseThrow(), new ProjectName("shop"));
        for (var each = Integer.parseInt(arguments[2]); each <= Integer.parseInt(arguments[3]); each++) {
            var name = "%s-%d-%d"
                    .formatted(arguments[1], each, ProcessHandle.current().pid());
            ledger.add(new LedgerEntry(
                    Instant.now(),
                    new StackName("pr-7"),
                    LedgerEntry.Event.UP,
                    Optional.empty(),
                    Optional.of(name),
                    Optional.empty()));
            System.out.println(name);
            System.out.flush();
        }
    }
}
