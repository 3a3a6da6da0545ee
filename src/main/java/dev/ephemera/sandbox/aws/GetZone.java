package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;
import static dev.ephemera.sandbox.aws.Values.orEmpty;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.route53.model.TagResourceType;

/** {@code aws:route53/getZone:getZone}: goes through all zones, then looks at the one that fits and at its tags. */
final class GetZone implements CloudFunction {
    @Override
    public String token() {
        return "aws:route53/getZone:getZone";
    }

    @Override
    public Set<String> arguments() {
        return Set.of("name", "privateZone", "tags", "vpcId", "zoneId");
    }

    @Override
    public Map<String, Object> call(Operation operation, Properties arguments) {
        return about("reading Route 53 Hosted Zone", () -> {
            var fitting = AwsClients.call(
                            "Route 53: ListHostedZones",
                            () -> operation.aws().route53().listHostedZonesPaginator().hostedZones().stream()
                                    .filter(zone -> fits(zone, arguments))
                                    .toList())
                    .stream()
                    .filter(zone -> fitsInDetail(operation, zone, arguments))
                    .toList();
            var zone = get(operation, Lookups.only(fitting, "Route 53 Hosted Zone"));
            return answer(zone, tags(operation, zone.hostedZone()), arguments);
        });
    }

    private static boolean fits(HostedZone zone, Properties arguments) {
        var wantedId = arguments.text("zoneId");
        if (wantedId.isPresent()) {
            return RecordNames.zoneId(zone.id()).equals(RecordNames.zoneId(wantedId.get()));
        }
        var wantsPrivate =
                arguments.flag("privateZone") || arguments.text("vpcId").isPresent();
        return isPrivate(zone) == wantsPrivate
                && arguments
                        .text("name")
                        .map(name -> RecordNames.clean(name).equals(RecordNames.clean(zone.name())))
                        .orElse(true);
    }

    private static boolean fitsInDetail(Operation operation, HostedZone zone, Properties arguments) {
        var network = arguments.text("vpcId");
        var wantedTags = arguments.textMap("tags");
        return (network.isEmpty()
                        || get(operation, zone).vpCs().stream()
                                .anyMatch(vpc -> network.get().equals(vpc.vpcId())))
                && (wantedTags.isEmpty() || tags(operation, zone).entrySet().containsAll(wantedTags.entrySet()));
    }

    private static boolean isPrivate(HostedZone zone) {
        return zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
    }

    private static GetHostedZoneResponse get(Operation operation, HostedZone zone) {
        return AwsClients.call(
                "Route 53: GetHostedZone",
                () -> operation
                        .aws()
                        .route53()
                        .getHostedZone(GetHostedZoneRequest.builder()
                                .id(RecordNames.zoneId(zone.id()))
                                .build()));
    }

    private static Map<String, String> tags(Operation operation, HostedZone zone) {
        var tags = new TreeMap<String, String>();
        AwsClients.call(
                        "Route 53: ListTagsForResource",
                        () -> operation
                                .aws()
                                .route53()
                                .listTagsForResource(ListTagsForResourceRequest.builder()
                                        .resourceType(TagResourceType.HOSTEDZONE)
                                        .resourceId(RecordNames.zoneId(zone.id()))
                                        .build()))
                .resourceTagSet()
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static Map<String, Object> answer(
            GetHostedZoneResponse found, Map<String, String> tags, Properties arguments) {
        var zone = found.hostedZone();
        var id = RecordNames.zoneId(zone.id());
        List<String> servers = found.delegationSet() == null
                ? List.of()
                : found.delegationSet().nameServers();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", id);
        answer.put("zoneId", id);
        answer.put("arn", "arn:aws:route53:::hostedzone/" + id);
        answer.put("name", RecordNames.clean(zone.name()));
        answer.put("callerReference", orEmpty(zone.callerReference()));
        answer.put("comment", zone.config() == null ? "" : orEmpty(zone.config().comment()));
        answer.put("privateZone", isPrivate(zone));
        answer.put(
                "linkedServiceDescription",
                zone.linkedService() == null ? "" : orEmpty(zone.linkedService().description()));
        answer.put(
                "linkedServicePrincipal",
                zone.linkedService() == null ? "" : orEmpty(zone.linkedService().servicePrincipal()));
        answer.put("nameServers", servers);
        answer.put("primaryNameServer", servers.isEmpty() ? "" : servers.get(0));
        answer.put("resourceRecordSetCount", zone.resourceRecordSetCount() == null ? 0 : zone.resourceRecordSetCount());
        answer.put("tags", tags);
        answer.put("vpcId", arguments.text("vpcId").orElse(""));
        return answer;
    }
}
