package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pull requests at the same time. */
@Tag("engine")
class TwoStacksEngineTest {
    private static final List<String> STACKS = List.of("pr-503", "pr-504");
    private static final Map<String, String> TAGS = Map.of("pr-503", "1.0", "pr-504", "1.1");

    @Test
    void twoStacksComeUpSideBySideAndOneGoesWithoutTouchingTheOther(@TempDir Path one, @TempDir Path other) {
        var projects = Map.of("pr-503", TestProject.below(one), "pr-504", TestProject.below(other));
        try (var clouds = new Clouds()) {
            STACKS.forEach(stack -> projects.get(stack)
                    .pulumi("stack", "select", "--create", stack)
                    .succeeded());
            var executor = Executors.newFixedThreadPool(2);
            var ups = STACKS.stream()
                    .map(stack -> CompletableFuture.supplyAsync(
                            () -> projects.get(stack).up(Map.of("EPHEMERA_IMAGE_TAG", TAGS.get(stack)), stack),
                            executor))
                    .toList();
            ups.forEach(up -> up.join().succeeded());
            executor.shutdown();

            for (var stack : STACKS) {
                assertThat(clouds.image(clouds.namespace(stack).orElseThrow(), "web"))
                        .endsWith("/web:" + TAGS.get(stack));
                assertThat(clouds.instances(stack)).hasSize(1);
                assertThat(clouds.records(stack)).hasSize(4);
            }
            assertThat(clouds.instances("pr-503").get(0).dbInstanceIdentifier())
                    .isNotEqualTo(clouds.instances("pr-504").get(0).dbInstanceIdentifier());

            var untouched = clouds.identities(clouds.namespace("pr-504").orElseThrow());
            projects.get("pr-503").destroy("pr-503").succeeded();
            assertThat(clouds.namespace("pr-503")).isEmpty();
            assertThat(clouds.instances("pr-503")).isEmpty();
            assertThat(clouds.identities(clouds.namespace("pr-504").orElseThrow()))
                    .isEqualTo(untouched);
            assertThat(clouds.instances("pr-504")).hasSize(1);
        } finally {
            STACKS.forEach(stack -> projects.get(stack).destroy(stack));
        }
    }
}
