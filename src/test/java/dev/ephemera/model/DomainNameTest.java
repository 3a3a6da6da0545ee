package dev.ephemera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.naming.OwnerMarks;
import org.junit.jupiter.api.Test;

class DomainNameTest {
    /** RFC 1035: 255 bytes with the lengths of its labels, so 253 characters. */
    private static final int LONGEST_WHOLE_NAME = 253;

    private static final String LABEL = "x".repeat(63);
    private static final String LONGEST = LABEL + "." + LABEL + "." + "x".repeat(51);

    @Test
    void theLongestZoneLeavesRoomForTheLongestHostAndItsOwnersRecord() {
        var zone = new DomainName(LONGEST);
        assertThat(OwnerMarks.recordName(LABEL + "." + zone)).hasSize(LONGEST_WHOLE_NAME);
    }

    @Test
    void aLongerOneIsRefused() {
        assertThatThrownBy(() -> new DomainName(LONGEST + "x")).hasMessageContaining("want a lower-case domain name");
    }
}
