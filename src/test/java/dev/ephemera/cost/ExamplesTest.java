package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.model.AwsRegion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/cost.md to its own arithmetic, and the estimate to both. */
class ExamplesTest {
    private static final String NOT_KNOWN = "not known";

    @TempDir
    private Path scratch;

    static List<Examples.Example> examples() throws IOException {
        return Examples.all();
    }

    private Estimate estimate(Examples.Example example) throws IOException {
        return new Estimator(Examples.book(scratch), new AwsRegion("us-east-1")).estimate(example.stack());
    }

    @Test
    void thereIsOneForEachRule() throws IOException {
        assertThat(Examples.all()).hasSize(6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void eachLineCostsWhatTheArithmeticBesideItSays(Examples.Example example) throws IOException {
        var rows = example.rows().subList(0, example.rows().size() - 2);
        var lines = estimate(example).lines();
        assertThat(lines).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var line = lines.get(i);
            assertThat(List.of(line.resource(), line.item())).isEqualTo(row.subList(0, 2));
            assertThat(line.hourly())
                    .as(row.get(2))
                    .isEqualTo(
                            row.get(2).equals(NOT_KNOWN)
                                    ? Optional.empty()
                                    : Optional.of(Arithmetic.result(row.get(2))));
            assertThat(Stream.of(line.hourly(), line.asleepHourly())
                            .map(cost -> cost.map(Amount::toString).orElse("unknown")))
                    .as(line.item())
                    .isEqualTo(row.subList(3, 5));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void theSumIsOfTheLinesAndRoundedOnce(Examples.Example example) throws IOException {
        var rows = example.rows();
        var estimate = estimate(example);
        var hourly = estimate.hourly().orElseThrow();
        var asleep = estimate.asleepHourly().orElseThrow();
        assertThat(hourly)
                .isEqualTo(rows.stream()
                        .map(row -> row.get(2))
                        .filter(arithmetic -> !arithmetic.isEmpty() && !arithmetic.equals(NOT_KNOWN))
                        .map(Arithmetic::result)
                        .reduce(Amount.ZERO, Amount::plus));
        assertThat(rows.get(rows.size() - 2)).endsWith(hourly.toString(), asleep.toString());
        assertThat(rows.get(rows.size() - 1))
                .endsWith(
                        estimate.monthly().orElseThrow().rounded(2).toPlainString(),
                        asleep.times(PriceUnit.HOURS_OF_A_MONTH).rounded(2).toPlainString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void whatIsNotKnownAndWhatIsSharedIsWhatTheTextSays(Examples.Example example) throws IOException {
        var estimate = estimate(example);
        var said = new ArrayList<String>();
        estimate.unknown().forEach(each -> said.add("unknown: " + each));
        estimate.notCounted().forEach(each -> said.add("not counted: " + each));
        assertThat(estimate.isComplete()).isEqualTo(said.isEmpty());
        if (example.stack().isEmpty()) {
            estimate.shared()
                    .forEach(line -> said.add("shared: %s %s"
                            .formatted(
                                    line.item(),
                                    line.hourly().map(cost -> cost + " an hour").orElse("unknown"))));
        }
        assertThat(example.said()).isEqualTo(said);
    }
}
