package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.ContainerName;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.LastRun;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
    private static final StackName PR = new StackName("pr-12");
    private static final ApplicationSpec SHOP = ApplicationReader.read(Path.of("stacks"));

    private static final LastRun LAST = new LastRun(
            Map.of(ContainerName.of(new Key("web")), new ImageReference("shop/web:last")),
            Optional.of("of-last"),
            Optional.of("1a57000"));

    private static final Map<String, String> GITLAB = Map.of(
            "GITLAB_CI",
            "true",
            "CI_MERGE_REQUEST_IID",
            "12",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
            "of-gitlab",
            "CI_COMMIT_SHA",
            "c1c1c1c1");

    private static Deployment read(Map<String, String> configuration, Map<String, String> environment) {
        return read(PR, configuration, environment, LastRun.NONE);
    }

    private static Deployment read(
            StackName stack, Map<String, String> configuration, Map<String, String> environment, LastRun last) {
        return Deployment.read(stack, SHOP, key -> Optional.ofNullable(configuration.get(key)), environment, last);
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return more;
    }

    @Test
    void configurationWinsOverTheEnvironment() {
        var deployment = read(
                Map.of(
                        "imageTag",
                        "configured",
                        "branch",
                        "configured",
                        "commit",
                        "c0f0000",
                        "images",
                        "web=shop/web:c"),
                Map.of(
                        "EPHEMERA_IMAGE_TAG",
                        "environment",
                        "EPHEMERA_BRANCH",
                        "environment",
                        "EPHEMERA_COMMIT",
                        "e0e0e00",
                        "EPHEMERA_IMAGES",
                        "web=shop/web:e,api=shop/api:e"));
        assertThat(deployment.images().tag()).contains("configured");
        assertThat(deployment.branch()).contains("configured");
        assertThat(deployment.commit()).contains("c0f0000");
        assertThat(deployment.images().byName())
                .containsEntry(new Key("web"), new ImageReference("shop/web:c"))
                .containsEntry(new Key("api"), new ImageReference("shop/api:e"));
    }

    @Test
    void theEnvironmentWinsOverWhatTheCiSystemSets() {
        var deployment =
                read(Map.of(), with(with(GITLAB, "EPHEMERA_BRANCH", "environment"), "EPHEMERA_COMMIT", "e0e0e00"));
        assertThat(deployment.branch()).contains("environment");
        assertThat(deployment.commit()).contains("e0e0e00");
    }

    @Test
    void whatTheCiSystemSetsWinsOverWhatRanLast() {
        var deployment = read(PR, Map.of(), GITLAB, LAST);
        assertThat(deployment.branch()).contains("of-gitlab");
        assertThat(deployment.commit()).contains("c1c1c1c1");
    }

    @Test
    void theCiSystemsCommitIsNoTag() {
        var images = read(PR, Map.of(), GITLAB, LAST).images();
        assertThat(images.isGiven()).isFalse();
        assertThat(images.appliedTo(SHOP).workloads().get(new Key("api")).image())
                .isEqualTo(SHOP.workloads().get(new Key("api")).image());
    }

    @Test
    void aCiJobOfAnotherPullRequestSaysNothingOfThisStack() {
        var deployment = read(new StackName("pr-13"), Map.of(), GITLAB, LAST);
        assertThat(deployment.branch()).contains("of-last");
        assertThat(deployment.commit()).contains("1a57000");
    }

    @Test
    void withoutAnyOtherSourceWhatRanLastIsDeployedAgain() {
        var deployment = read(PR, Map.of(), Map.of(), LAST);
        assertThat(deployment.branch()).contains("of-last");
        assertThat(deployment.commit()).contains("1a57000");
        assertThat(deployment
                        .images()
                        .appliedTo(SHOP)
                        .workloads()
                        .get(new Key("web"))
                        .image())
                .isEqualTo(new ImageReference("shop/web:last"));
    }

    @Test
    void theLastCommitIsNotSaidOfOtherImages() {
        assertThat(read(PR, Map.of(), Map.of("EPHEMERA_IMAGE_TAG", "other"), LAST)
                        .commit())
                .isEmpty();
    }

    @Test
    void aStackThatHasNotBeenUpTakesTheFiles() {
        var deployment = read(Map.of(), Map.of());
        assertThat(deployment.images().appliedTo(SHOP)).isEqualTo(SHOP);
        assertThat(deployment.branch()).isEmpty();
        assertThat(deployment.commit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "C0FFEE0", "c0ffee", "v1.0"})
    void refusesACommitInAnotherForm(String commit) {
        assertThatThrownBy(() -> read(Map.of(), Map.of("EPHEMERA_COMMIT", commit)))
                .hasMessageStartingWith("EPHEMERA_COMMIT: got \"" + commit);
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
        assertThatThrownBy(() -> read(other, Map.of(), environment, LastRun.NONE))
                .hasMessageContaining("feat/a");
        assertThat(read(StackName.ofBranch("feat/a"), Map.of(), environment, LastRun.NONE)
                        .branch())
                .contains("feat/a");
    }
}
