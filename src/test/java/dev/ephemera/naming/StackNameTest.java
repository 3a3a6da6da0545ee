package dev.ephemera.naming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackNameTest {
    @Test
    void thePullRequestsNumberIsInTheStacksName() {
        assertThat(StackName.ofPullRequest(123)).isEqualTo(new StackName("pr-123"));
        assertThat(new StackName("pr-123").pullRequest()).isEqualTo(OptionalLong.of(123));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "production",
                "pr-0",
                "pr-007",
                "pr-",
                "pr-1x",
                "PR-1",
                "pr--1",
                "pr-1234567890123456",
                "br-feat",
                "",
                "br-feat-abc",
                "br--aaaaaaaaaaaa",
                "br-Feat-aaaaaaaaaaaa",
                "br-feat-aaaaaaaaaaa1",
                "../x",
                "pr-1\n"
            })
    void refusesWhatIsNoPreviewAndSaysWhatWouldDo(String name) {
        assertThatThrownBy(() -> new StackName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"")
                .hasMessageContaining("pr-<number>");
    }

    @Test
    void aBranchsStackSaysTheBranchAndCarriesItsHash() {
        assertThat(StackName.ofBranch("feature/Checkout.v2").value()).matches("br-feature-checkout-v2-[a-z2-7]{12}");
        assertThat(StackName.ofBranch("feature/Checkout.v2").pullRequest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"feat/a", "feat-a", "feat_a", "Feat/A", "pr-12", "br-x", "日本語", "-rf", "$(touch x)", "--help"})
    void everyBranchHasAStackThatParsesBack(String branch) {
        var stack = StackName.ofBranch(branch);
        assertThat(new StackName(stack.value())).isEqualTo(stack);
    }

    @Test
    void aBranchWithoutALetterOrDigitStillHasAStack() {
        assertThat(StackName.ofBranch("日本語").value()).startsWith("br-branch-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void refusesAnEmptyBranch(String branch) {
        assertThatThrownBy(() -> StackName.ofBranch(branch)).hasMessageContaining("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD800", "\uDC00a", "\uDE00\uD83D"})
    void refusesHalfOfASurrogatePairBecauseAllHalvesWouldHaveOneStack(String branch) {
        assertThatThrownBy(() -> StackName.ofBranch(branch)).hasMessageContaining("surrogate");
        assertThat(StackName.ofBranch("a\uD83D\uDE00")).isNotEqualTo(StackName.ofBranch("a\uD83D\uDE01"));
    }

    @Test
    void branchesThatDifferHaveStacksThatDiffer() {
        var random = new Random(7);
        var seen = new HashMap<StackName, String>();
        for (int i = 0; i < 50_000; i++) {
            var branch = AwkwardText.next(random, 1, 250);
            var earlier = seen.put(StackName.ofBranch(branch), branch);
            assertThat(earlier == null || earlier.equals(branch))
                    .as("%s and %s", earlier, branch)
                    .isTrue();
        }
    }
}
