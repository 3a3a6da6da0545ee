package dev.ephemera.model;

/**
 * What a container asks for. Memory is request and limit alike; CPU is a request only, so that a pod may use what is idle.
 * Left out, a tenth of a core and 128 MiB: enough to start, little enough to be noticed when it is too little.
 */
public record ResourcesSpec(
        @Default("100m") CpuQuantity cpu, @Default("128Mi") MemoryQuantity memory) {
    public static final ResourcesSpec DEFAULT = new ResourcesSpec(new CpuQuantity("100m"), new MemoryQuantity("128Mi"));
}
