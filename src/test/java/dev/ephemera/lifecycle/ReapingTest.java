package dev.ephemera.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ephemera.lifecycle.Reaping.Bounds;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReapingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Bounds BOUNDS = new Bounds(10, false);
    private static final ProjectName SHOP = new ProjectName("shop");

    private static PullRequest open(long number) {
        return new PullRequest(number, true, "a".repeat(40), "feat/a", "ann", Set.of(), false);
    }

    private static PullRequests answer(long... open) {
        return new PullRequests(
                true, NOW, Arrays.stream(open).mapToObj(ReapingTest::open).toList());
    }

    private static Belonging database(String project, String stack) {
        return new Belonging(Kind.DATABASE, "shop-" + stack + "-orders", "id", project, stack, "available");
    }

    private static Reaping of(List<String> stacks, Belonging... belongings) {
        return new Reaping(SHOP, stacks, List.of(belongings));
    }

    @Test
    void whatIsOpenStaysAndWhatIsNotGoes() {
        assertThat(of(List.of("pr-12", "pr-13")).verdicts(answer(12, 14)))
                .containsExactly(
                        new Verdict("pr-12", Verdict.Action.KEEP, "stack", "pull request 12 is open"),
                        new Verdict("pr-13", Verdict.Action.DESTROY, "stack", "pull request 13 is not open"));
    }

    @Test
    void whatNoStackKnowsOfGoesTooWhenItsMarksAreExactlyOurs() {
        var verdicts = of(List.of(), database("shop", "pr-13"), database("shop-eu", "pr-14"), database("Shop", "pr-15"))
                .verdicts(answer(12));
        assertThat(verdicts).singleElement().satisfies(verdict -> {
            assertThat(verdict.action()).isEqualTo(Verdict.Action.DESTROY);
            assertThat(verdict.stack()).isEqualTo("pr-13");
            assertThat(verdict.found()).isEqualTo("RDS instance shop-pr-13-orders (available)");
        });
    }

    @Test
    void aNamespaceThatBorrowsOurLabelsUnderAnotherNameIsNobodysToTouch() {
        var names = new EnvironmentNames(SHOP, new StackName("pr-13"));
        var ours = new Belonging(Kind.NAMESPACE, names.namespace(), "id", "shop", "pr-13", "");
        var lookAlike = new Belonging(Kind.NAMESPACE, "production", "id", "shop", "pr-13", "");
        assertThat(of(List.of(), lookAlike).verdicts(answer(12))).isEmpty();
        assertThat(of(List.of(), ours).verdicts(answer(12))).hasSize(1);
    }

    @Test
    void namesThatNoPreviewHasAreReportedAndLeftAlone() {
        assertThat(of(List.of("production", "pr-007", "pr-0"), database("shop", "staging"))
                        .verdicts(answer(12)))
                .extracting(Verdict::stack, Verdict::action)
                .containsExactly(
                        tuple("pr-0", Verdict.Action.REPORT),
                        tuple("pr-007", Verdict.Action.REPORT),
                        tuple("production", Verdict.Action.REPORT),
                        tuple("staging", Verdict.Action.REPORT));
    }

    @Test
    void aBranchsEnvironmentStays() {
        var stack = StackName.ofBranch("hotfix/a").value();
        assertThat(of(List.of(stack)).verdicts(answer(12)))
                .singleElement()
                .extracting(Verdict::action)
                .isEqualTo(Verdict.Action.KEEP);
    }

    @Test
    void aWholeFreshAnswerIsBelieved() {
        assertThat(of(List.of("pr-12", "pr-13")).doubts(answer(12), NOW, BOUNDS))
                .isEmpty();
        assertThat(of(List.of("pr-12", "pr-13")).doubts(answer(12), NOW.plusSeconds(600), BOUNDS))
                .isEmpty();
    }

    @Test
    void anAnswerThatMayLackSomethingIsNot() {
        var reaping = of(List.of("pr-12", "pr-13"));
        assertThat(reaping.doubts(new PullRequests(false, NOW, List.of(open(12))), NOW, BOUNDS))
                .containsExactly("the forge's list is not complete");
        assertThat(reaping.doubts(answer(12), NOW.plusSeconds(601), BOUNDS)).hasSize(1);
        assertThat(reaping.doubts(answer(12), NOW.minusSeconds(61), BOUNDS)).hasSize(1);
        assertThat(reaping.doubts(answer(12, 12), NOW, BOUNDS))
                .containsExactly("the forge names pull request 12 twice");
        var closed = new PullRequest(14, false, "a".repeat(40), "b", "ann", Set.of(), false);
        assertThat(reaping.doubts(new PullRequests(true, NOW, List.of(open(12), closed)), NOW, BOUNDS))
                .hasSize(1);
    }

    @Test
    void anEmptyAnswerIsBelievedOnlyWhereNothingLivesOrItIsSaid() {
        assertThat(of(List.of()).doubts(answer(), NOW, BOUNDS)).isEmpty();
        assertThat(of(List.of("pr-13")).doubts(answer(), NOW, BOUNDS)).hasSize(1);
        assertThat(of(List.of("pr-13")).doubts(answer(), NOW, new Bounds(10, true)))
                .isEmpty();
    }

    @Test
    void moreThanTheBoundIsNoneAtAll() {
        var stacks = new ArrayList<String>();
        LongStream.rangeClosed(1, 11).forEach(number -> stacks.add("pr-" + number));
        assertThat(of(stacks).doubts(answer(12), NOW, BOUNDS))
                .containsExactly("11 environments would be destroyed, want 10 at most: say --most 11 if that is so");
        assertThat(of(stacks).doubts(answer(1), NOW, BOUNDS)).isEmpty();
    }
}
