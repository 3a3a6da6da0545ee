package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.model.ContainerName;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.LastRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnOutputsTest {
    @Test
    void imagesBranchAndCommitAreReadBack() {
        assertThat(OwnOutputs.lastRun(Map.of(
                        "images",
                        Map.of("web", "shop/web:1", "web/assets", "shop/assets:1"),
                        "branch",
                        "feat/a",
                        "commit",
                        "c0ffee0")))
                .isEqualTo(new LastRun(
                        Map.of(
                                ContainerName.parse("web"),
                                new ImageReference("shop/web:1"),
                                ContainerName.parse("web/assets"),
                                new ImageReference("shop/assets:1")),
                        Optional.of("feat/a"),
                        Optional.of("c0ffee0")));
    }

    @Test
    void aStackWithoutOutputsRanNothing() {
        assertThat(OwnOutputs.lastRun(null)).isEqualTo(LastRun.NONE);
    }

    @Test
    void whatHasAnotherFormCountsAsAbsent() {
        assertThat(OwnOutputs.lastRun(List.of())).isEqualTo(LastRun.NONE);
        assertThat(OwnOutputs.lastRun(Map.of("images", "x", "branch", 1.0))).isEqualTo(LastRun.NONE);
        assertThat(OwnOutputs.lastRun(
                        Map.of("images", Map.of("Not A Key", "x", "web/a/b", "x", "web", "Not An Image"))))
                .isEqualTo(LastRun.NONE);
    }

    @Test
    void theHostsOfAllAddressesAreReadBack() {
        assertThat(OwnOutputs.hosts(Map.of(
                        "web", "https://pr-7.preview.example.com/",
                        "api", "https://pr-7.preview.example.com/api",
                        "shop", "http://pr-7--shop.preview.example.com/")))
                .containsExactlyInAnyOrder("pr-7.preview.example.com", "pr-7--shop.preview.example.com");
    }

    @Test
    void whatIsNoAddressHasNoHost() {
        assertThat(OwnOutputs.hosts(null)).isEmpty();
        assertThat(OwnOutputs.hosts(List.of("https://a.example.com/"))).isEmpty();
        assertThat(OwnOutputs.hosts(Map.of("web", 1.0, "api", "a.example.com"))).isEmpty();
    }

    @Test
    void theInstanceOfEachDatabaseIsReadBack() {
        assertThat(OwnOutputs.instances(Map.of("orders", Map.of("resourceId", "db-A", "port", 5432.0))))
                .isEqualTo(Map.of("orders", new OwnOutputs.Instance(Optional.of("db-A"))));
        assertThat(OwnOutputs.instances(Map.of("orders", Map.of("port", 5432.0))))
                .isEqualTo(Map.of("orders", new OwnOutputs.Instance(Optional.empty())));
        assertThat(OwnOutputs.instances(null)).isEmpty();
        assertThat(OwnOutputs.instances(Map.of("orders", "x"))).isEmpty();
    }
}
