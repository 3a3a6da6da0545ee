package dev.ephemera.model;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.OwnerMarks;

/**
 * A thing in a cloud that says whose it is. Nothing is deleted outside Pulumi unless it {@link #belongsTo belongs} exactly.
 *
 * @param name as people know it
 * @param id by which its cloud knows it; for a DNS record {@code <zone id> <name> <type>}
 * @param project what its mark says, as {@link EnvironmentNames#tags()} or {@link EnvironmentNames#labels()} write it
 * @param stack what its mark says; anything, since anybody may set a tag
 * @param condition what it says of itself, for people; empty for a kind that says nothing
 */
public record Belonging(Kind kind, String name, String id, String project, String stack, String condition) {
    /** What is looked for by its marks. */
    public enum Kind {
        NAMESPACE("namespace"),
        DATABASE("RDS instance"),
        SECURITY_GROUP("security group"),
        DNS_RECORD("DNS record"),
        /** Any other with tags; found, never deleted but by Pulumi. */
        OTHER("AWS resource");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Whether it is this environment's and nobody else's. A label holds 63 characters, so that long projects are shortened in
     * it; a namespace has to have the environment's own name too, which two environments never share.
     */
    public boolean belongsTo(EnvironmentNames names) {
        if (kind == Kind.NAMESPACE) {
            return name.equals(names.namespace())
                    && project.equals(names.labels().get(OwnerMarks.LABEL_PROJECT))
                    && stack.equals(names.stack().value());
        }
        return project.equals(names.project().value())
                && stack.equals(names.stack().value());
    }

    /** {@code RDS instance shop-pr-7-orders-... (creating)}. */
    @Override
    public String toString() {
        return condition.isEmpty() ? kind + " " + name : "%s %s (%s)".formatted(kind, name, condition);
    }
}
