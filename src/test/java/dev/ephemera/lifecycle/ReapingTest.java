package dev.ephemera.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ephemera.lifecycle.Reaping.Bounds;
import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.model.LifetimeSpec;
import dev.ephemera.model.OfficeHours;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import dev.ephemera.model.SleepSpec;
import dev.ephemera.model.StackTags;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReapingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final Bounds BOUNDS = new Bounds(10, false);
    private static final Reaping.Rules ENDLESS = new Reaping.Rules(LifetimeSpec.UNLIMITED, Optional.empty());
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
        return new Reaping(
                SHOP,
                stacks.stream().collect(Collectors.toMap(stack -> stack, stack -> StackTags.NONE)),
                List.of(belongings),
                ENDLESS);
    }

    @Test
    void whatIsOpenStaysAndWhatIsNotGoes() {
        assertThat(of(List.of("pr-12", "pr-13")).verdicts(answer(12, 14), NOW))
                .containsExactly(
                        new Verdict("pr-12", Verdict.Action.KEEP, "stack", "pull request 12 is open"),
                        new Verdict("pr-13", Verdict.Action.DESTROY, "stack", "pull request 13 is not open"));
    }

    @Test
    void whatNoStackKnowsOfGoesTooWhenItsMarksAreExactlyOurs() {
        var verdicts = of(List.of(), database("shop", "pr-13"), database("shop-eu", "pr-14"), database("Shop", "pr-15"))
                .verdicts(answer(12), NOW);
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
        assertThat(of(List.of(), lookAlike).verdicts(answer(12), NOW)).isEmpty();
        assertThat(of(List.of(), ours).verdicts(answer(12), NOW)).hasSize(1);
    }

    @Test
    void namesThatNoPreviewHasAreReportedAndLeftAlone() {
        assertThat(of(List.of("production", "pr-007", "pr-0"), database("shop", "staging"))
                        .verdicts(answer(12), NOW))
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
        assertThat(of(List.of(stack)).verdicts(answer(12), NOW))
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

    private static Reaping tagged(Reaping.Rules rules, String stack, StackTags tags, Belonging... belongings) {
        return new Reaping(SHOP, Map.of(stack, tags), List.of(belongings), rules);
    }

    private static final Reaping.Rules THREE_DAYS = new Reaping.Rules(
            new LifetimeSpec(Optional.of(Duration.ofDays(3)), Optional.empty(), Optional.empty()), Optional.empty());

    private static StackTags activeAt(Instant instant) {
        return new StackTags(Map.of(StackTags.LAST_ACTIVITY, instant.toString()));
    }

    @Test
    void whoseTimeIsOverGoesThoughItsPullRequestIsOpenAndABranchsToo() {
        for (var stack : List.of("pr-12", "br-hotfix-aaaaaaaaaaaa")) {
            var old = tagged(THREE_DAYS, stack, activeAt(NOW.minus(Duration.ofDays(3))))
                    .verdicts(answer(12), NOW);
            assertThat(old).singleElement().satisfies(verdict -> {
                assertThat(verdict.action()).isEqualTo(Verdict.Action.DESTROY);
                assertThat(verdict.reason())
                        .isEqualTo(
                                "its time was over at 2026-11-24T10:00:00Z: nothing happened since 2026-11-21T10:00:00Z");
            });
            assertThat(tagged(THREE_DAYS, stack, activeAt(NOW)).verdicts(answer(12), NOW))
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.reason()).endsWith(", ends at 2026-11-27T10:00:00Z"));
        }
    }

    @Test
    void aLabelOfItsPullRequestKeepsIt() {
        var pinned =
                new PullRequest(12, true, "a".repeat(40), "feat/a", "ann", Set.of("preview:until-2026-12-24"), false);
        assertThat(tagged(THREE_DAYS, "pr-12", activeAt(NOW.minus(Duration.ofDays(9))))
                        .verdicts(new PullRequests(true, NOW, List.of(pinned)), NOW))
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.KEEP);
    }

    @Test
    void outsideTheHoursItSleepsAndWhoeverIsNotOpenGoesAllTheSame() {
        var rules = new Reaping.Rules(
                LifetimeSpec.UNLIMITED,
                Optional.of(new SleepSpec(new OfficeHours("Sat 00:00-01:00"), ZoneId.of("UTC"), List.of())));
        var awake = activeAt(NOW.minus(Duration.ofHours(2)));
        assertThat(tagged(rules, "pr-12", awake).verdicts(answer(12), NOW))
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.SLEEP);
        assertThat(tagged(rules, "pr-12", awake).verdicts(answer(13), NOW))
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.DESTROY);
        var asleep = awake.with(
                StackTags.ASLEEP_SINCE, NOW.minus(Duration.ofHours(1)).toString());
        assertThat(tagged(rules, "pr-12", asleep).verdicts(answer(12), NOW))
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.KEEP);
        assertThat(tagged(rules, "pr-12", asleep, database("shop", "pr-12")).verdicts(answer(12), NOW))
                .as("AWS has started its database")
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.SLEEP);
        assertThat(tagged(rules, "pr-12", asleep, database("shop-eu", "pr-12")).verdicts(answer(12), NOW))
                .as("another project's database")
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.KEEP);
    }
}
