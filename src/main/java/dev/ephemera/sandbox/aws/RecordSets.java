package dev.ephemera.sandbox.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A record's properties, to and from Route 53's own type. */
final class RecordSets {
    private RecordSets() {}

    static ResourceRecordSet of(Properties record, String zoneName) {
        var type = record.requiredText("type");
        var set = ResourceRecordSet.builder()
                .name(RecordNames.absolute(record.text("name").orElse(""), zoneName))
                .type(type);
        record.numberEvenZero("ttl").ifPresent(ttl -> set.ttl(ttl.longValue()));
        var values = record.texts("records");
        if (!values.isEmpty()) {
            set.resourceRecords(values.stream()
                    .map(value ->
                            ResourceRecord.builder().value(quoted(type, value)).build())
                    .toList());
        }
        for (var alias : record.blocks("aliases")) {
            set.aliasTarget(AliasTarget.builder()
                    .dnsName(alias.requiredText("name"))
                    .hostedZoneId(RecordNames.zoneId(alias.requiredText("zoneId")))
                    .evaluateTargetHealth(alias.flag("evaluateTargetHealth"))
                    .build());
        }
        return set.build();
    }

    /** @param known what the program said, or the last outputs */
    static Properties outputs(ResourceRecordSet set, Properties known, String zoneName) {
        var outputs = new LinkedHashMap<String, Object>();
        var type = set.typeAsString();
        outputs.put("name", RecordNames.clean(known.text("name").orElse("")));
        outputs.put("fqdn", RecordNames.absolute(set.name(), zoneName));
        outputs.put("type", type);
        outputs.put("zoneId", RecordNames.zoneId(known.requiredText("zoneId")));
        if (known.has("allowOverwrite")) {
            outputs.put("allowOverwrite", known.flag("allowOverwrite"));
        }
        if (set.aliasTarget() != null) {
            outputs.put(
                    "aliases",
                    List.of(Map.of(
                            "name", RecordNames.clean(set.aliasTarget().dnsName()),
                            "zoneId", set.aliasTarget().hostedZoneId(),
                            "evaluateTargetHealth",
                                    Boolean.TRUE.equals(set.aliasTarget().evaluateTargetHealth()))));
        } else {
            outputs.put("ttl", set.ttl() == null ? 0 : set.ttl());
            outputs.put(
                    "records",
                    set.resourceRecords().stream()
                            .map(record -> unquoted(type, record.value()))
                            .sorted()
                            .toList());
        }
        return Properties.of(outputs);
    }

    /** An alias without the differences that mean nothing to DNS. */
    static List<String> alias(List<Properties> blocks) {
        return blocks.stream()
                .map(block -> RecordNames.clean(block.text("name").orElse("")) + " "
                        + RecordNames.zoneId(block.text("zoneId").orElse("")) + " "
                        + block.flag("evaluateTargetHealth"))
                .toList();
    }

    private static String quoted(String type, String value) {
        return type.equals("TXT") ? "\"" + value + "\"" : value;
    }

    private static String unquoted(String type, String value) {
        return type.equals("TXT") && value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
