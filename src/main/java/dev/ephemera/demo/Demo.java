package dev.ephemera.demo;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.SampleImages;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings the environment of a pull request up in the sandbox, again without a change, with a new image, beside a second one,
 * and takes them down. What it says at the end was looked up in the clouds and in the page, not taken from what Pulumi said.
 */
public final class Demo {
    private static final Duration A_MOMENT = Duration.ofSeconds(20);
    private static final Pattern UNCHANGED = Pattern.compile("\\s*(\\d+) unchanged\\s*");

    private final Typed typed;
    private final PrintStream out;
    private final Preview preview;
    private final Preview neighbour;
    private final boolean opens;
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param opens whether pods run, so that the URL answers
     */
    public Demo(Typed typed, PrintStream out, Preview preview, Preview neighbour, boolean opens) {
        this.typed = typed;
        this.out = out;
        this.preview = preview;
        this.neighbour = neighbour;
        this.opens = opens;
    }

    /**
     * Runs every step.
     *
     * @param keep whether to leave the first environment up at the end
     * @param screenshot where to put a picture of its page
     * @throws Failure when a step did not hold what it promises; the summary, printed before, says which
     */
    public void run(boolean keep, Optional<Path> screenshot) {
        for (var each : List.of(preview, neighbour)) {
            if (!each.look().isEmpty()) {
                out.println(each.stack() + " is up from an earlier run, so it goes first.");
                each.destroy();
            }
        }
        if (opens) {
            typed.run(Map.of(), "ci/sandbox", "image", "sample");
        }
        var before = preview.look();
        steps.add(new Step("before", Duration.ZERO, before, before.isEmpty(), left(before)));
        preview.select();
        up();
        upAgain();
        newImage();
        if (opens) {
            order();
            screenshot.ifPresent(file -> Screenshot.take(typed, preview.url().orElse(""), file));
            neighbour();
        }
        if (!keep) {
            destroy();
        }
        new Summary(steps).print(out, preview.stack(), preview.url().filter(url -> opens), keep);
        if (!steps.stream().allMatch(Step::held)) {
            throw new Failure(Exit.FAILED, "the demo did not hold what it promises; the summary says where");
        }
    }

    private void up() {
        var result = preview.up(SampleImages.FIRST_TAG);
        var now = preview.look();
        var page = page(preview, SampleImages.FIRST_TAG);
        steps.add(new Step(
                "first up",
                result.duration(),
                now,
                succeeded(result) && preview.isComplete(now) && shows(page, SampleImages.FIRST_TAG),
                images(now) + seen(page)));
    }

    private void upAgain() {
        var before = preview.look();
        var result = preview.up(SampleImages.FIRST_TAG, "--expect-no-changes");
        var now = preview.look();
        var unchanged = unchanged(result);
        steps.add(new Step(
                "second up",
                result.duration(),
                now,
                succeeded(result) && unchanged > 0 && now.equals(before),
                "%d resources unchanged; every object and instance is the same one".formatted(unchanged)));
    }

    private void newImage() {
        var instances = preview.look().instances();
        var result = preview.up(SampleImages.SECOND_TAG);
        var now = preview.look();
        var page = page(preview, SampleImages.SECOND_TAG);
        var deployed = now.images().anyMatch(image -> image.endsWith(":" + SampleImages.SECOND_TAG))
                && now.images().noneMatch(image -> image.endsWith(":" + SampleImages.FIRST_TAG));
        steps.add(new Step(
                "new image",
                result.duration(),
                now,
                succeeded(result)
                        && deployed
                        && now.instances().equals(instances)
                        && shows(page, SampleImages.SECOND_TAG),
                images(now) + "; the database is the same one" + seen(page)));
    }

    /** The api takes it, the broker hands it on, the worker confirms it in the database. */
    private void order() {
        var before = preview.page();
        var begin = System.nanoTime();
        typed.quietly(
                Map.of(),
                "ci/sandbox",
                "curl",
                "-sS",
                "--data",
                "product=1&quantity=2",
                preview.url().orElse("") + "orders");
        var end = begin + A_MOMENT.toNanos();
        Page after;
        do {
            after = preview.page();
        } while (!processed(before, after) && System.nanoTime() - end < 0);
        steps.add(new Step(
                "an order",
                Duration.ofNanos(System.nanoTime() - begin),
                preview.look(),
                processed(before, after),
                "%d orders, %d before; %d confirmed by the worker, %d before"
                        .formatted(
                                after.count("orders"), before.count("orders"), after.confirmed(), before.confirmed())));
    }

    private static boolean processed(Page before, Page after) {
        return after.count("orders") == before.count("orders") + 1 && after.confirmed() == before.confirmed() + 1;
    }

    private void neighbour() {
        neighbour.select();
        var result = neighbour.up(SampleImages.SECOND_TAG);
        var now = neighbour.look();
        var here = preview.page();
        var there = page(neighbour, SampleImages.SECOND_TAG);
        var isOther = there.filter(page -> page.count("orders") != here.count("orders"))
                .isPresent();
        var mine = preview.credentials();
        var its = neighbour.credentials();
        var apart = Neighbours.opens(mine)
                && Neighbours.opens(its)
                && Neighbours.refuses(mine, its)
                && Neighbours.refuses(its, mine);
        steps.add(new Step(
                neighbour.stack(),
                result.duration(),
                now,
                succeeded(result) && isOther && apart,
                "%d orders there, %d here; %s"
                        .formatted(
                                there.map(page -> page.count("orders")).orElse(0L),
                                here.count("orders"),
                                apart
                                        ? "neither's password opens the other's database"
                                        : "a password opens the other's database, or not its own")));
        neighbour.destroy();
    }

    private void destroy() {
        var result = preview.destroy();
        var now = preview.look();
        var page = page(preview);
        var silent = page.isEmpty() || !page.get().answered();
        steps.add(new Step(
                "destroy",
                result.duration(),
                now,
                succeeded(result) && now.isEmpty() && neighbour.look().isEmpty() && silent,
                left(now) + seen(page)));
    }

    /** Empty where no pod runs. */
    private Optional<Page> page(Preview of) {
        return opens ? Optional.of(of.page()) : Optional.empty();
    }

    /**
     * The page as soon as it is this release's, or as it is after a moment: while pods are replaced, one that is about to end
     * may be asked for an instant longer.
     */
    private Optional<Page> page(Preview of, String tag) {
        var end = System.nanoTime() + A_MOMENT.toNanos();
        var page = page(of);
        while (!shows(page, tag) && System.nanoTime() - end < 0) {
            page = page(of);
        }
        return page;
    }

    private static boolean shows(Optional<Page> page, String tag) {
        return page.isEmpty()
                || page.get().text("web").equals(Optional.of(tag))
                        && page.get().email().isPresent();
    }

    private static String seen(Optional<Page> page) {
        return page.map(found -> "; " + found).orElse("");
    }

    private String left(Sighting now) {
        return now.isEmpty() ? "nothing of " + preview.stack() : "still there: " + now;
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
