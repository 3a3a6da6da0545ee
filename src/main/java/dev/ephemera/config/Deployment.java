package dev.ephemera.config;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.ImageOverrides;
import dev.ephemera.model.ImageReference;
import dev.ephemera.model.LastRun;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.StackName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What this update knows beyond the files: the branch and commit it shows and the images it deploys. Each value comes from
 * the first of these that has it:
 *
 * <ol>
 *   <li>Pulumi's configuration: {@code ephemera:images}, {@code :imageTag}, {@code :pullRequest}, {@code :branch}, {@code
 *       :commit};
 *   <li>the environment: {@code EPHEMERA_IMAGES}, {@code EPHEMERA_IMAGE_TAG}, {@code EPHEMERA_PULL_REQUEST}, {@code
 *       EPHEMERA_BRANCH}, {@code EPHEMERA_COMMIT};
 *   <li>for branch and commit, what GitHub Actions, GitLab CI or Jenkins sets, where it speaks of this stack. That a commit
 *       was pushed does not mean that images of it were: it is no image's tag;
 *   <li>what this stack ran last. A commit belongs to its images: it is not taken over when this update gives images.
 * </ol>
 *
 * <p>Images are looked for one by one, so that two of these sources can each name some; an image given by name wins over a
 * tag, wherever the two come from. {@link ImageOverrides} has the rest of the order.
 */
public record Deployment(Optional<String> branch, Optional<String> commit, ImageOverrides images) {
    /** An abbreviated or whole object name of Git, SHA-1 or SHA-256. */
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    /**
     * Reads all sources.
     *
     * @param application whose workloads and jobs the images may name
     * @param configuration Pulumi's values of the namespace {@code ephemera}
     * @throws Failure when a value that was given for this update has another form, names another pull request or branch
     *     than {@code stack}, or names what the application does not have
     */
    public static Deployment read(
            StackName stack,
            ApplicationSpec application,
            Function<String, Optional<String>> configuration,
            Map<String, String> environment,
            LastRun last) {
        var source = new Source(configuration, environment);
        var branch = source.value("branch", "EPHEMERA_BRANCH");
        source.value("pullRequest", "EPHEMERA_PULL_REQUEST").ifPresent(given -> samePullRequest(given, stack));
        branch.ifPresent(given -> sameBranch(given, stack));
        var byName = new LinkedHashMap<Key, ImageReference>();
        source.values("images", "EPHEMERA_IMAGES")
                .forEach(
                        given -> given.parsed(text -> images(text, application)).forEach(byName::putIfAbsent));
        var tag = source.value("imageTag", "EPHEMERA_IMAGE_TAG").map(given -> given.parsed(ImageReference::tag));
        var images = new ImageOverrides(byName, tag, last.images());
        var pipeline = Pipeline.of(stack, environment);
        return new Deployment(
                branch.map(Value::text).or(pipeline::branch).or(last::branch),
                source.value("commit", "EPHEMERA_COMMIT")
                        .map(given -> given.parsed(Deployment::commit))
                        .or(() -> pipeline.commit().filter(COMMIT.asMatchPredicate()))
                        .or(() -> images.isGiven() ? Optional.empty() : last.commit()),
                images);
    }

    private static void samePullRequest(Value given, StackName stack) {
        if (!given.text().equals(stack.value().replaceFirst("^pr-", ""))) {
            throw given.refused("it is pull request %s, but the stack is %s".formatted(given.text(), stack));
        }
    }

    private static void sameBranch(Value given, StackName stack) {
        if (stack.pullRequest().isEmpty() && !StackName.ofBranch(given.text()).equals(stack)) {
            throw given.refused("it is branch \"%s\" with stack %s, but the stack is %s"
                    .formatted(given.text(), StackName.ofBranch(given.text()), stack));
        }
    }

    private static String commit(String text) {
        if (!COMMIT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "got \"%s\", want a commit as Git names it: 7 to 64 lower-case hexadecimal digits".formatted(text));
        }
        return text;
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
        /** The first that is there. */
        Optional<Value> value(String key, String variable) {
            return values(key, variable).findFirst();
        }

        /** All that are there, first those that win. An empty variable counts as absent: CI systems set such. */
        Stream<Value> values(String key, String variable) {
            return Stream.concat(
                    configuration.apply(key).map(text -> new Value("ephemera:" + key, text)).stream(),
                    Optional.ofNullable(environment.get(variable))
                            .filter(text -> !text.isBlank())
                            .map(text -> new Value(variable, text))
                            .stream());
        }
    }
}
