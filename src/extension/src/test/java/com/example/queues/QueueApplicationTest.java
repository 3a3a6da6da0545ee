package com.example.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.EntryName;
import dev.ephemera.model.ObjectName;
import dev.ephemera.model.Variable;
import dev.ephemera.model.VariableName;
import dev.ephemera.naming.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueApplicationTest {
    private static final Path STACKS = Path.of("stacks");

    @Test
    void thePreviewsQueueKeepsMessagesForAnHour() {
        assertThat(ApplicationReader.read(STACKS, QueueApplication.class).queues())
                .isEqualTo(Map.of(new Key("letters"), new QueueSpec(Duration.ofHours(1), 30)));
    }

    @Test
    void aConsumerIsAWorkloadThatWaitsForItsQueuesUrl() {
        var mailer = ApplicationReader.read(STACKS, QueueApplication.class)
                .running()
                .workloads()
                .get(new Key("mailer"));
        assertThat(mailer.pod().container().env())
                .containsEntry(
                        new VariableName("QUEUE_URL"),
                        new Variable.OfSecret(new ObjectName("letters"), new EntryName("url")));
    }

    @Test
    void faultsAreToldLikeTheKits(@TempDir Path stacks) throws Exception {
        var faulty = Files.readString(STACKS.resolve("application.yaml"))
                .replace("retention: 7d", "retention: 337h")
                .replace("queue: letters", "queue: leters");
        Files.writeString(stacks.resolve("application.yaml"), faulty);
        assertThatThrownBy(() -> ApplicationReader.read(stacks, QueueApplication.class))
                .hasMessageContaining(
                        "application.yaml:9: queues.letters: got a retention of 337 hours, want 14 days at most")
                .hasMessageContaining(
                        "consumers.mailer.queue: got \"leters\", want one of queues: did you mean \"letters\"?");
    }
}
