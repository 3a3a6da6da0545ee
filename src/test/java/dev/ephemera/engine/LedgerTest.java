package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.cloud.Objects;
import dev.ephemera.model.LedgerEntry;
import dev.ephemera.model.LedgerEntry.Event;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final int ENTRIES = 500;
    private static final int KILLS = 10;

    @TempDir
    private Path directory;

    private Ledger ledger;
    private String backend;

    @BeforeEach
    void open() {
        backend = "file://" + directory.resolve("state");
        ledger = new Ledger(Objects.at(backend).orElseThrow(), new ProjectName("shop"));
    }

    private static LedgerEntry entry(String at, Event event, String hourly) {
        return new LedgerEntry(
                Instant.parse(at),
                new StackName("pr-7"),
                event,
                Optional.of(hourly).filter(text -> !text.isEmpty()).map(BigDecimal::new),
                Optional.of("ann"),
                Optional.empty());
    }

    @Test
    void whatWasEnteredIsReadInTheOrderOfItsInstants() {
        var gone = entry("2026-12-01T00:00:00Z", Event.GONE, "0");
        var up = entry("2026-11-28T10:00:00.123Z", Event.UP, "0.0213");
        var asleep = entry("2026-11-28T20:00:00Z", Event.ASLEEP, "");
        ledger.add(gone);
        ledger.add(up);
        ledger.add(asleep);
        assertThat(ledger.read().entries()).containsExactly(up, asleep, gone);
    }

    @Test
    void oneStacksEntriesAreReadWithoutTheOthers() {
        var seven = entry("2026-11-28T10:00:00Z", Event.UP, "0.0213");
        ledger.add(seven);
        assertThat(ledger.read(new StackName("pr-7")).entries()).containsExactly(seven);
        assertThat(ledger.read(new StackName("pr-77")).entries()).isEmpty();
    }

    @Test
    void whatIsNoEntryIsNamedAndTheOthersAreRead() throws Exception {
        ledger.add(entry("2026-11-28T10:00:00Z", Event.UP, ""));
        var stray = directory.resolve("state/.ephemera/ledger/shop/2026-11/stray.json");
        Files.writeString(stray, "{\"at\":\"now\"}");
        assertThat(ledger.read().entries()).hasSize(1);
        assertThat(ledger.read().unreadable()).containsExactly(".ephemera/ledger/shop/2026-11/stray.json");
    }

    @Test
    void anotherProjectsEntriesAreNotRead() {
        ledger.add(entry("2026-11-28T10:00:00Z", Event.UP, ""));
        var other = new Ledger(Objects.at(backend).orElseThrow(), new ProjectName("shop-eu"));
        assertThat(other.read().entries()).isEmpty();
    }

    /** Two writers, each killed ten times and started again behind what it had said last. */
    @Test
    void ofTwoWritersThatAreKilledAgainAndAgainEveryAcknowledgedEntryIsReadOnce() throws Exception {
        var one = new Writer("one");
        var other = new Writer("other");
        for (var kill = 1; kill <= KILLS; kill++) {
            for (var writer : new Writer[] {one, other}) {
                writer.runUntil(kill * ENTRIES / (KILLS + 1));
            }
        }
        for (var writer : new Writer[] {one, other}) {
            writer.runToTheEnd();
        }

        var read = ledger.read();
        var names = new ArrayList<String>();
        read.entries().forEach(entry -> names.add(entry.author().orElseThrow()));
        for (var writer : new Writer[] {one, other}) {
            assertThat(writer.acknowledged()).hasSize(ENTRIES);
            assertThat(writer.acknowledged())
                    .allSatisfy(name ->
                            assertThat(Collections.frequency(names, name)).isOne());
        }
        // A writer that was killed before it could say so has entered one more.
        assertThat(names.size()).isLessThanOrEqualTo(2 * (ENTRIES + KILLS));
        assertThat(read.unreadable()).isEmpty();
    }

    private final class Writer {
        private final String name;
        private final Path said;

        Writer(String name) throws Exception {
            this.name = name;
            this.said = Files.createFile(directory.resolve(name));
        }

        List<String> acknowledged() throws Exception {
            return Files.readAllLines(said);
        }

        /** Kills it as soon as it has said so many. */
        void runUntil(int count) throws Exception {
            var process = start();
            while (process.isAlive() && acknowledged().size() < count) {
                Thread.sleep(1);
            }
            process.destroyForcibly().waitFor();
        }

        void runToTheEnd() throws Exception {
            assertThat(start().waitFor(1, TimeUnit.MINUTES)).isTrue();
        }

        private Process start() throws Exception {
            return LedgerWriter.start(backend, name, acknowledged().size() + 1, ENTRIES, said);
        }
    }
}
