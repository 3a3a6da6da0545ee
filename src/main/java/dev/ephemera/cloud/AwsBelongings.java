package dev.ephemera.cloud;

import dev.ephemera.model.Belonging;
import dev.ephemera.model.Belonging.Kind;
import dev.ephemera.naming.OwnerMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/**
 * Everything in one region of AWS that is marked as an environment's, asked from AWS itself, whichever stack it belongs to.
 * DNS is {@link DnsBelongings}'.
 */
public final class AwsBelongings implements AutoCloseable {
    /** Asked directly, because the tagging API goes on naming them for a while when they are gone. */
    private static final List<String> ASKED_DIRECTLY = List.of(":rds:", ":ec2:");

    private static final Filter MARKED_GROUP =
            Filter.builder().name("tag-key").values(OwnerMarks.TAG_PROJECT).build();
    private static final TagFilter MARKED =
            TagFilter.builder().key(OwnerMarks.TAG_STACK).build();

    private final RdsClient rds;
    private final Ec2Client ec2;
    private final ResourceGroupsTaggingApiClient tagging;

    /**
     * Makes the clients; credentials come from where the AWS SDK looks for them.
     *
     * @param region for example {@code eu-west-1}
     */
    public AwsBelongings(String region) {
        this.rds = AwsRequests.client(RdsClient.builder(), region);
        this.ec2 = AwsRequests.client(Ec2Client.builder(), region);
        this.tagging = AwsRequests.client(ResourceGroupsTaggingApiClient.builder(), region);
    }

    /**
     * All of them, from every page.
     *
     * @throws dev.ephemera.failure.Failure when AWS does not answer in full
     */
    public List<Belonging> all() {
        var found = new ArrayList<Belonging>();
        found.addAll(AwsRequests.answer(
                "listing RDS instances",
                () -> rds.describeDBInstancesPaginator().dbInstances().stream()
                        .flatMap(instance -> database(instance).stream())
                        .toList()));
        found.addAll(AwsRequests.answer(
                "listing security groups",
                () ->
                        ec2
                                .describeSecurityGroupsPaginator(request -> request.filters(MARKED_GROUP))
                                .securityGroups()
                                .stream()
                                .flatMap(group -> group(group).stream())
                                .toList()));
        found.addAll(AwsRequests.answer(
                "listing tagged resources",
                () ->
                        tagging
                                .getResourcesPaginator(request -> request.tagFilters(MARKED))
                                .resourceTagMappingList()
                                .stream()
                                .filter(mapping -> ASKED_DIRECTLY.stream().noneMatch(mapping.resourceARN()::contains))
                                .flatMap(mapping -> other(mapping).stream())
                                .toList()));
        return found;
    }

    private static Optional<Belonging> database(DBInstance instance) {
        var tags = instance.tagList().stream().collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value()));
        return marked(
                tags,
                Kind.DATABASE,
                instance.dbInstanceIdentifier(),
                instance.dbInstanceIdentifier(),
                Boolean.TRUE.equals(instance.deletionProtection())
                        ? instance.dbInstanceStatus() + ", deletion protection"
                        : instance.dbInstanceStatus());
    }

    private static Optional<Belonging> group(SecurityGroup group) {
        return marked(
                group.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)),
                Kind.SECURITY_GROUP,
                group.groupName(),
                group.groupId(),
                group.groupId());
    }

    private static Optional<Belonging> other(ResourceTagMapping mapping) {
        return marked(
                mapping.tags().stream().collect(Collectors.toMap(tag -> tag.key(), tag -> tag.value())),
                Kind.OTHER,
                mapping.resourceARN(),
                mapping.resourceARN(),
                "");
    }

    private static Optional<Belonging> marked(
            Map<String, String> tags, Kind kind, String name, String id, String condition) {
        return Optional.ofNullable(tags.get(OwnerMarks.TAG_PROJECT))
                .flatMap(project -> Optional.ofNullable(tags.get(OwnerMarks.TAG_STACK))
                        .map(stack -> new Belonging(kind, name, id, project, stack, condition)));
    }

    /**
     * Begins to delete it. The caller has seen that it belongs to the environment; whether it goes is to be looked at again.
     *
     * @return why AWS does not delete it now; empty when it does, or it is gone
     */
    public Optional<String> delete(Belonging belonging) {
        return AwsRequests.answer(
                "deleting " + belonging,
                () -> belonging.kind() == Kind.DATABASE
                        ? deleteDatabase(belonging.id())
                        : belonging.kind() == Kind.SECURITY_GROUP
                                ? deleteGroup(belonging.id())
                                : Optional.of("only Pulumi deletes such a thing: it is in no stack's state any more"));
    }

    private Optional<String> deleteDatabase(String identifier) {
        try {
            var instance = rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                    .dbInstances()
                    .get(0);
            if (instance.dbInstanceStatus().equals("deleting")) {
                return Optional.empty();
            }
            if (Boolean.TRUE.equals(instance.deletionProtection())) {
                return Optional.of("its deletion protection is on, which no preview's is");
            }
            rds.deleteDBInstance(request -> request.dbInstanceIdentifier(identifier)
                    .skipFinalSnapshot(true)
                    .deleteAutomatedBackups(true));
            return Optional.empty();
        } catch (DbInstanceNotFoundException e) {
            return Optional.empty();
        } catch (InvalidDbInstanceStateException e) {
            return Optional.of("AWS deletes it in another state only: "
                    + e.awsErrorDetails().errorMessage());
        }
    }

    private Optional<String> deleteGroup(String id) {
        try {
            ec2.deleteSecurityGroup(request -> request.groupId(id));
            return Optional.empty();
        } catch (Ec2Exception e) {
            return switch (e.awsErrorDetails().errorCode()) {
                case "InvalidGroup.NotFound" -> Optional.empty();
                case "DependencyViolation", "InvalidGroup.InUse" -> Optional.of("something still uses it");
                default -> throw e;
            };
        }
    }

    /** Takes it away, where it is. The caller has seen that the group belongs to the environment. */
    void delete(IngressRule rule) {
        AwsRequests.answer("deleting " + rule, () -> {
            var ids = ec2
                    .describeSecurityGroupRulesPaginator(request -> request.filters(Filter.builder()
                            .name("group-id")
                            .values(rule.group())
                            .build()))
                    .securityGroupRules()
                    .stream()
                    .filter(rule::isSaidBy)
                    .map(SecurityGroupRule::securityGroupRuleId)
                    .toList();
            if (!ids.isEmpty()) {
                ec2.revokeSecurityGroupIngress(
                        request -> request.groupId(rule.group()).securityGroupRuleIds(ids));
            }
            return ids;
        });
    }

    @Override
    public void close() {
        rds.close();
        ec2.close();
        tagging.close();
    }
}
