package dev.ephemera.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "web", "order-worker", "v2"})
    void takesWhatAServiceMayBeCalled(String text) {
        assertThat(new Key(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Web", "2nd", "a--b", "-a", "a-", "a.b", "a_b", "ä"})
    void refusesTheRestAndShowsIt(String text) {
        assertThatThrownBy(() -> new Key(text))
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("want");
    }

    @Test
    void isAtMostFortyCharactersLong() {
        assertThat(new Key("a".repeat(40)).value()).hasSize(40);
        assertThatThrownBy(() -> new Key("a".repeat(41))).hasMessageContaining("1 to 40");
    }
}
