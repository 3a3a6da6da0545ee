package com.example.queues;

import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Unwrapped;
import dev.ephemera.naming.Key;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code stacks/} says: an application as the kit knows it, and two blocks more. */
public record QueueApplication(
        @Unwrapped ApplicationSpec application, Map<Key, QueueSpec> queues, Map<Key, ConsumerSpec> consumers) {

    /** What runs in each environment: consumers are workloads. */
    public ApplicationSpec running() {
        var workloads = new LinkedHashMap<>(application.workloads());
        consumers.forEach((key, consumer) -> workloads.put(key, consumer.workload()));
        return application.running(workloads, application.jobs());
    }
}
