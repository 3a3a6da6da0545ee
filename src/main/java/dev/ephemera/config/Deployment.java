package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.ImageOverrides;
import dev.ephemera.model.ImageReference;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.StackName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What this update knows beyond the files: the branch it shows and the images it deploys. Each value comes from Pulumi's
 * configuration ({@code ephemera:images}, {@code :imageTag}, {@code :pullRequest}, {@code :branch}), else from the
 * environment ({@code EPHEMERA_IMAGES}, {@code EPHEMERA_IMAGE_TAG}, {@code EPHEMERA_PULL_REQUEST}, {@code
 * EPHEMERA_BRANCH}).
 */
public record Deployment(Optional<String> branch, ImageOverrides images) {

    /**
     * Reads both sources.
     *
     * @param application whose workloads and jobs the images may name
     * @param configuration Pulumi's values of the namespace {@code ephemera}
     * @throws Failure when a value has another form, names another pull request or branch than {@code stack}, or names what
     *     the application does not have
     */
    public static Deployment read(
            StackName stack,
            ApplicationSpec application,
            Function<String, Optional<String>> configuration,
            Map<String, String> environment) {
        var source = new Source(configuration, environment);
        var pullRequest = source.value("pullRequest", "EPHEMERA_PULL_REQUEST");
        var branch = source.value("branch", "EPHEMERA_BRANCH");
        pullRequest.ifPresent(given -> {
            if (!given.text().equals(stack.value().replaceFirst("^pr-", ""))) {
                throw given.refused("it is pull request %s, but the stack is %s".formatted(given.text(), stack));
            }
        });
        branch.ifPresent(given -> {
            if (stack.pullRequest().isEmpty()
                    && !StackName.ofBranch(given.text()).equals(stack)) {
                throw given.refused("it is branch \"%s\" with stack %s, but the stack is %s"
                        .formatted(given.text(), StackName.ofBranch(given.text()), stack));
            }
        });
        var images = source.value("images", "EPHEMERA_IMAGES")
                .map(value -> value.parsed(text -> images(text, application)))
                .orElse(Map.of());
        var tag = source.value("imageTag", "EPHEMERA_IMAGE_TAG").map(value -> value.parsed(ImageReference::tag));
        return new Deployment(branch.map(Value::text), new ImageOverrides(images, tag));
    }

    private static Map<Key, ImageReference> images(String text, ApplicationSpec application) {
        var images = new LinkedHashMap<Key, ImageReference>();
        for (var entry : text.split(",", -1)) {
            var parts = entry.trim().split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException(
                        "got \"%s\", want name=image, several separated by commas".formatted(entry));
            }
            var key = new Key(parts[0]);
            if (!application.workloads().containsKey(key) && !application.jobs().containsKey(key)) {
                throw new IllegalArgumentException("got \"%s\", want the name of a workload or a job: %s, %s"
                        .formatted(
                                key,
                                application.workloads().keySet(),
                                application.jobs().keySet()));
            }
            images.put(key, new ImageReference(parts[1]));
        }
        return images;
    }

    private record Value(String from, String text) {
        <T> T parsed(Function<String, T> parse) {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw refused(String.valueOf(e.getMessage()));
            }
        }

        Failure refused(String message) {
            return new Failure(Exit.USAGE, from + ": " + message);
        }
    }

    private record Source(Function<String, Optional<String>> configuration, Map<String, String> environment) {
        /** An empty variable counts as absent: CI systems set those that do not apply to nothing. */
        Optional<Value> value(String key, String variable) {
            return configuration
                    .apply(key)
                    .map(text -> new Value("ephemera:" + key, text))
                    .or(() -> Optional.ofNullable(environment.get(variable))
                            .filter(text -> !text.isBlank())
                            .map(text -> new Value(variable, text)));
        }
    }
}
