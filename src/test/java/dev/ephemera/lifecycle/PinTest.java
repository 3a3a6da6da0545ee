package dev.ephemera.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.model.StackTags;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PinTest {
    private static final StackTags PINNED = new StackTags(Map.of(StackTags.PINNED_UNTIL, "2026-12-10T00:00:00Z"));

    private static Instant until(StackTags tags, String... labels) {
        return Pin.of(Set.of(labels)).in(tags).instant(StackTags.PINNED_UNTIL).orElse(Instant.EPOCH);
    }

    @Test
    void aLabelPinsUntilTheEndOfItsDay() {
        assertThat(until(StackTags.NONE, "bug", "preview:until-2026-12-24")).isEqualTo("2026-12-25T00:00:00Z");
    }

    @Test
    void theLatestOfLabelsAndTagHolds() {
        assertThat(until(PINNED, "preview:until-2026-12-01")).isEqualTo("2026-12-10T00:00:00Z");
        assertThat(until(PINNED, "preview:until-2026-12-24", "preview:until-2026-12-20"))
                .isEqualTo("2026-12-25T00:00:00Z");
    }

    @Test
    void aLabelWithoutADaySaysNothing() {
        assertThat(until(StackTags.NONE, "preview:until-", "preview:until-christmas", "preview:until-2026-13-01"))
                .isEqualTo(Instant.EPOCH);
    }
}
