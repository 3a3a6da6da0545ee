package dev.ephemera.components;

import com.pulumi.aws.route53.Record;
import com.pulumi.aws.route53.RecordArgs;
import com.pulumi.aws.route53.enums.RecordType;
import com.pulumi.core.Either;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.ephemera.model.DnsTarget;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.OwnerMarks;
import java.util.List;
import java.util.Map;

/**
 * A host name's record in Route53, and beside it a TXT record that says whose it is, because a record cannot carry marks.
 * A record of the same name and type that exists already is refused by Route53 and stays as it is. Whether somebody else has
 * the name with another type is not checked here: the program looks before it declares.
 */
public final class DnsRecord extends ComponentResource {
    private static final String TYPE = "ephemera:index:DnsRecord";
    /** Seconds that resolvers may keep an answer: short, because environments come and go. */
    private static final int TIME_TO_LIVE = 60;

    /**
     * What a record is made of.
     *
     * @param zoneId the hosted zone
     * @param host the whole name, without a trailing dot
     * @param target what it leads to
     */
    public record Args(Output<String> zoneId, String host, Output<DnsTarget> target, EnvironmentNames names) {}

    public DnsRecord(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var child = CustomResourceOptions.builder().parent(this).build();
        var owner = new Record(
                name + "-owner",
                record(args, OwnerMarks.recordName(args.host()))
                        .type("TXT")
                        .records(OwnerMarks.recordValue(
                                args.names().project(), args.names().stack()))
                        .build(),
                child);
        // After its owner's mark, and gone before it: a record without one would be nobody's.
        new Record(
                name,
                record(args, args.host())
                        .type(args.target()
                                .applyValue(target -> Either.<String, RecordType>ofLeft(target.recordType())))
                        .records(args.target().applyValue(target -> List.of(target.value())))
                        .build(),
                CustomResourceOptions.merge(
                        child, CustomResourceOptions.builder().dependsOn(owner).build()));
        registerOutputs(Map.of());
    }

    private static RecordArgs.Builder record(Args args, String name) {
        return RecordArgs.builder().zoneId(args.zoneId()).name(name).ttl(TIME_TO_LIVE);
    }
}
