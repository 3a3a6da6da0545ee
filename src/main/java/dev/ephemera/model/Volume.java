package dev.ephemera.model;

import java.util.Optional;

/** What is mounted into a container; it is gone with its pod. */
public sealed interface Volume {

    /** Space of the pod's own, empty when it starts. */
    record EmptyDir(EmptyDirSpec emptyDir) implements Volume {}

    /** The files of a ConfigMap in the environment's namespace, read-only. The pod waits until it is there. */
    record OfConfigMap(ObjectName configMap) implements Volume {}

    /** The files of a Secret in the environment's namespace, read-only. The pod waits until it is there. */
    record OfSecret(ObjectName secret) implements Volume {}

    /**
     * How much space.
     *
     * @param sizeLimit the pod is evicted when it takes more; empty for what the node has
     */
    record EmptyDirSpec(Optional<MemoryQuantity> sizeLimit) {}
}
