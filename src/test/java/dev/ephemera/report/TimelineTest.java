package dev.ephemera.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.engine.Dependencies;
import dev.ephemera.engine.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Step ORDERS = step("aws:rds/instance:Instance::orders", 1, 11);
    private static final Step MIGRATE = step("kubernetes:batch/v1:Job::migrate", 11, 14);
    private static final Step SEED = step("kubernetes:batch/v1:Job::seed", 12, 15);
    private static final Step PATCH = step("kubernetes:apps/v1:DeploymentPatch::api-ready", 15, 16);
    private static final Dependencies NEEDS = new Dependencies(Map.of(
            MIGRATE.urn(), Set.of(ORDERS.urn()), SEED.urn(), Set.of(ORDERS.urn()), PATCH.urn(), Set.of(MIGRATE.urn())));

    private static Step step(String typeAndName, int begin, int end) {
        return new Step(
                "urn:pulumi:pr-7::shop::" + typeAndName,
                "create",
                Duration.ofSeconds(begin),
                Duration.ofSeconds(end),
                false);
    }

    private static String text(Step... steps) {
        return new Timeline(List.of(steps), NEEDS, Duration.ofSeconds(18)).text();
    }

    @Test
    void saysWhatCameAfterTheDatabaseAndCountsJobsSideBySideOnce() {
        assertThat(text(ORDERS, MIGRATE, SEED, PATCH))
                .contains("18.0 s in all; the provider returned database orders after 11.0 s")
                .contains("7.0 s from there to the end: 4.0 s of jobs, 3.0 s of everything else")
                .endsWith("begun after it without need of it: nothing");
    }

    @Test
    void namesWhatBeganAfterTheDatabaseAndDidNotNeedIt() {
        assertThat(text(ORDERS, step("kubernetes:core/v1:Service::web-service", 12, 13)))
                .endsWith("begun after it without need of it: web-service");
    }

    @Test
    void drawsEachStepWhereItWas() {
        assertThat(text(ORDERS, PATCH).lines().toList().get(0))
                .matches("orders +create +  ={22} +1\\.0 s  for  10\\.0 s");
    }

    @Test
    void anUpdateWithoutANewDatabaseSaysHowLongItTook() {
        assertThat(text(PATCH)).endsWith("18.0 s in all; no database was made");
    }
}
