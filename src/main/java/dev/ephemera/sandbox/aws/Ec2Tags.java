package dev.ephemera.sandbox.aws;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags of security groups and their rules, to and from EC2's own type. */
final class Ec2Tags {
    private Ec2Tags() {}

    /** For a creating call; empty where there are no tags, because EC2 refuses a specification without any. */
    static List<TagSpecification> specification(ResourceType type, Map<String, String> tags) {
        return tags.isEmpty()
                ? List.of()
                : List.of(TagSpecification.builder()
                        .resourceType(type)
                        .tags(of(tags))
                        .build());
    }

    static Map<String, String> from(List<Tag> tags) {
        var byKey = new TreeMap<String, String>();
        tags.stream()
                .filter(tag -> !tag.key().startsWith("aws:"))
                .forEach(tag -> byKey.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return byKey;
    }

    /** Takes off what is gone, then sets what is new or different. */
    static void update(Operation operation, String id, Map<String, String> olds, Map<String, String> news) {
        var change = TagChange.between(olds, news);
        if (!change.gone().isEmpty()) {
            AwsClients.call(
                    "EC2: DeleteTags",
                    () -> operation
                            .aws()
                            .ec2()
                            .deleteTags(DeleteTagsRequest.builder()
                                    .resources(id)
                                    .tags(of(change.gone()))
                                    .build()));
        }
        if (!change.changed().isEmpty()) {
            AwsClients.call(
                    "EC2: CreateTags",
                    () -> operation
                            .aws()
                            .ec2()
                            .createTags(CreateTagsRequest.builder()
                                    .resources(id)
                                    .tags(of(change.changed()))
                                    .build()));
        }
    }

    private static List<Tag> of(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList();
    }
}
