package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.pulumi.context.LoggingContext;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SnapshotOffer;
import dev.ephemera.model.Snapshots;
import dev.ephemera.naming.Key;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotSearchTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Snapshots snapshots = mock();
    private final LoggingContext log = mock();

    private SnapshotOffer search() {
        return new SnapshotSearch(
                        ApplicationReader.read(Path.of("stacks")),
                        () -> snapshots,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        log)
                .begin()
                .get(new Key("orders"))
                .join();
    }

    private static Snapshot snapshot(boolean masked) {
        return new Snapshot("of-today", "available", masked, "postgres", "16.4", true, 20, NOW);
    }

    @Test
    void offersTheSnapshotThatWillDoAndSaysNothing() {
        when(snapshots.of("shop-orders")).thenReturn(List.of(snapshot(true)));
        assertThat(search()).isEqualTo(new SnapshotOffer.Restorable(snapshot(true)));
        verifyNoInteractions(log);
    }

    @Test
    void offersNothingWhereNoneWillDoAndTellsEachReason() {
        when(snapshots.of("shop-orders")).thenReturn(List.of(snapshot(false)));
        var because = "no snapshot of shop-orders may be restored: of-today: it is not tagged ephemera:masked=true";
        assertThat(search()).isEqualTo(new SnapshotOffer.Nothing(because));
        verify(log).warn("database orders: " + because);
    }

    @Test
    void aListThatCouldNotBeHadIsAnErrorOfTheUpdateAndNoStackTrace() {
        when(snapshots.of("shop-orders"))
                .thenThrow(new Failure(Exit.UNDECIDED, "listing the snapshots failed: no route"));
        assertThat(search()).isEqualTo(new SnapshotOffer.Nothing("listing the snapshots failed: no route"));
        verify(log).error(contains("database orders: listing the snapshots failed: no route"));
    }
}
