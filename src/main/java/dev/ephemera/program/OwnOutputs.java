package dev.ephemera.program;

import com.pulumi.Context;
import com.pulumi.resources.StackReference;
import com.pulumi.resources.StackReferenceArgs;
import dev.ephemera.model.ContainerName;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.LastRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this stack's last update said of itself, read back from its own outputs.
 *
 * @param databases those that were there when it ended, by their keys
 * @param hosts the host names that it had
 */
record OwnOutputs(LastRun lastRun, Map<String, Instance> databases, Set<String> hosts) {
    /** For reading one stack's state, wherever it lies. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Pattern ADDRESS = Pattern.compile("https?://([^/]+)(/.*)?");

    /**
     * An RDS instance that was restored and had its password.
     *
     * @param resourceId empty when an older program has said nothing of it
     */
    record Instance(Optional<String> resourceId) {
        /** Whether it is the one with {@code id}, for all that was said. */
        boolean mayBe(String id) {
            return resourceId.map(id::equals).orElse(true);
        }
    }

    /**
     * Waits for the outputs. To be called while nothing else is being declared: a state in a file is for a moment not there
     * when the engine writes what has become of a resource.
     */
    static OwnOutputs read(Context context) {
        var name = "%s/%s/%s".formatted(context.organizationName(), context.projectName(), context.stackName());
        var reference = new StackReference(
                "last-run", StackReferenceArgs.builder().name(name).build());
        return new OwnOutputs(
                lastRun(output(reference, "environment")),
                instances(output(reference, "databases")),
                hosts(output(reference, "urls")));
    }

    private static @Nullable Object output(StackReference reference, String name) {
        return reference
                .outputDetailsAsync(name)
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join()
                .getValue()
                .orElse(null);
    }

    /** What has another form than {@link StackOutputs} gives it counts as absent: an older program may have written it. */
    static LastRun lastRun(@Nullable Object environment) {
        if (!(environment instanceof Map<?, ?> facts)) {
            return LastRun.NONE;
        }
        var images = new LinkedHashMap<ContainerName, ImageReference>();
        if (facts.get("images") instanceof Map<?, ?> entries) {
            entries.forEach((key, image) -> {
                try {
                    images.put(ContainerName.parse(String.valueOf(key)), new ImageReference(String.valueOf(image)));
                } catch (IllegalArgumentException e) {
                    // Absent, as said above.
                }
            });
        }
        return new LastRun(images, text(facts.get("branch")), text(facts.get("commit")));
    }

    static Map<String, Instance> instances(@Nullable Object databases) {
        var instances = new LinkedHashMap<String, Instance>();
        if (databases instanceof Map<?, ?> entries) {
            entries.forEach((key, facts) -> {
                if (facts instanceof Map<?, ?> known) {
                    instances.put(String.valueOf(key), new Instance(text(known.get("resourceId"))));
                }
            });
        }
        return instances;
    }

    /** As {@link #lastRun(Object)}: what is no address counts as absent. */
    static Set<String> hosts(@Nullable Object urls) {
        return urls instanceof Map<?, ?> entries
                ? entries.values().stream()
                        .map(String::valueOf)
                        .map(ADDRESS::matcher)
                        .filter(Matcher::matches)
                        .map(address -> address.group(1))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
