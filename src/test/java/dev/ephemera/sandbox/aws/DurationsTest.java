package dev.ephemera.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @Test
    void readsTimesThatAreMadeOfSeveralUnits() {
        assertThat(Durations.parseSum("30m")).isEqualTo(Duration.ofMinutes(30));
        assertThat(Durations.parseSum("1h30m1.5s")).isEqualTo(Duration.ofMillis(5_401_500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "1h 30m", "m30", "30mx", "-1m"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Durations.parseSum(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("want a time such as 30m or 1h30m");
    }
}
