package dev.ephemera.cloud;

import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;

/** Stops and starts RDS instances. A stopped one costs its storage only; AWS starts it by itself after seven days. */
public final class DatabasePower implements AutoCloseable {
    private static final String AVAILABLE = "available";
    private static final String STOPPED = "stopped";
    /** What is not there needs nothing. */
    private static final String GONE = "";

    private final RdsClient rds;

    /**
     * Makes the client; credentials come from where the AWS SDK looks for them.
     *
     * @param region for example {@code eu-west-1}
     */
    public DatabasePower(String region) {
        this.rds = AwsRequests.client(RdsClient.builder(), region);
    }

    /**
     * Sees to it that an instance stops, as far as it can be told to now.
     *
     * @return whether it stops or has stopped, or is gone; false while it does something else, such as its backup
     */
    public boolean stop(String identifier) {
        return AwsRequests.answer("stopping " + identifier, () -> {
            var status = status(identifier);
            if (status.equals(AVAILABLE)) {
                try {
                    rds.stopDBInstance(request -> request.dbInstanceIdentifier(identifier));
                    return true;
                } catch (InvalidDbInstanceStateException e) {
                    return false;
                }
            }
            return status.equals(STOPPED) || status.equals("stopping") || status.equals(GONE);
        });
    }

    /**
     * Sees to it that an instance runs, as far as it can be told to now.
     *
     * @return whether it can be used, or is gone; false while it starts, or still stops
     */
    public boolean start(String identifier) {
        return AwsRequests.answer("starting " + identifier, () -> {
            var status = status(identifier);
            if (status.equals(STOPPED)) {
                try {
                    rds.startDBInstance(request -> request.dbInstanceIdentifier(identifier));
                } catch (InvalidDbInstanceStateException e) {
                    return false;
                }
            }
            return status.equals(AVAILABLE) || status.equals(GONE);
        });
    }

    private String status(String identifier) {
        try {
            return rds.describeDBInstances(request -> request.dbInstanceIdentifier(identifier))
                    .dbInstances()
                    .get(0)
                    .dbInstanceStatus();
        } catch (DbInstanceNotFoundException e) {
            return GONE;
        }
    }

    @Override
    public void close() {
        rds.close();
    }
}
