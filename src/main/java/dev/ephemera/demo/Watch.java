package dev.ephemera.demo;

import dev.ephemera.cloud.AwsSightings;
import dev.ephemera.cloud.ClusterSightings;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.naming.EnvironmentNames;

/** Looks at both clouds. */
final class Watch implements AutoCloseable {
    private final ClusterSightings cluster;
    private final AwsSightings aws;
    private final EnvironmentNames names;
    private final ApplicationSpec application;

    /** Connects as the environment variables say: {@code KUBECONFIG}, {@code AWS_ENDPOINT_URL} and AWS credentials. */
    Watch(EnvironmentNames names, ApplicationSpec application) {
        this.cluster = new ClusterSightings(application.context());
        this.aws = new AwsSightings(application.region());
        this.names = names;
        this.application = application;
    }

    Sighting look() {
        return new Sighting(
                cluster.objects(names),
                aws.instances(names),
                aws.securityGroups(names),
                aws.records(names, application.dns().zone()));
    }

    @Override
    public void close() {
        cluster.close();
        aws.close();
    }
}
