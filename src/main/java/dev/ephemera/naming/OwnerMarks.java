package dev.ephemera.naming;

/**
 * The marks on everything that can carry them. Nothing is deleted outside Pulumi unless project and stack equal exactly.
 */
public final class OwnerMarks {
    public static final String TAG_PROJECT = "ephemera:project";
    public static final String TAG_STACK = "ephemera:stack";
    public static final String TAG_KEY = "ephemera:key";
    /** On a snapshot: {@code true} when its data is masked; only such a snapshot is restored into a preview. */
    public static final String TAG_MASKED = "ephemera:masked";

    public static final String LABEL_PROJECT = "ephemera.dev/project";
    public static final String LABEL_STACK = "ephemera.dev/stack";
    /** On a Secret that previews get a copy of: the project that may copy it. */
    public static final String LABEL_COPIED_BY = "ephemera.dev/copied-by";
    /** On a workload that sleeps: how many pods it has when it is awake. */
    public static final String ANNOTATION_AWAKE_REPLICAS = "ephemera.dev/awake-replicas";
    /** Before a database's key: on pods that use it. */
    static final String LABEL_DATABASE_PREFIX = "ephemera.dev/database-";

    private OwnerMarks() {}

    /** The name of the TXT record beside a DNS record, which cannot carry marks itself. */
    public static String recordName(String host) {
        return "_ephemera." + host;
    }

    /** What the TXT record says. */
    public static String recordValue(ProjectName project, StackName stack) {
        return "ephemera:project=%s ephemera:stack=%s".formatted(project, stack);
    }
}
