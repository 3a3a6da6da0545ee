package com.example.queues;

import dev.ephemera.model.Default;
import dev.ephemera.model.EntryName;
import dev.ephemera.model.ObjectName;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.ProbesSpec;
import dev.ephemera.model.Range;
import dev.ephemera.model.Refers;
import dev.ephemera.model.Unwrapped;
import dev.ephemera.model.Variable;
import dev.ephemera.model.VariableName;
import dev.ephemera.model.WorkloadSpec;
import dev.ephemera.naming.Key;
import java.util.Optional;

/**
 * Pods that receive messages.
 *
 * @param pod as any workload's; {@code serviceAccount} says with which role it calls SQS
 * @param queue the one whose URL they get, in {@code QUEUE_URL}
 * @param replicas how many
 */
public record ConsumerSpec(
        @Unwrapped PodSpec pod,
        @Refers("queues") Key queue,
        @Default("1") @Range(least = 1, most = 100) int replicas) {

    /** The workload that it is. Its pods start when the queue is there, because its Secret is not there before. */
    public WorkloadSpec workload() {
        var url = new Variable.OfSecret(new ObjectName(queue.value()), new EntryName(Queue.URL));
        return new WorkloadSpec(
                pod.with(new VariableName("QUEUE_URL"), url),
                Optional.empty(),
                Optional.empty(),
                replicas,
                ProbesSpec.DEFAULT);
    }
}
