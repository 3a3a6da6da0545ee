package dev.ephemera.model;

import dev.ephemera.naming.Key;

/** Where the value of an environment variable comes from. */
public sealed interface Variable {

    /** The value itself; {@code $(NAME)} in it stands for a variable that the file has before it, as in Kubernetes. */
    record Literal(String value) implements Variable {}

    /**
     * How pods of the same environment reach a workload, for example {@code http://api:8080}.
     *
     * @param workload one with a port
     * @param scheme what stands before {@code ://}
     */
    record OfWorkload(
            @Refers("workloads") Key workload,
            @Default("http") String scheme) implements Variable {}

    /**
     * The address that a browser reaches a workload by, for example {@code https://pr-7.preview.example.com/}.
     *
     * @param url one that is exposed
     */
    record OfUrl(@Refers("workloads") Key url) implements Variable {}

    /** One field of how to reach a database; whoever names it uses the database. */
    record OfDatabase(@Refers("databases") Key database, DatabaseField field) implements Variable {}

    /** One entry of a Secret in the environment's namespace. The pod waits until it is there. */
    record OfSecret(ObjectName secret, EntryName key) implements Variable {}
}
