package dev.ephemera.sandbox.aws;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.Filter;

/** Finds an instance by the resource id that it keeps through a renaming, or by its identifier. */
final class InstanceLookup {
    private static final Pattern RESOURCE_ID = Pattern.compile("db-[a-zA-Z0-9]{2,255}");

    private InstanceLookup() {}

    private static Optional<DBInstance> byIdentifier(AwsClients aws, String identifier) {
        try {
            return describe(
                    aws,
                    DescribeDbInstancesRequest.builder()
                            .dbInstanceIdentifier(identifier)
                            .build());
        } catch (AwsFailure failure) {
            if (failure.is("DBInstanceNotFound")) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** An id that finds nothing is tried as an identifier too: older states hold that, and names may look like ids. */
    static Optional<DBInstance> byId(AwsClients aws, String id) {
        if (RESOURCE_ID.matcher(id).matches()) {
            var found = describe(
                    aws,
                    DescribeDbInstancesRequest.builder()
                            .filters(Filter.builder()
                                    .name("dbi-resource-id")
                                    .values(id)
                                    .build())
                            .build());
            if (found.isPresent()) {
                return found;
            }
        }
        return byIdentifier(aws, id);
    }

    private static Optional<DBInstance> describe(AwsClients aws, DescribeDbInstancesRequest request) {
        List<DBInstance> found = AwsClients.call(
                        "RDS: DescribeDBInstances", () -> aws.rds().describeDBInstances(request))
                .dbInstances();
        if (found.size() > 1) {
            throw new WaitFailure("too many results: wanted 1, got " + found.size());
        }
        return found.stream().findFirst();
    }
}
