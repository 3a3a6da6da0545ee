package dev.ephemera.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.model.LifetimeSpec;
import dev.ephemera.model.StackTags;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LifetimeTest {
    private static final LifetimeSpec SPEC =
            new LifetimeSpec(Optional.of(Duration.ofDays(3)), Optional.of(Duration.ofDays(10)), Optional.empty());
    private static final StackTags MADE = new StackTags(
            Map.of(StackTags.CREATED, "2026-11-01T00:00:00Z", StackTags.LAST_ACTIVITY, "2026-11-02T12:00:00Z"));

    private static Optional<Instant> end(StackTags tags) {
        return new Lifetime(SPEC, tags).end().map(Lifetime.End::at);
    }

    private static StackTags with(String tag, String instant) {
        return MADE.with(tag, instant);
    }

    @Test
    void itEndsWhenNothingHappenedForLongEnough() {
        var end = new Lifetime(SPEC, MADE).end().orElseThrow();
        assertThat(end.at()).isEqualTo("2026-11-05T12:00:00Z");
        assertThat(end.reason()).isEqualTo("nothing happened since 2026-11-02T12:00:00Z");
        assertThat(end.isDue(Instant.parse("2026-11-05T11:59:59Z"))).isFalse();
        assertThat(end.isDue(Instant.parse("2026-11-05T12:00:00Z"))).isTrue();
    }

    @Test
    void howeverBusyItEndsAtItsGreatestAge() {
        assertThat(end(with(StackTags.LAST_ACTIVITY, "2026-11-09T00:00:00Z")))
                .contains(Instant.parse("2026-11-11T00:00:00Z"));
    }

    @Test
    void anExtensionPostponesTheIdleEndButNotTheGreatestAge() {
        assertThat(end(with(StackTags.EXTENDED_UNTIL, "2026-11-07T00:00:00Z")))
                .contains(Instant.parse("2026-11-07T00:00:00Z"));
        assertThat(end(with(StackTags.EXTENDED_UNTIL, "2026-11-03T00:00:00Z")))
                .contains(Instant.parse("2026-11-05T12:00:00Z"));
        assertThat(end(with(StackTags.EXTENDED_UNTIL, "2027-01-01T00:00:00Z")))
                .contains(Instant.parse("2026-11-11T00:00:00Z"));
    }

    @Test
    void aPinOutlivesTheGreatestAgeAndEndsNothingEarlier() {
        assertThat(end(with(StackTags.PINNED_UNTIL, "2026-12-24T00:00:00Z")))
                .contains(Instant.parse("2026-12-24T00:00:00Z"));
        assertThat(end(with(StackTags.PINNED_UNTIL, "2026-11-03T00:00:00Z")))
                .contains(Instant.parse("2026-11-05T12:00:00Z"));
    }

    @Test
    void withoutLimitsOrWithoutADayToCountFromNothingEndsIt() {
        assertThat(new Lifetime(LifetimeSpec.UNLIMITED, MADE).end()).isEmpty();
        assertThat(end(StackTags.NONE)).isEmpty();
        assertThat(end(new StackTags(Map.of(StackTags.LAST_ACTIVITY, "yesterday"))))
                .isEmpty();
    }

    @Test
    void warningsComeADayAndAnHourBeforeAndNoneWhenItIsDue() {
        var end = new Lifetime(SPEC, MADE).end().orElseThrow();
        assertThat(end.warning(Instant.parse("2026-11-04T11:59:59Z"))).isEmpty();
        assertThat(end.warning(Instant.parse("2026-11-04T12:00:00Z"))).contains(Duration.ofHours(24));
        assertThat(end.warning(Instant.parse("2026-11-05T11:00:00Z"))).contains(Duration.ofHours(1));
        assertThat(end.warning(Instant.parse("2026-11-05T12:00:00Z"))).isEmpty();
    }
}
