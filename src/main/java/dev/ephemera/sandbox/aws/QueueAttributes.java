package dev.ephemera.sandbox.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue's properties as SQS has them: attributes, each a text. */
final class QueueAttributes {
    private static final Map<String, QueueAttributeName> NAMES = Map.ofEntries(
            Map.entry("arn", QueueAttributeName.QUEUE_ARN),
            Map.entry("contentBasedDeduplication", QueueAttributeName.CONTENT_BASED_DEDUPLICATION),
            Map.entry("deduplicationScope", QueueAttributeName.DEDUPLICATION_SCOPE),
            Map.entry("delaySeconds", QueueAttributeName.DELAY_SECONDS),
            Map.entry("fifoQueue", QueueAttributeName.FIFO_QUEUE),
            Map.entry("fifoThroughputLimit", QueueAttributeName.FIFO_THROUGHPUT_LIMIT),
            Map.entry("maxMessageSize", QueueAttributeName.MAXIMUM_MESSAGE_SIZE),
            Map.entry("messageRetentionSeconds", QueueAttributeName.MESSAGE_RETENTION_PERIOD),
            Map.entry("policy", QueueAttributeName.POLICY),
            Map.entry("receiveWaitTimeSeconds", QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS),
            Map.entry("redrivePolicy", QueueAttributeName.REDRIVE_POLICY),
            Map.entry("sqsManagedSseEnabled", QueueAttributeName.SQS_MANAGED_SSE_ENABLED),
            Map.entry("visibilityTimeoutSeconds", QueueAttributeName.VISIBILITY_TIMEOUT));
    /** Their texts are JSON, of which only the meaning counts. */
    private static final Set<QueueAttributeName> DOCUMENTS =
            Set.of(QueueAttributeName.POLICY, QueueAttributeName.REDRIVE_POLICY);

    private QueueAttributes() {}

    /** What a creation sends: whatever is set, and a false only where the official provider sends it. */
    static Map<QueueAttributeName, String> ofNew(Properties inputs) {
        return NAMES.entrySet().stream()
                .filter(name -> !Values.isZero(inputs.get(name.getKey()))
                        || name.getKey().equals("sqsManagedSseEnabled") && inputs.has(name.getKey()))
                .collect(Collectors.toMap(Map.Entry::getValue, name -> text(inputs, name.getKey())));
    }

    /** What an update sends: whatever changes. */
    static Map<QueueAttributeName, String> ofChanged(Plan plan) {
        return plan.changes().stream()
                .map(Change::property)
                .filter(NAMES::containsKey)
                .collect(Collectors.toMap(NAMES::get, property -> text(plan.wanted(), property)));
    }

    private static String text(Properties properties, String name) {
        var value = properties.get(name);
        return value == null
                ? ""
                : value instanceof Number
                        ? String.valueOf(properties.numberEvenZero(name).orElseThrow())
                        : value.toString();
    }

    /** Whether all of {@code expected} is in {@code actual}; an absent attribute is an empty one. */
    static boolean holds(Map<QueueAttributeName, String> actual, Map<QueueAttributeName, String> expected) {
        return expected.entrySet().stream().allMatch(attribute -> {
            var found = actual.getOrDefault(attribute.getKey(), "");
            return DOCUMENTS.contains(attribute.getKey())
                    ? Json.parse(found).equals(Json.parse(attribute.getValue()))
                    : found.equals(attribute.getValue());
        });
    }

    /** Attributes as outputs; what SQS does not say of a queue has the empty value of its kind. */
    static Map<String, Object> outputs(Schema schema, Map<QueueAttributeName, String> attributes) {
        var outputs = new LinkedHashMap<String, Object>();
        NAMES.forEach((property, name) -> {
            var text = attributes.getOrDefault(name, "");
            outputs.put(
                    property,
                    switch (Objects.requireNonNull(schema.properties().get(property))
                            .kind()) {
                        case NUMBER -> text.isEmpty() ? 0 : Integer.parseInt(text);
                        case FLAG -> text.equals("true");
                        default -> text;
                    });
        });
        return outputs;
    }

    /** Whether a property's text is JSON. */
    static boolean isDocument(String property) {
        return property.equals("policy") || property.equals("redrivePolicy");
    }
}
