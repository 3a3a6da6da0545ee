package com.example.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueTest {
    private static final EnvironmentNames NAMES = new EnvironmentNames(new ProjectName("mail"), new StackName("pr-7"));
    private static final Key LETTERS = new Key("letters");

    private final Declared engine = new Declared();

    @AfterEach
    void forgetTheDeployment() {
        PulumiTest.cleanup();
    }

    private void declare(QueueSpec spec) {
        var args = new Queue.Args(LETTERS, spec, NAMES, Output.of("mail-pr-7"));
        PulumiTest.withMocks(engine)
                .runTest(context -> new Queue("letters", args, ComponentResourceOptions.Empty))
                .throwOnError();
    }

    @Test
    void theQueueIsNamedAndMarkedAsTheEnvironments() {
        declare(new QueueSpec(Duration.ofHours(1), 30));
        assertThat(engine.only("aws:sqs/queue:Queue"))
                .containsEntry("name", NAMES.physical(LETTERS))
                .containsEntry("tags", NAMES.tags(LETTERS))
                .containsEntry("messageRetentionSeconds", 3600.0);
    }

    @Test
    void aSecretHoldsItsUrl() {
        declare(new QueueSpec(Duration.ofHours(1), 30));
        assertThat(engine.only("kubernetes:core/v1:Secret").get("stringData"))
                .isEqualTo(Map.of("url", "https://sqs.example.com/" + NAMES.physical(LETTERS)));
    }
}
