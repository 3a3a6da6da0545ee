package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import dev.ephemera.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final Map<String, Output<?>> own =
            new LinkedHashMap<>(Map.of("url", Output.of("https://pr-7.example.com/")));

    @Test
    void anExtensionsOutputsStandBesideTheRest() {
        assertThat(Program.together(own, Map.of("queues", Output.of("q")))).containsOnlyKeys("url", "queues");
    }

    @Test
    void anExtensionDoesNotTakeAnOutputsName() {
        assertThatThrownBy(() -> Program.together(own, Map.of("url", Output.of("q"))))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("output \"url\": every environment has it already");
    }
}
