package dev.ephemera.engine;

import dev.ephemera.naming.ProjectName;

/** Where Pulumi keeps a project's things in files and buckets, and where we keep ours beside them. Each is a key's beginning. */
final class StateKeys {
    private StateKeys() {}

    /** A state, its backup and its tags for each stack, which they begin with. */
    static String stacks(ProjectName project) {
        return ".pulumi/stacks/%s/".formatted(project);
    }

    /** A folder for each stack, with a lock for each command that works on it. */
    static String locks(ProjectName project) {
        return ".pulumi/locks/organization/%s/".formatted(project);
    }

    static String leases(ProjectName project) {
        return ".ephemera/leases/%s/".formatted(project);
    }

    static String ledger(ProjectName project) {
        return ".ephemera/ledger/%s/".formatted(project);
    }
}
