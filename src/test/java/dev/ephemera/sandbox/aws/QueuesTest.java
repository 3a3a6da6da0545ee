package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.TestEngine.QUEUE;
import static dev.ephemera.sandbox.aws.TestEngine.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What an engine sees of SQS queues, with moto as AWS, which is asked itself what is there. */
@Tag("moto")
class QueuesTest {
    private static final String DEAD_LETTERS = "{\"deadLetterTargetArn\": \"%s\", \"maxReceiveCount\": 3}";

    private static TestCloud cloud;
    private static int count;

    private TestEngine engine;
    private String name;

    @BeforeAll
    static void start() {
        cloud = new TestCloud();
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @BeforeEach
    void connect() {
        engine = cloud.engine();
        name = "queue-" + ++count;
    }

    @AfterEach
    void disconnect() {
        engine.close();
    }

    private Map<String, String> attributes(String url) {
        return cloud.aws
                .sqs()
                .getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings();
    }

    private Map<String, String> tags(String url) {
        return cloud.aws.sqs().listQueueTags(request -> request.queueUrl(url)).tags();
    }

    private Map<String, Object> queue() {
        return Map.of("name", name);
    }

    @Test
    void livesAndDies() {
        var queue = engine.create(QUEUE, with(queue(), "visibilityTimeoutSeconds", 60, "tags", Map.of("a", "1")));
        assertThat(queue.id()).endsWith("/" + name);
        assertThat(attributes(queue.id())).containsEntry("VisibilityTimeout", "60");
        assertThat(tags(queue.id())).isEqualTo(Map.of("a", "1"));
        assertThat(engine.diff(queue, queue.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
        assertThat(engine.refresh(queue).orElseThrow().inputs()).isEqualTo(queue.inputs());
        assertThat(engine.importById(QUEUE, queue.id()).orElseThrow().plain().text("name"))
                .contains(name);
        engine.delete(queue);
        assertThatThrownBy(() -> attributes(queue.id())).isInstanceOf(QueueDoesNotExistException.class);
        assertThat(engine.refresh(queue)).isEmpty();
        engine.delete(queue);
    }

    @Test
    void isMadeWithTheOfficialProvidersCalls() {
        engine.create(QUEUE, queue());
        assertThat(cloud.forwarder.takeCalls().stream().map(RecordedCall::action))
                .containsExactly(
                        "CreateQueue",
                        "GetQueueAttributes",
                        "GetQueueAttributes",
                        "GetQueueAttributes",
                        "GetQueueAttributes",
                        "GetQueueAttributes",
                        "GetQueueAttributes",
                        "GetQueueAttributes",
                        "ListQueueTags");
    }

    @Test
    void changesInPlaceWhatSqsCanChange() {
        var queue = engine.create(QUEUE, with(queue(), "delaySeconds", 5, "tags", Map.of("a", "1", "b", "2")));
        var updated = engine.update(
                queue, with(queue.inputs(), "delaySeconds", 0, "maxMessageSize", 2048, "tags", Map.of("b", "3")));
        assertThat(updated.id()).isEqualTo(queue.id());
        assertThat(attributes(queue.id()))
                .containsEntry("DelaySeconds", "0")
                .containsEntry("MaximumMessageSize", "2048");
        assertThat(tags(queue.id())).isEqualTo(Map.of("b", "3"));
        assertThat(engine.diff(updated, updated.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void isAnotherQueueUnderAnotherNameOrInAnotherOrder() {
        var queue = engine.create(QUEUE, queue());
        assertThat(engine.diff(queue, with(queue.inputs(), "name", "other")).getReplacesList())
                .containsExactly("name");
        assertThat(engine.diff(queue, with(queue.inputs(), "name", "other.fifo", "fifoQueue", true))
                        .getReplacesList())
                .contains("fifoQueue");
    }

    @Test
    void keepsItsOrderWhereItIsFirstInFirstOut() {
        var queue = engine.create(
                QUEUE, Map.of("name", name + ".fifo", "fifoQueue", true, "contentBasedDeduplication", true));
        assertThat(attributes(queue.id()))
                .containsEntry("FifoQueue", "true")
                .containsEntry("ContentBasedDeduplication", "true");
        assertThat(engine.diff(queue, queue.inputs()).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void sendsWhatNobodyCanReadToAnother() {
        var deadLetters = engine.create(QUEUE, with(queue(), "name", name + "-dead"));
        var arn = deadLetters.plain().requiredText("arn");
        var queue = engine.create(QUEUE, with(queue(), "redrivePolicy", DEAD_LETTERS.formatted(arn)));
        assertThat(attributes(queue.id()).get("RedrivePolicy")).contains(arn);
        // The same in another spelling is the same.
        assertThat(engine.diff(
                                queue,
                                with(
                                        queue.inputs(),
                                        "redrivePolicy",
                                        DEAD_LETTERS.formatted(arn).replace(" ", "")))
                        .getChanges())
                .isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void withoutANameGetsOneFromTheProgram() {
        assertThat((String) Structs.decode(engine.check(QUEUE, Map.of()).getInputs())
                        .get("name"))
                .matches("db-[0-9a-f]{7}");
        assertThat((String) Structs.decode(
                                engine.check(QUEUE, Map.of("fifoQueue", true)).getInputs())
                        .get("name"))
                .matches("db-[0-9a-f]{7}\\.fifo");
    }

    @Test
    void refusesWhatSqsWouldAndWhatItDoesNotServe() {
        var faults = engine.check(
                        QUEUE,
                        Map.of(
                                "name",
                                "a.b",
                                "contentBasedDeduplication",
                                true,
                                "delaySeconds",
                                901,
                                "kmsMasterKeyId",
                                "alias/aws/sqs"))
                .getFailuresList();
        assertThat(faults.stream().map(CheckFailure::getProperty))
                .containsExactlyInAnyOrderElementsOf(
                        List.of("name", "contentBasedDeduplication", "delaySeconds", "kmsMasterKeyId"));
        assertThat(faults.toString())
                .contains("invalid queue name: a.b")
                .contains("in the range (0 - 900), got 901")
                .contains("property \\\"kmsMasterKeyId\\\" is not implemented in the sandbox");
    }
}
