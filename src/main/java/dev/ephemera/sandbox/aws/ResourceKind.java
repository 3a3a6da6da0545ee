package dev.ephemera.sandbox.aws;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A resource type: what it takes, and what it does in AWS. Stateless, so one instance serves every connection. */
interface ResourceKind {

    Schema schema();

    /** What a resource is called in AWS and which outputs it has. */
    record Resource(String id, Properties outputs) {}

    /**
     * The inputs with what the official provider would fill in beyond plain defaults, such as a name made from the
     * resource's name in the program.
     *
     * @param previous the inputs of the last update; empty for a new resource
     */
    default Properties complete(String name, Properties inputs, Properties previous) {
        return inputs;
    }

    /** Faults beyond shape: called with values that may still be unknown. */
    default List<Fault> faults(Properties inputs) {
        return List.of();
    }

    /** Whether a property is what the program wants, in the eyes of the official provider. */
    default boolean isSame(Property property, Object actual, Object wanted, Properties olds, Properties news) {
        return Objects.equals(Values.comparable(property, actual), Values.comparable(property, wanted));
    }

    /** Whether a replacement would collide with what it replaces, so that the old one has to go first. */
    default boolean deletesBeforeReplacing(Properties olds, Properties news) {
        return false;
    }

    /** Throws a {@link dev.ephemera.failure.Failure} where this cannot be made here; called before a preview too. */
    default void refuse(Properties inputs) {}

    Resource create(Operation operation, Properties inputs);

    /**
     * Looks it up.
     *
     * @param known the outputs of the last operation; empty for an import
     * @return empty where it is gone
     */
    Optional<Resource> read(Operation operation, String id, Properties known);

    /** Changes it in place; returns the new outputs. */
    Properties update(Operation operation, String id, Plan plan);

    /** Ends when it is gone; one that is gone already is no failure. */
    void delete(Operation operation, String id, Properties known);
}
