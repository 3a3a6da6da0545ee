package dev.ephemera.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

class WaitTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final Cancellation cancellation = new Cancellation();
    private Operation operation;
    private int looks;

    @BeforeEach
    void makeTimeShort() throws Exception {
        var pace = new Pace(Files.writeString(folder.resolve("restore-time"), "1ms"));
        var aws = AwsClients.of(new AwsClients.Settings(
                URI.create("http://127.0.0.1:1"), "eu-west-1", AwsBasicCredentials.create("a", "b")));
        operation = new Operation(new Account(aws, "1", Map.of()), pace, cancellation, Duration.ZERO);
    }

    @Test
    void endsWhenTheWantedStateWasSeenThreeTimesInARow() {
        assertThat(until(
                        Set.of("available"),
                        "creating",
                        "available",
                        "creating",
                        "available",
                        "available",
                        "available"))
                .contains("available");
        assertThat(looks).isEqualTo(6);
    }

    @Test
    void goesOnWaitingThroughABaselineBackup() {
        assertThat(until(
                        Set.of("available", "storage-optimization"),
                        "backing-up",
                        "storage-optimization",
                        "available",
                        "available"))
                .contains("available");
    }

    @Test
    void endsAtAStateThatLeadsNowhere() {
        assertThatThrownBy(() -> until(Set.of("available"), "creating", "failed"))
                .hasMessage("unexpected state 'failed', wanted target 'available'");
    }

    @Test
    void endsWhenAThingWasGoneThreeTimesInARow() {
        assertThat(until(Set.of(), "creating", null, null, null)).isEmpty();
        assertThat(looks).isEqualTo(4);
    }

    @Test
    void givesUpOnAThingThatNeverAppears() {
        var nothing = new String[40];
        assertThatThrownBy(() -> until(Set.of("available"), nothing)).hasMessageStartingWith("couldn't find resource");
        assertThat(looks).isEqualTo(21);
    }

    @Test
    void endsAtItsDeadlineAndSaysWhatItSawLast() {
        var slow = new Wait(Duration.ZERO, Duration.ofHours(1), 3, Set.of("creating"), Set.of("available"));
        operation = new Operation(operation.account(), slowPace(), cancellation, Duration.ZERO);
        assertThatThrownBy(() -> slow.until(
                        operation,
                        new Deadline(Duration.ofMillis(50)),
                        () -> Optional.of("creating"),
                        Function.identity()))
                .hasMessage(
                        "timeout while waiting for state to become 'available' (last state: 'creating', timeout: 50ms)");
    }

    @Test
    void endsWhenItIsCancelled() {
        cancellation.cancel();
        assertThatThrownBy(() -> until(Set.of("available"), "creating")).hasMessage("context canceled");
        assertThat(looks).isZero();
    }

    @Test
    void shrinksAllWaitsByTheFactorThatMakesARestoreAsLongAsTold() throws Exception {
        var pace = new Pace(Files.writeString(folder.resolve("restore-time"), "20s"));
        assertThat(pace.scaled(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(15));
        assertThat(pace.scaled(Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(2500));
        Files.writeString(folder.resolve("restore-time"), "2s\n");
        assertThat(pace.scaled(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void hasAShortRestoreTimeWhereNobodyTellsOne() {
        assertThat(new Pace(folder.resolve("none")).scaled(Duration.ofSeconds(80)))
                .isEqualTo(Duration.ofMillis(400));
    }

    private Pace slowPace() {
        try {
            return new Pace(Files.writeString(folder.resolve("slow"), "60m"));
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private Optional<String> until(Set<String> target, String... answers) {
        Queue<Optional<String>> scripted = new ArrayDeque<>();
        for (var answer : answers) {
            scripted.add(Optional.ofNullable(answer));
        }
        var wait = new Wait(MINUTE, MINUTE, 3, Set.of("creating", "backing-up"), target);
        return wait.until(
                operation,
                new Deadline(MINUTE),
                () -> {
                    looks++;
                    return scripted.remove();
                },
                Function.identity());
    }
}
