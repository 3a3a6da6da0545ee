package dev.ephemera.program;

import com.pulumi.Context;
import com.pulumi.resources.StackReference;
import com.pulumi.resources.StackReferenceArgs;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.LastRun;
import dev.ephemera.naming.Key;
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
 * What this stack's last successful update said of itself, read back from its own outputs.
 *
 * @param hosts the host names that it had
 */
record OwnOutputs(LastRun lastRun, Set<String> hosts) {
    /** For reading one stack's state, wherever it lies. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Pattern ADDRESS = Pattern.compile("https?://([^/]+)(/.*)?");

    /**
     * Waits for the outputs. To be called while nothing else is being declared: a state in a file is for a moment not there
     * when the engine writes what has become of a resource.
     */
    static OwnOutputs read(Context context) {
        var name = "%s/%s/%s".formatted(context.organizationName(), context.projectName(), context.stackName());
        var stack = new StackReference(
                "last-run", StackReferenceArgs.builder().name(name).build());
        return new OwnOutputs(lastRun(value(stack, "environment")), hosts(value(stack, "urls")));
    }

    private static @Nullable Object value(StackReference stack, String output) {
        return stack.outputDetailsAsync(output)
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
        var images = new LinkedHashMap<Key, ImageReference>();
        if (facts.get("images") instanceof Map<?, ?> entries) {
            entries.forEach((key, image) -> {
                try {
                    images.put(new Key(String.valueOf(key)), new ImageReference(String.valueOf(image)));
                } catch (IllegalArgumentException e) {
                    // Absent, as said above.
                }
            });
        }
        return new LastRun(images, text(facts.get("branch")), text(facts.get("commit")));
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
