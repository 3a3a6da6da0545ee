package dev.ephemera.sandbox.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.rds.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.rds.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.rds.model.Tag;

/** An instance's tags, to and from RDS's own type. */
final class InstanceTags {
    private InstanceTags() {}

    static List<Tag> of(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }

    static Map<String, String> from(List<Tag> tags) {
        var byKey = new TreeMap<String, String>();
        tags.stream()
                .filter(tag -> !tag.key().startsWith("aws:"))
                .forEach(tag -> byKey.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return byKey;
    }

    /** Takes off what is gone, then sets what is new or different. */
    static void update(Operation operation, String arn, Map<String, String> olds, Map<String, String> news) {
        var change = TagChange.between(olds, news);
        if (!change.gone().isEmpty()) {
            AwsClients.call(
                    "RDS: RemoveTagsFromResource",
                    () -> operation
                            .aws()
                            .rds()
                            .removeTagsFromResource(RemoveTagsFromResourceRequest.builder()
                                    .resourceName(arn)
                                    .tagKeys(change.gone().keySet())
                                    .build()));
        }
        if (!change.changed().isEmpty()) {
            AwsClients.call(
                    "RDS: AddTagsToResource",
                    () -> operation
                            .aws()
                            .rds()
                            .addTagsToResource(AddTagsToResourceRequest.builder()
                                    .resourceName(arn)
                                    .tags(of(change.changed()))
                                    .build()));
        }
    }
}
