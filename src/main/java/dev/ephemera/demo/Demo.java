package dev.ephemera.demo;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.naming.EnvironmentNames;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the environment of a pull request up in the sandbox, again without a change, with a new image, and takes it down.
 * What it says at the end was looked up in the clouds, not taken from what Pulumi said.
 */
public final class Demo {
    private static final String FIRST_TAG = "1.0";
    private static final String SECOND_TAG = "1.1";
    private static final Pattern UNCHANGED = Pattern.compile("\\s*(\\d+) unchanged\\s*");

    private final Typed typed;
    private final PrintStream out;
    private final Watch watch;
    private final String stack;
    private final int databases;
    private final List<Step> steps = new ArrayList<>();

    private Demo(Typed typed, Watch watch, String stack, int databases, PrintStream out) {
        this.typed = typed;
        this.watch = watch;
        this.stack = stack;
        this.databases = databases;
        this.out = out;
    }

    /**
     * Runs every step, from a shell that has the sandbox's environment.
     *
     * @param keep whether to leave the environment up at the end
     * @throws Failure when a step did not hold what it promises; the summary, printed before, says which
     */
    public static void run(
            Path project, EnvironmentNames names, ApplicationSpec application, boolean keep, PrintStream out) {
        try (var watch = new Watch(names, application)) {
            var demo = new Demo(
                    new Typed(project, out),
                    watch,
                    names.stack().value(),
                    application.databases().size(),
                    out);
            demo.play(keep);
            new Summary(demo.steps).print(out, demo.stack, keep);
            if (!demo.steps.stream().allMatch(Step::held)) {
                throw new Failure(Exit.FAILED, "the demo did not hold what it promises; the summary says where");
            }
        }
    }

    private void play(boolean keep) {
        if (!watch.look().isEmpty()) {
            out.println(stack + " is up from an earlier run, so it goes first.");
            destroy();
        }
        steps.clear();
        var before = watch.look();
        steps.add(new Step("before", Duration.ZERO, before, before.isEmpty(), left(before)));
        typed.run(Map.of(), "ci/sandbox", "pulumi", "stack", "select", "--create", stack);
        up();
        upAgain();
        newImage();
        if (!keep) {
            destroy();
        }
    }

    private void up() {
        var result = pulumiUp(FIRST_TAG);
        var now = watch.look();
        var complete = now.instances().size() == databases && !now.objects().isEmpty();
        steps.add(new Step("first up", result.duration(), now, succeeded(result) && complete, images(now)));
    }

    private void upAgain() {
        var before = watch.look();
        var result = pulumiUp(FIRST_TAG, "--expect-no-changes");
        var now = watch.look();
        var unchanged = unchanged(result);
        steps.add(new Step(
                "second up",
                result.duration(),
                now,
                succeeded(result) && unchanged > 0 && now.equals(before),
                "%d resources unchanged; every object and instance is the same one".formatted(unchanged)));
    }

    private void newImage() {
        var instances = watch.look().instances();
        var result = pulumiUp(SECOND_TAG);
        var now = watch.look();
        var deployed =
                now.images().filter(image -> image.endsWith(":" + SECOND_TAG)).count() > 0
                        && now.images().noneMatch(image -> image.endsWith(":" + FIRST_TAG));
        steps.add(new Step(
                "new image",
                result.duration(),
                now,
                succeeded(result) && deployed && now.instances().equals(instances),
                images(now) + "; the database is the same one"));
    }

    private void destroy() {
        var result = typed.run(
                Map.of(), "ci/sandbox", "pulumi", "destroy", "--stack", stack, "--yes", "--skip-preview", "--remove");
        var now = watch.look();
        steps.add(new Step("destroy", result.duration(), now, succeeded(result) && now.isEmpty(), left(now)));
    }

    private Typed.Result pulumiUp(String tag, String... more) {
        var command =
                new ArrayList<>(List.of("ci/sandbox", "pulumi", "up", "--stack", stack, "--yes", "--skip-preview"));
        command.addAll(List.of(more));
        return typed.run(Map.of("EPHEMERA_IMAGE_TAG", tag), command.toArray(String[]::new));
    }

    private String left(Sighting now) {
        return now.isEmpty() ? "nothing of " + stack : "still there: " + now;
    }

    private static boolean succeeded(Typed.Result result) {
        return result.exitCode() == 0;
    }

    private static String images(Sighting now) {
        return "running "
                + String.join(", ", now.images().map(Demo::shortened).distinct().toList());
    }

    /** {@code web:1.0} for {@code registry.example.com/shop/web:1.0}. */
    private static String shortened(String image) {
        return image.substring(image.lastIndexOf('/') + 1);
    }

    private static int unchanged(Typed.Result result) {
        return result.lines().stream()
                .map(UNCHANGED::matcher)
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .findFirst()
                .orElse(0);
    }
}
