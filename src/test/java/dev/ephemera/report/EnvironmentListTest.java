package dev.ephemera.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.model.StackTags;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentListTest {
    private static final EnvironmentList LIST = new EnvironmentList(List.of(
            new EnvironmentList.Row(
                    "pr-7",
                    new StackTags(Map.of(
                            StackTags.URL,
                            "https://pr-7.example.com/",
                            StackTags.LAST_ACTIVITY,
                            "2026-11-28T10:00:00Z",
                            StackTags.BRANCH,
                            "feat/\u001b[31m",
                            "pulumi:project",
                            "shop")),
                    Optional.of(new Lifetime.End(Instant.parse("2026-12-01T10:00:00Z"), "nothing happened"))),
            new EnvironmentList.Row(
                    "pr-8",
                    new StackTags(Map.of(StackTags.ASLEEP_SINCE, "2026-11-28T20:00:00Z", StackTags.URL, "a\u001bb\nc")),
                    Optional.empty())));

    @Test
    void aLineForEachSaysWhetherItSleepsAndWhenItEnds() {
        assertThat(LIST.text().lines()).hasSize(3);
        assertThat(LIST.text())
                .contains("pr-7 ", "awake", "2026-12-01T10:00:00Z", "https://pr-7.example.com/")
                .containsPattern("pr-8 +asleep +\\? +with its change +a\\?b\\?c");
    }

    @Test
    void programsGetTheTagsThatAreOurs() throws Exception {
        var array = new ObjectMapper().readTree(LIST.json());
        assertThat(array.at("/0/stack").asText()).isEqualTo("pr-7");
        assertThat(array.at("/0/endsAt").asText()).isEqualTo("2026-12-01T10:00:00Z");
        assertThat(array.at("/0/tags/url").asText()).isEqualTo("https://pr-7.example.com/");
        assertThat(array.at("/0/tags")).hasSize(3);
        assertThat(array.at("/1/endsAt").isNull()).isTrue();
    }

    @Test
    void whereThereIsNoneItSaysSo() {
        assertThat(new EnvironmentList(List.of()).text()).isEqualTo("There is none.");
        assertThat(new EnvironmentList(List.of()).json()).isEqualTo("[ ]");
    }
}
