package dev.ephemera.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.chaos.Plan.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final int ROUNDS = 200;

    private static List<Plan> plans(long seed) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(round -> Plan.of(seed, round))
                .toList();
    }

    private static List<Step> steps() {
        return plans(1).stream()
                .flatMap(plan -> plan.lives().stream())
                .flatMap(life -> life.steps().stream())
                .toList();
    }

    @Test
    void aSeedGivesTheSameLivesAndFaultsAgainAndAnotherOneOthers() {
        assertThat(plans(1)).isEqualTo(plans(1)).isNotEqualTo(plans(2));
    }

    @Test
    void eachRoundHasFaultsOfItsOwn() {
        assertThat(plans(1)).doesNotHaveDuplicates();
    }

    @Test
    void aLifeBeginsWithItsOpeningAndOnlyWhatIsClosedIsReopened() {
        for (var plan : plans(1)) {
            for (var life : plan.lives()) {
                assertThat(life.steps().get(0).event()).isEqualTo(Event.OPEN);
                var open = false;
                for (var step : life.steps()) {
                    var wantsAClosedOne = step.event() == Event.OPEN || step.event() == Event.REOPEN;
                    if (step.event() != Event.REAP) {
                        assertThat(open).as("%s in %s", step, life).isEqualTo(!wantsAClosedOne);
                    }
                    open = (open || wantsAClosedOne)
                            && step.event() != Event.CLOSE
                            && step.fault().filter(Fault.CLOSE_LOST::equals).isEmpty();
                }
            }
        }
    }

    @Test
    void aFaultComesOnlyWhereItCanHit() {
        assertThat(steps())
                .allMatch(step -> step.fault()
                        .filter(fault -> !fault.canHit(step.event()))
                        .isEmpty());
    }

    @Test
    void aLongRunHasEachKindOfFaultAndEachEventOftenAndManyInsideARestore() {
        for (var fault : EnumSet.allOf(Fault.class)) {
            assertThat(steps().stream().filter(step -> step.fault().stream().anyMatch(fault::equals)))
                    .as(fault.description())
                    .hasSizeGreaterThan(30);
        }
        for (var event : EnumSet.allOf(Event.class)) {
            assertThat(steps().stream().filter(step -> step.event() == event))
                    .as(event.name())
                    .hasSizeGreaterThan(20);
        }
        assertThat(steps().stream().filter(Step::insideARestore)).hasSizeGreaterThan(100);
    }
}
