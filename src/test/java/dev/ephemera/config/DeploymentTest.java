package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.ImageReference;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
    private static final StackName PR = new StackName("pr-12");
    private static final ApplicationSpec SHOP = ApplicationReader.read(Path.of("stacks"));

    private static Deployment read(Map<String, String> configuration, Map<String, String> environment) {
        return Deployment.read(PR, SHOP, key -> Optional.ofNullable(configuration.get(key)), environment);
    }

    @Test
    void readsImagesAndTagFromTheEnvironment() {
        var images = read(
                        Map.of(),
                        Map.of(
                                "EPHEMERA_IMAGES",
                                "api=shop/api:1, web=shop/web@sha256:" + "a".repeat(64),
                                "EPHEMERA_IMAGE_TAG",
                                "c0ffee"))
                .images();
        assertThat(images.byName())
                .containsEntry(new Key("api"), new ImageReference("shop/api:1"))
                .containsKey(new Key("web"));
        assertThat(images.tag()).contains("c0ffee");
    }

    @Test
    void pulumisConfigurationWinsOverTheEnvironment() {
        assertThat(read(Map.of("imageTag", "configured"), Map.of("EPHEMERA_IMAGE_TAG", "environment"))
                        .images()
                        .tag())
                .contains("configured");
    }

    @Test
    void aVariableThatIsSetToNothingCountsAsAbsent() {
        assertThat(read(Map.of(), Map.of("EPHEMERA_IMAGES", "", "EPHEMERA_IMAGE_TAG", " "))
                        .images()
                        .tag())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "Api=x", "api=Not An Image", "api=a,,", "apl=shop/api:1"})
    void refusesImagesInAnotherFormAndNamesTheVariable(String images) {
        assertThatThrownBy(() -> read(Map.of(), Map.of("EPHEMERA_IMAGES", images)))
                .hasMessageStartingWith("EPHEMERA_IMAGES: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-x", ".x", "a:b"})
    void refusesATagThatNoImageCanHave(String tag) {
        assertThatThrownBy(() -> read(Map.of(), Map.of("EPHEMERA_IMAGE_TAG", tag)))
                .hasMessageStartingWith("EPHEMERA_IMAGE_TAG: got \"" + tag);
    }

    @Test
    void refusesAnotherPullRequestThanTheStacks() {
        assertThatThrownBy(() -> read(Map.of(), Map.of("EPHEMERA_PULL_REQUEST", "13")))
                .hasMessageContaining("pull request 13, but the stack is pr-12");
        assertThat(read(Map.of(), Map.of("EPHEMERA_PULL_REQUEST", "12")).branch())
                .isEmpty();
    }

    @Test
    void refusesAnotherBranchThanTheStacks() {
        var environment = Map.of("EPHEMERA_BRANCH", "feat/a");
        var other = StackName.ofBranch("feat-a");
        assertThatThrownBy(() -> Deployment.read(other, SHOP, key -> Optional.empty(), environment))
                .hasMessageContaining("feat/a");
        assertThat(Deployment.read(StackName.ofBranch("feat/a"), SHOP, key -> Optional.empty(), environment)
                        .branch())
                .contains("feat/a");
    }
}
