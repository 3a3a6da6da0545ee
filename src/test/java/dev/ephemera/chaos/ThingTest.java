package dev.ephemera.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ThingTest {
    private static Thing marked(String project, String stack) {
        return new Thing("database", "shop-pr-7-copy", "1", Map.of("project", project, "stack", stack));
    }

    @Test
    void belongsToWhomItsMarksNameWhole() {
        assertThat(marked("shop", "pr-7").owner()).hasValue(7);
        assertThat(marked("shop-eu", "pr-7").owner()).isEmpty();
        assertThat(marked("shop", "production").owner()).isEmpty();
        assertThat(new Thing("database", "shop-pr-7-by-hand", "1", Map.of()).owner())
                .isEmpty();
    }
}
