package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Property.flag;
import static dev.ephemera.sandbox.aws.Property.map;
import static dev.ephemera.sandbox.aws.Property.number;
import static dev.ephemera.sandbox.aws.Property.text;

import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueueTagsRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.TagQueueRequest;
import software.amazon.awssdk.services.sqs.model.UntagQueueRequest;

/** SQS queues, standard and FIFO; a queue's id is its URL. Keys of KMS are refused by name. */
final class Queues implements ResourceKind {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Wait UNTIL_PROPAGATED =
            new Wait(Duration.ZERO, Duration.ofSeconds(5), 6, Set.of("notequal"), Set.of("equal"));
    private static final Wait UNTIL_GONE =
            new Wait(Duration.ZERO, Duration.ofSeconds(3), 15, Set.of("exists"), Set.of());
    private static final String FIFO = ".fifo";
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-]{1,80}");
    private static final Pattern FIFO_NAME = Pattern.compile("[0-9A-Za-z_-]{1,75}\\.fifo");

    private static final Schema SCHEMA = Schema.of(
            "aws:sqs/queue:Queue",
            Set.of("kmsDataKeyReusePeriodSeconds", "kmsMasterKeyId", "redriveAllowPolicy"),
            flag("contentBasedDeduplication").or(false),
            text("deduplicationScope").orComputed(),
            number("delaySeconds").or(0),
            flag("fifoQueue").or(false).replacing(),
            text("fifoThroughputLimit").orComputed(),
            number("maxMessageSize").or(262_144),
            number("messageRetentionSeconds").or(345_600),
            text("name").orComputed().replacing(),
            text("namePrefix").orComputed().replacing(),
            text("policy").orComputed(),
            number("receiveWaitTimeSeconds").or(0),
            text("redrivePolicy").orComputed(),
            flag("sqsManagedSseEnabled").orComputed(),
            map("tags"),
            number("visibilityTimeoutSeconds").or(30),
            text("arn").onlyOutput(),
            map("tagsAll").onlyOutput(),
            text("url").onlyOutput());

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public Properties complete(String name, Properties inputs, Properties previous) {
        return inputs.has("name") || inputs.has("namePrefix")
                ? inputs
                : inputs.with(
                        "name",
                        previous.text("name")
                                .orElseGet(() -> UniqueNames.from(name) + (inputs.flag("fifoQueue") ? FIFO : "")));
    }

    @Override
    public List<Fault> faults(Properties inputs) {
        var faults = new ArrayList<Fault>();
        var isFifo = inputs.flag("fifoQueue");
        inputs.text("name")
                .filter(name -> !(isFifo ? FIFO_NAME : NAME).matcher(name).matches())
                .ifPresent(name -> faults.add(new Fault("name", "invalid queue name: " + name)));
        if (inputs.flag("contentBasedDeduplication") && !isFifo && !inputs.isUnknown("fifoQueue")) {
            faults.add(new Fault(
                    "contentBasedDeduplication", "content-based deduplication can only be set for FIFO queue"));
        }
        range(inputs, "delaySeconds", 0, 900, faults);
        range(inputs, "maxMessageSize", 1024, 262_144, faults);
        range(inputs, "messageRetentionSeconds", 60, 1_209_600, faults);
        range(inputs, "visibilityTimeoutSeconds", 0, 43_200, faults);
        return faults;
    }

    private static void range(Properties inputs, String name, int least, int most, List<Fault> faults) {
        inputs.numberEvenZero(name)
                .filter(number -> number < least || number > most)
                .ifPresent(number -> faults.add(new Fault(
                        name,
                        "expected %s to be in the range (%d - %d), got %d".formatted(name, least, most, number))));
    }

    @Override
    public boolean isSame(Property property, Object actual, Object wanted, Properties olds, Properties news) {
        return QueueAttributes.isDocument(property.name())
                ? Json.parse(actual.toString()).equals(Json.parse(wanted.toString()))
                : ResourceKind.super.isSame(property, actual, wanted, olds, news);
    }

    @Override
    public Resource create(Operation operation, Properties inputs) {
        var name = inputs.text("name")
                .orElseGet(() -> UniqueNames.after(inputs.text("namePrefix").orElse("terraform-"))
                        + (inputs.flag("fifoQueue") ? FIFO : ""));
        var attributes = QueueAttributes.ofNew(inputs);
        var request = CreateQueueRequest.builder()
                .queueName(name)
                .attributes(attributes)
                .tags(inputs.textMap("tags"))
                .build();
        var url = about(
                "creating SQS Queue (" + name + ")",
                () -> AwsClients.call(
                                "SQS: CreateQueue", () -> operation.aws().sqs().createQueue(request))
                        .queueUrl());
        try {
            about(
                    "waiting for SQS Queue (" + url + ") attributes create",
                    () -> awaitAttributes(operation, url, attributes));
            return new Resource(url, outputs(operation, url, inputs));
        } catch (Failure failure) {
            var made = inputs.with("name", name).with("url", url).with("tagsAll", inputs.textMap("tags"));
            throw new HalfMade(url, made, String.valueOf(failure.getMessage()), failure);
        }
    }

    @Override
    public Optional<Resource> read(Operation operation, String id, Properties known) {
        return about("reading SQS Queue (" + id + ")", () -> find(operation, id))
                .map(attributes -> new Resource(id, outputs(operation, id, attributes, known)));
    }

    @Override
    public Properties update(Operation operation, String id, Plan plan) {
        if (plan.changes("tags")) {
            about("updating tags for SQS Queue (" + id + ")", () -> {
                updateTags(
                        operation,
                        id,
                        TagChange.between(
                                plan.olds().textMap("tags"), plan.wanted().textMap("tags")));
                return Optional.empty();
            });
        }
        if (plan.changesOtherThan(Set.of("tags"))) {
            var attributes = QueueAttributes.ofChanged(plan);
            about(
                    "updating SQS Queue (" + id + ") attributes",
                    () -> AwsClients.call(
                            "SQS: SetQueueAttributes",
                            () -> operation
                                    .aws()
                                    .sqs()
                                    .setQueueAttributes(SetQueueAttributesRequest.builder()
                                            .queueUrl(id)
                                            .attributes(attributes)
                                            .build())));
            about(
                    "waiting for SQS Queue (" + id + ") attributes update",
                    () -> awaitAttributes(operation, id, attributes));
        }
        return outputs(operation, id, plan.wanted());
    }

    @Override
    public void delete(Operation operation, String id, Properties known) {
        var existed = about("deleting SQS Queue (" + id + ")", () -> askToDelete(operation, id));
        if (existed) {
            about(
                    "waiting for SQS Queue (" + id + ") delete",
                    () -> UNTIL_GONE.until(
                            operation, operation.deadline(LIMIT), () -> find(operation, id), queue -> "exists"));
        }
    }

    private static boolean askToDelete(Operation operation, String url) {
        try {
            AwsClients.call(
                    "SQS: DeleteQueue",
                    () -> operation
                            .aws()
                            .sqs()
                            .deleteQueue(
                                    DeleteQueueRequest.builder().queueUrl(url).build()));
            return true;
        } catch (AwsFailure failure) {
            if (isGone(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static Optional<?> awaitAttributes(
            Operation operation, String url, Map<QueueAttributeName, String> expected) {
        return UNTIL_PROPAGATED.until(
                operation,
                operation.deadline(LIMIT),
                () -> find(operation, url),
                attributes -> QueueAttributes.holds(attributes, expected) ? "equal" : "notequal");
    }

    private static Properties outputs(Operation operation, String url, Properties known) {
        var attributes = about(
                "reading SQS Queue (" + url + ")",
                () -> find(operation, url).orElseThrow(() -> new WaitFailure("couldn't find resource")));
        return outputs(operation, url, attributes, known);
    }

    private static Properties outputs(
            Operation operation, String url, Map<QueueAttributeName, String> attributes, Properties known) {
        var outputs = QueueAttributes.outputs(SCHEMA, attributes);
        outputs.put("name", url.substring(url.lastIndexOf('/') + 1));
        outputs.put("namePrefix", known.text("namePrefix").orElse(""));
        outputs.put("url", url);
        var tags = about("listing tags for SQS Queue (" + url + ")", () -> tags(operation, url));
        if (!tags.isEmpty()) {
            outputs.put("tags", tags);
        }
        outputs.put("tagsAll", tags);
        return Properties.of(outputs);
    }

    private static Optional<Map<QueueAttributeName, String>> find(Operation operation, String url) {
        try {
            return Optional.of(AwsClients.call(
                            "SQS: GetQueueAttributes",
                            () -> operation
                                    .aws()
                                    .sqs()
                                    .getQueueAttributes(GetQueueAttributesRequest.builder()
                                            .queueUrl(url)
                                            .attributeNames(QueueAttributeName.ALL)
                                            .build()))
                    .attributes());
        } catch (AwsFailure failure) {
            if (isGone(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Map<String, String> tags(Operation operation, String url) {
        return new TreeMap<>(AwsClients.call(
                        "SQS: ListQueueTags",
                        () -> operation
                                .aws()
                                .sqs()
                                .listQueueTags(ListQueueTagsRequest.builder()
                                        .queueUrl(url)
                                        .build()))
                .tags());
    }

    private static void updateTags(Operation operation, String url, TagChange change) {
        if (!change.gone().isEmpty()) {
            AwsClients.call(
                    "SQS: UntagQueue",
                    () -> operation
                            .aws()
                            .sqs()
                            .untagQueue(UntagQueueRequest.builder()
                                    .queueUrl(url)
                                    .tagKeys(change.gone().keySet())
                                    .build()));
        }
        if (!change.changed().isEmpty()) {
            AwsClients.call(
                    "SQS: TagQueue",
                    () -> operation
                            .aws()
                            .sqs()
                            .tagQueue(TagQueueRequest.builder()
                                    .queueUrl(url)
                                    .tags(change.changed())
                                    .build()));
        }
    }

    /** The old protocol's code and the JSON protocol's. */
    private static boolean isGone(AwsFailure failure) {
        return failure.is("AWS.SimpleQueueService.NonExistentQueue") || failure.is("QueueDoesNotExist");
    }
}
