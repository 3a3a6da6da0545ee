package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceTest {
    @Test
    void triesWhatIsInstalledThenReleasesThenBuilds() {
        assertThat(Source.order(Map.of())).containsExactly(Source.PATH, Source.RELEASE, Source.BUILD);
    }

    @Test
    void followsTheEnvironment() {
        assertThat(Source.order(Map.of("EPHEMERA_TOOLS", "build, path"))).containsExactly(Source.BUILD, Source.PATH);
    }

    @Test
    void refusesAWordItDoesNotKnowAndNamesTheOnesItDoes() {
        assertThatThrownBy(() -> Source.order(Map.of("EPHEMERA_TOOLS", "path,docker")))
                .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.exit()).isEqualTo(Exit.USAGE))
                .hasMessage(
                        "EPHEMERA_TOOLS: got 'path,docker', want some of path, release, build with commas between them");
    }
}
