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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What this stack's last successful update said of itself, read back from its own outputs. */
final class OwnOutputs {
    /** For reading one stack's state, wherever it lies. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private OwnOutputs() {}

    /**
     * Waits for the outputs. To be called while nothing else is being declared: a state in a file is for a moment not there
     * when the engine writes what has become of a resource.
     */
    static LastRun read(Context context) {
        var name = "%s/%s/%s".formatted(context.organizationName(), context.projectName(), context.stackName());
        return new StackReference(
                        "last-run", StackReferenceArgs.builder().name(name).build())
                .outputDetailsAsync("environment")
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .thenApply(details -> lastRun(details.getValue().orElse(null)))
                .join();
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

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
