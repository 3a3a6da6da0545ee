package dev.ephemera.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultReportTest {
    private static final Pattern TAG = Pattern.compile("Tag\\(\"(fault-[0-9]+)\"\\)");

    @Test
    void eachFaultHasATestAgainstTheRealEngine() throws IOException {
        var tags = new TreeSet<String>();
        try (var tests = Files.walk(Path.of("src/test/java/dev/ephemera/engine"))) {
            tests.filter(file -> file.toString().endsWith("EngineTest.java"))
                    .forEach(file -> TAG.matcher(text(file)).results().forEach(found -> tags.add(found.group(1))));
        }
        assertThat(tags)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, FaultReport.FAULTS)
                        .mapToObj(number -> "%s%02d".formatted(FaultReport.TAG, number))
                        .toList());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
