package dev.ephemera.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgeFileTest {
    @TempDir
    private Path directory;

    private ForgeFile forge;

    @BeforeEach
    void open() {
        forge = new ForgeFile(directory);
        forge.open(7);
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private String state(int number) throws IOException {
        for (var each : read(forge.file()).path("pullRequests")) {
            if (each.path("number").asInt() == number) {
                return each.path("state").asText();
            }
        }
        return "missing";
    }

    @Test
    void saysAtOnceWhatHasHappened() throws Exception {
        assertThat(state(7)).isEqualTo("open");
        var head = forge.head(7);
        forge.push(7);
        assertThat(forge.head(7)).hasSize(40).isNotEqualTo(head);
        forge.close(7);
        assertThat(state(7)).isEqualTo("closed");
        assertThat(forge.isOpen(7)).isFalse();
    }

    @Test
    void brokenAnswersLeaveTheSoundOneAlone() throws Exception {
        var partial = read(forge.partial(7));
        assertThat(partial.path("complete").asBoolean()).isFalse();
        assertThat(partial.path("pullRequests")).hasSize(1);
        assertThat(read(forge.partialAndTakenForWhole(7)).path("complete").asBoolean())
                .isTrue();
        var nonsense = forge.nonsense();
        assertThatThrownBy(() -> read(nonsense)).isInstanceOf(JacksonException.class);
        assertThat(state(7)).isEqualTo("open");
    }
}
