package dev.ephemera.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordNamesTest {
    @ParameterizedTest(name = "\"{0}\" in zone {1} is {2}")
    @CsvSource({
        "pr-1, preview.example.com., pr-1.preview.example.com",
        "pr-1.preview.example.com, preview.example.com., pr-1.preview.example.com",
        "PR-1.Preview.Example.com., preview.example.com., pr-1.preview.example.com",
        "'', preview.example.com., preview.example.com",
        "preview.example.com, preview.example.com., preview.example.com",
        "notpreview.example.com, preview.example.com., notpreview.example.com.preview.example.com",
        "'\\052.preview.example.com.', preview.example.com., '*.preview.example.com'",
    })
    void aNameIsRelativeToItsZoneUnlessItEndsInIt(String name, String zone, String absolute) {
        assertThat(RecordNames.absolute(name, zone)).isEqualTo(absolute);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Z1_pr-1.preview.example.com_CNAME, Z1, pr-1.preview.example.com, CNAME",
        "Z1__ephemera.pr-1_TXT, Z1, _ephemera.pr-1, TXT",
        "Z1__A, Z1, '', A",
    })
    void anIdIsTakenApart(String id, String zone, String name, String type) {
        assertThat(RecordNames.Id.parse(id))
                .isEqualTo(new RecordNames.Id(zone, name, type))
                .hasToString(id);
    }

    @Test
    void anIdWithoutItsPartsIsRefused() {
        assertThatThrownBy(() -> RecordNames.Id.parse("pr-1.preview.example.com"))
                .hasMessageContaining("want ZONE_name_TYPE");
    }
}
