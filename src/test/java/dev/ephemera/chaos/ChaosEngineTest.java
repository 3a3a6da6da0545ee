package dev.ephemera.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of what {@code ci/chaos} does for hours, and one proof that it sees a reaper that is broken. */
@Tag("engine")
class ChaosEngineTest {
    @Test
    void nothingIsLeftAndNothingIsDeletedWronglyAfterAFewFaults() {
        assertThat(Chaos.run("--faults", "6", "--seed", "1")).isZero();
    }

    @Test
    void aReaperThatDeletesByTheBeginningOfANameIsSeen() {
        assertThat(Chaos.run("--sabotage", "prefix")).isEqualTo(1);
    }
}
