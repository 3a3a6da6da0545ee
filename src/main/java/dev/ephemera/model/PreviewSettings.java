package dev.ephemera.model;

import java.util.Optional;

/** What an application says about all of its environments: enough to find, keep, put to sleep and end them. */
public record PreviewSettings(
        DnsSpec dns,
        LifetimeSpec lifetime,
        Optional<SleepSpec> sleep,
        ApplicationSpec.AwsSpec aws,
        ApplicationSpec.ClusterSpec cluster) {}
