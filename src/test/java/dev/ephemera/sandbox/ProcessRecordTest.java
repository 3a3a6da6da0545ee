package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordTest {
    @TempDir
    Path directory;

    @Test
    void aRecordIsReadAsItWasWritten() throws Exception {
        var file = directory.resolve("moto");
        var record = new ProcessRecord(new ProcessIdentity(17, "boot:4711"), "abc");

        record.write(file);

        assertThat(ProcessRecord.read(file)).contains(record);
        assertThat(Files.list(directory)).containsExactly(file);
    }

    @Test
    void aRecordThatIsNotThereOrNotWholeIsNone() throws Exception {
        var file = directory.resolve("moto");
        assertThat(ProcessRecord.read(file)).isEmpty();

        for (var text : new String[] {"", "17", "17\nboot:4711", "x\nboot:4711\n\n"}) {
            Files.writeString(file, text);
            assertThat(ProcessRecord.read(file)).as(text).isEmpty();
        }
    }
}
