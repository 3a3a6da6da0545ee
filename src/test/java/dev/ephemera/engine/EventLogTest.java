package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
    private static final String ORDERS =
            "urn:pulumi:pr-7::shop::ephemera:index:PreviewEnvironment$ephemera:index:SnapshotDatabase$aws:rds/instance:Instance::orders";

    private final AtomicLong clock = new AtomicLong();
    private final EventLog log = new EventLog(clock::get);

    private static String event(String kind, String operation, boolean custom) {
        return "{\"timestamp\":1,\"%s\":{\"metadata\":{\"op\":\"%s\",\"urn\":\"%s\",\"new\":{\"custom\":%s}}}}\n"
                .formatted(kind, operation, ORDERS, custom);
    }

    private void at(int second, String text) {
        clock.set(TimeUnit.SECONDS.toNanos(second));
        log.add(text);
    }

    @Test
    void aStepGoesFromTheArrivalOfItsFirstEventToThatOfItsLast(@TempDir Path directory) throws Exception {
        var file = Files.createFile(directory.resolve("events"));
        at(2, event("resourcePreEvent", "create", true));
        at(9, event("resOutputsEvent", "create", true));
        assertThat(log.follow(file, () -> true))
                .containsExactly(new Step(ORDERS, "create", Duration.ofSeconds(2), Duration.ofSeconds(9), false));
        var step = log.follow(file, () -> true).get(0);
        assertThat(step.name()).isEqualTo("orders");
        assertThat(step.type()).isEqualTo("aws:rds/instance:Instance");
    }

    @Test
    void aStepThatFailsSaysSoAndOneOfAComponentIsNone(@TempDir Path directory) throws Exception {
        var file = Files.createFile(directory.resolve("events"));
        at(1, event("resourcePreEvent", "create", true) + event("resourcePreEvent", "same", false));
        at(2, event("resOpFailedEvent", "create", true) + event("resOutputsEvent", "same", false));
        assertThat(log.follow(file, () -> true)).singleElement().matches(Step::failed);
    }

    @Test
    void aLineMayComeInPieces(@TempDir Path directory) throws Exception {
        var file = Files.createFile(directory.resolve("events"));
        var begin = event("resourcePreEvent", "create", true);
        at(1, begin.substring(0, 20));
        at(2, begin.substring(20));
        at(3, event("resOutputsEvent", "create", true));
        assertThat(log.follow(file, () -> true))
                .singleElement()
                .extracting(Step::begin)
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatThrownBy(() -> log.add("Updating (pr-7)\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no JSON");
    }
}
