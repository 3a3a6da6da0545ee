package dev.ephemera.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {
    private static final Key ORDERS = new Key("orders");
    private static final Key WEB = new Key("web");

    private static EnvironmentNames names(String project, String stack) {
        return new EnvironmentNames(new ProjectName(project), new StackName(stack));
    }

    @Test
    void aPhysicalNameReadsAsProjectStackAndKey() {
        assertThat(names("shop", "pr-123").physical(ORDERS)).matches("shop-pr-123-orders-[a-z2-7]{12}");
        assertThat(names("shop", "pr-123").namespace()).matches("shop-pr-123-[a-z2-7]{12}");
    }

    @Test
    void namesDoNotChangeFromReleaseToRelease() {
        assertThat(names("shop", "pr-123").physical(ORDERS)).isEqualTo("shop-pr-123-orders-jfp6knnru43l");
        assertThat(names("shop", "pr-123").namespace()).isEqualTo("shop-pr-123-35b2ycttdiuv");
    }

    @Test
    void movingTheBoundaryBetweenProjectAndStackGivesAnotherName() {
        var stack = StackName.ofBranch("x").value();
        assertThat(ShortHash.of("shop", "eu-" + stack)).isNotEqualTo(ShortHash.of("shop-eu", stack));
        assertThat(names("shop", "pr-1").physical(new Key("a-b")))
                .isNotEqualTo(names("shop", "pr-1").physical(new Key("ab")));
    }

    @Test
    void namesAvoidTheBeginningsThatOthersKeepForThemselves() {
        for (var project : List.of("sg-shop", "kube-system", "7up", "...", "_x")) {
            assertThat(names(project, "pr-1").physical(ORDERS)).matches("(?!sg-|kube-)[a-z].*");
        }
    }

    @Test
    void everyNameIsLegalForRdsAndNoTwoAgree() {
        var random = new Random(11);
        var seen = new HashMap<String, String>();
        for (int i = 0; i < 50_000; i++) {
            var project = AwkwardText.project(random);
            var stack = random.nextBoolean()
                    ? StackName.ofPullRequest(random.nextInt(1, 40))
                    : StackName.ofBranch(AwkwardText.next(random, 1, 250));
            var key = AwkwardText.key(random);
            var name = new EnvironmentNames(new ProjectName(project), stack).physical(key);
            assertThat(name).hasSizeLessThanOrEqualTo(63).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
            var tuple = project + "\n" + stack + "\n" + key;
            var earlier = seen.put(name, tuple);
            assertThat(earlier == null || earlier.equals(tuple))
                    .as("%s and %s", earlier, tuple)
                    .isTrue();
        }
    }

    @Test
    void thePrimaryWorkloadHasTheStacksOwnHostAndTheOthersTheirsBehindIt() {
        assertThat(names("shop", "pr-123").hostLabel(Optional.empty(), false)).isEqualTo("pr-123");
        assertThat(names("shop", "pr-123").hostLabel(Optional.of(WEB), false)).isEqualTo("pr-123--web");
    }

    @Test
    void inASharedZoneTheHostCarriesTheProject() {
        assertThat(names("shop", "pr-123").hostLabel(Optional.empty(), true)).isEqualTo("pr-123--shop");
        assertThat(names("shop", "pr-123").hostLabel(Optional.of(WEB), true)).isEqualTo("pr-123--web--shop");
    }

    @Test
    void aProjectThatIsNoHostPartIsNotMistakenForOneThatIs() {
        var dotted = names("my.shop", "pr-1").hostLabel(Optional.empty(), true);
        assertThat(dotted)
                .startsWith("pr-1--my-shop-")
                .isNotEqualTo(names("my-shop", "pr-1").hostLabel(Optional.empty(), true));
        assertThat(names("a--b", "pr-1").hostLabel(Optional.empty(), true))
                .isNotEqualTo(names("b", "pr-1").hostLabel(Optional.of(new Key("a")), true));
    }

    @Test
    void aHostTooLongForALabelKeepsItsBeginningAndAHash() {
        var stack = StackName.ofBranch("a-branch-with-a-rather-long-name").value();
        var label = names("shop", stack).hostLabel(Optional.of(new Key("a-workload-with-a-long-name")), true);
        assertThat(label)
                .hasSizeLessThanOrEqualTo(63)
                .startsWith("br-a-branch-with")
                .matches(".*-[a-z2-7]{12}");
    }

    @Test
    void ownerMarksNameProjectStackAndKeyExactly() {
        assertThat(names("Shop.EU", "pr-1").tags(ORDERS))
                .containsEntry("ephemera:project", "Shop.EU")
                .containsEntry("ephemera:stack", "pr-1")
                .containsEntry("ephemera:key", "orders");
        assertThat(names("shop", "pr-1").labels(WEB))
                .containsEntry("ephemera.dev/project", "shop")
                .containsEntry("ephemera.dev/stack", "pr-1")
                .containsEntry("app.kubernetes.io/name", "web")
                .containsEntry("app.kubernetes.io/managed-by", "ephemera");
    }

    @Test
    void aProjectTooLongForALabelValueIsCutAndHashedThere() {
        var labels = names("x".repeat(100), "pr-1").labels();
        assertThat(labels.get("ephemera.dev/project"))
                .hasSizeLessThanOrEqualTo(63)
                .startsWith("xxx");
        assertThat(labels.get("ephemera.dev/project"))
                .isNotEqualTo(names("x".repeat(99), "pr-1").labels().get("ephemera.dev/project"));
    }
}
