package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxOptionsTest {

    @Test
    void whatFollowsTheFirstWordBelongsToTheCommand() {
        var options = parse("--restore-time", "20s", "pulumi", "--stop", "--restore-time", "1s");

        assertThat(options.action()).isEqualTo(SandboxOptions.Action.RUN);
        assertThat(options.count()).isEqualTo(2);
        assertThat(options.hasCommand()).isTrue();
        assertThat(options.restoreTime()).contains(Duration.ofSeconds(20));
    }

    @Test
    void withoutArgumentsItOnlyStarts() {
        var options = parse();

        assertThat(options.action()).isEqualTo(SandboxOptions.Action.RUN);
        assertThat(options.hasCommand()).isFalse();
        assertThat(options.restoreTime()).isEmpty();
        assertThat(options.ownCluster()).isFalse();
        assertThat(options.officialProvider()).isFalse();
    }

    @Test
    void twoHyphensEndTheOptions() {
        var options = parse("--", "--odd-command");

        assertThat(options.count()).isEqualTo(1);
        assertThat(options.hasCommand()).isTrue();
    }

    @Test
    void aResetMayBeFollowedByACommand() {
        var options = parse("--reset", "--kubernetes=mine", "--aws-provider=official", "pulumi", "up");

        assertThat(options.action()).isEqualTo(SandboxOptions.Action.RESET);
        assertThat(options.ownCluster()).isTrue();
        assertThat(options.officialProvider()).isTrue();
        assertThat(options.count()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} is {1} ms")
    @CsvSource({"0s, 0", "500ms, 500", "20s, 20000", "5m, 300000", "120m, 7200000"})
    void readsARestoreTime(String text, long millis) {
        assertThat(parse("--restore-time=" + text).restoreTime()).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest(name = "\"{0}\" is refused with what would do")
    @ValueSource(strings = {"", "20", "-1s", "1.5s", "20 s", "1h", "121m", "999999s", "s"})
    void refusesARestoreTimeThatIsNone(String text) {
        assertThatThrownBy(() -> parse("--restore-time", text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("got \"" + text + "\"")
                .hasMessageContaining("20s")
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.USAGE);
    }

    @ParameterizedTest(name = "{0} is refused by name")
    @ValueSource(
            strings = {
                "--rest",
                "--stop=now",
                "--kubernetes",
                "--kubernetes=yours",
                "--aws-provider=",
                "-x",
                "--restore-time"
            })
    void refusesWhatItDoesNotKnow(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(argument)
                .hasMessageContaining("ci/sandbox --help");
    }

    @Test
    void refusesTwoThingsAtOnce() {
        assertThatThrownBy(() -> parse("--stop", "--reset")).hasMessageContaining("--reset");
        assertThatThrownBy(() -> parse("--stop", "true")).hasMessageContaining("--stop, got true");
    }

    private static SandboxOptions parse(String... arguments) {
        return SandboxOptions.parse(List.of(arguments));
    }
}
