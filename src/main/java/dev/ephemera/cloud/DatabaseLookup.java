package dev.ephemera.cloud;

import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;

/** Which RDS instance stands under a name. */
public final class DatabaseLookup {
    private DatabaseLookup() {}

    /**
     * The resource id that AWS gave to the instance when it was made, {@code db-...}; empty when there is none.
     *
     * @param region for example {@code eu-west-1}
     * @param identifier the instance's name
     */
    public static Optional<String> resourceId(String region, String identifier) {
        return AwsRequests.answer("looking for the RDS instance " + identifier, () -> {
            try (var rds = AwsRequests.client(RdsClient.builder(), region)) {
                return rds
                        .describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                        .dbInstances()
                        .stream()
                        .map(instance -> instance.dbiResourceId())
                        .findFirst();
            } catch (DbInstanceNotFoundException e) {
                return Optional.empty();
            }
        });
    }
}
