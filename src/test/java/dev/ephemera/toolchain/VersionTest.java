package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @ParameterizedTest(name = "\"{0}\" says {1}")
    @CsvSource({
        "v3.259.0, 3.259.0",
        "3.259.0, 3.259.0",
        "Kubernetes v1.35.4, 1.35.4",
        "kwok version v0.8.0 go1.26.8 (linux/amd64), 0.8.0",
        "etcd Version: 3.6.16, 3.6.16",
        "go1.26.8, 1.26.8",
        "go1.27, 1.27.0",
        "v3.260.0-alpha.1758, 3.260.0",
        "Kubernetes v0.0.0-master+$Format:%H$, 0.0.0"
    })
    void isTheFirstOneInWhatAProgramPrints(String output, String version) {
        assertThat(Version.in(output)).map(Version::toString).contains(version);
    }

    @ParameterizedTest
    @CsvSource(value = {"''", "dev", "go version", "1"})
    void isAbsentWhereNoneIsPrinted(String output) {
        assertThat(Version.in(output)).isEmpty();
    }

    @ParameterizedTest(name = "{0} in place of {1}: {2}")
    @CsvSource({
        "3.259.0, 3.259.1, true", // an older patch of the same minor version does
        "3.260.0, 3.259.9, true",
        "3.258.9, 3.259.0, false",
        "4.0.0, 3.259.0, false",
        "2.999.0, 3.259.0, false"
    })
    void doesInPlaceOfAPinnedOneFromTheSameMinorVersionOn(String installed, String pinned, boolean does) {
        assertThat(Version.in(installed)
                        .orElseThrow()
                        .replaces(Version.in(pinned).orElseThrow()))
                .isEqualTo(does);
    }

    @Test
    void isOrderedByNumberAndNotByText() {
        assertThat(Version.in("1.9.10").orElseThrow())
                .isLessThan(Version.in("1.26.0").orElseThrow())
                .isGreaterThan(Version.in("1.9.9").orElseThrow());
    }
}
