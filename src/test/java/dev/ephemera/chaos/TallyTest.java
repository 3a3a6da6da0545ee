package dev.ephemera.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
    @TempDir
    private Path directory;

    private static Tally round(Fault fault, boolean hit) {
        var round = new Tally(7);
        round.ran();
        round.injected(fault, hit, hit);
        round.converged(10);
        return round;
    }

    @Test
    void whatHasNotHitIsNotCountedAsSurvived() {
        var tally = new Tally(7);
        tally.add(round(Fault.REFUSED, false));
        tally.add(round(Fault.REFUSED, true));
        assertThat(tally.hits()).isEqualTo(1);
        assertThat(tally.table()).contains("| AWS answers 503 | 2 | 1 | 1 | 0 | 0 | 0 |");
    }

    @Test
    void aRunThatIsGoneOnWithSaysTheSameAsOneThatWasNotSplit() {
        var file = directory.resolve("counts.json");
        var whole = new Tally(7);
        whole.add(round(Fault.REFUSED, true));
        whole.write(file);
        var resumed = Tally.read(file, 7);
        for (var tally : new Tally[] {whole, resumed}) {
            var next = round(Fault.DELAYED, true);
            next.leak(Optional.of(Fault.DELAYED), "database x");
            tally.add(next);
        }

        assertThat(resumed.table())
                .isEqualTo(whole.table())
                .contains("| **all** | 2 | 2 | 2 | 1 | 0 | 0 |", "2 rounds, 2 commands", "p50 10 s");
        assertThat(resumed.rounds()).isEqualTo(2);
        assertThat(resumed.findings()).isEqualTo(whole.findings()).hasSize(1);
    }

    @Test
    void countsOfAnotherSeedAreNotGoneOnWith() {
        var file = directory.resolve("counts.json");
        new Tally(7).write(file);
        assertThatThrownBy(() -> Tally.read(file, 8)).hasMessageContaining("is of seed 7, got --seed 8");
    }

    @Test
    void eachOfTheThreeFindingsMakesItUnclean() {
        var leak = new Tally(7);
        assertThat(leak.isClean()).isTrue();
        leak.leak(Optional.empty(), "x");
        var deletion = new Tally(7);
        deletion.wrongDeletion(Optional.empty(), "x");
        var state = new Tally(7);
        state.lostState(Optional.empty(), "x");
        assertThat(leak.isClean() || deletion.isClean() || state.isClean()).isFalse();
        assertThat(leak.table()).contains("| no fault before it | 0 | 0 | 0 | 1 | 0 | 0 |");
    }

    @Test
    void timesAreGivenAsPercentilesOfAll() {
        var tally = new Tally(7);
        for (var each = 1; each <= 20; each++) {
            tally.converged(each);
        }
        assertThat(tally.table()).contains("p50 10 s, p95 19 s, longest 20 s, of 20.");
    }
}
