package dev.ephemera.naming;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every name of one environment that is unique beyond its namespace. Each is a pure function of project, stack and key, so
 * that whatever finds a stack, or a mark, can tell what belongs to it without configuration or branch code.
 */
public record EnvironmentNames(ProjectName project, StackName stack) {
    /** Longest DNS label (RFC 1035), Kubernetes label value, and RDS identifier. */
    private static final int MAXIMUM_LENGTH = 63;

    private static final int MAXIMUM_STEM_LENGTH = MAXIMUM_LENGTH - 1 - ShortHash.LENGTH;
    private static final String SEPARATOR = "--";
    /** Between parts that neither begin nor end in a hyphen, {@link #SEPARATOR} never makes this one. */
    private static final String HASH_SEPARATOR = "---";
    /** AWS keeps {@code sg-} for its own identifiers, Kubernetes {@code kube-}; RDS wants a letter first. */
    private static final Pattern UNSAFE_START = Pattern.compile("sg-|kube-|[^a-z]");

    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern HOST_PART = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** The environment's namespace. */
    public String namespace() {
        return named(project.value() + "-" + stack, ShortHash.of(project.value(), stack.value()));
    }

    /**
     * The name of the thing under {@code key} wherever names are shared: RDS identifier, security group, secret. Legal for
     * the strictest of these: 1 to 63 lower-case letters, digits and single inner hyphens, a letter first.
     */
    public String physical(Key key) {
        return named(
                project.value() + "-" + stack + "-" + key, ShortHash.of(project.value(), stack.value(), key.value()));
    }

    /** As {@link #physical(Key)}, for a second thing of the same kind that belongs to {@code key}. */
    public String physical(Key key, String role) {
        return named(
                project.value() + "-" + stack + "-" + key + "-" + role,
                ShortHash.of(project.value(), stack.value(), key.value(), role));
    }

    private static String named(String stem, String hash) {
        var slug = Slug.of(stem);
        var safe = UNSAFE_START.matcher(slug).lookingAt() ? "e-" + slug : slug;
        return Slug.cut(safe, MAXIMUM_STEM_LENGTH) + "-" + hash;
    }

    /**
     * The first label of a host name, so that one wildcard certificate serves every environment in a zone: stack, workload and
     * project, joined by {@code --}, which none of them has where all can stand as they are. Otherwise their beginning, {@code
     * ---} and a hash of all, so that no project or key can be called what another's label is cut to.
     *
     * @param workload empty for the primary workload
     * @param sharedZone whether other projects put their environments into the same zone
     */
    public String hostLabel(Optional<Key> workload, boolean sharedZone) {
        var parts = new ArrayList<String>();
        parts.add(stack.value());
        workload.map(Key::value).ifPresent(parts::add);
        if (sharedZone) {
            parts.add(project.value());
        }
        var label = String.join(SEPARATOR, parts);
        return label.length() <= MAXIMUM_LENGTH && parts.stream().allMatch(EnvironmentNames::isHostPart)
                ? label
                : hashedHostLabel(parts);
    }

    private static boolean isHostPart(String text) {
        return HOST_PART.matcher(text).matches();
    }

    private static String hashedHostLabel(List<String> parts) {
        var readable = String.join(SEPARATOR, parts.stream().map(Slug::of).toList());
        var stem = Slug.cut(readable, MAXIMUM_LENGTH - HASH_SEPARATOR.length() - ShortHash.LENGTH);
        return stem + HASH_SEPARATOR + ShortHash.of(parts.toArray(String[]::new));
    }

    /** AWS tags that say whose a thing is. */
    public Map<String, String> tags(Key key) {
        var tags = new TreeMap<>(tags());
        tags.put(OwnerMarks.TAG_KEY, key.value());
        return tags;
    }

    /** AWS tags of what belongs to the environment as a whole. */
    public Map<String, String> tags() {
        return new TreeMap<>(Map.of(OwnerMarks.TAG_PROJECT, project.value(), OwnerMarks.TAG_STACK, stack.value()));
    }

    /** Kubernetes labels of what belongs to the environment as a whole. */
    public Map<String, String> labels() {
        return new TreeMap<>(Map.of(
                OwnerMarks.LABEL_PROJECT,
                labelValue(project.value()),
                OwnerMarks.LABEL_STACK,
                stack.value(),
                "app.kubernetes.io/part-of",
                labelValue(project.value()),
                "app.kubernetes.io/managed-by",
                "ephemera"));
    }

    /** Kubernetes labels that say whose a thing is, and which. */
    public Map<String, String> labels(Key key) {
        var labels = new TreeMap<>(labels());
        labels.putAll(selector(key));
        return labels;
    }

    /** The labels by which a Service or a Deployment finds the pods of {@code key}; they never change. */
    public Map<String, String> selector(Key key) {
        return new TreeMap<>(Map.of("app.kubernetes.io/name", key.value(), "app.kubernetes.io/instance", namespace()));
    }

    /** The label by which a pod may reach the database {@code key}. */
    public Map<String, String> databaseLabel(Key key) {
        return Map.of(OwnerMarks.LABEL_DATABASE_PREFIX + key, "true");
    }

    /** {@code text} where a Kubernetes label value may hold it, else its beginning and its hash. */
    private static String labelValue(String text) {
        return LABEL_VALUE.matcher(text).matches()
                ? text
                : (Slug.cut(Slug.of(text), MAXIMUM_STEM_LENGTH) + "-" + ShortHash.of(text)).replaceAll("^-", "");
    }
}
