package dev.ephemera.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The end of the demo: for each step how long it took, what the clouds hold after it, and whether that is as promised. */
record Summary(List<Step> steps) {

    void print(PrintStream out, String stack, Optional<String> url, boolean kept) {
        out.println();
        out.printf("%-10s %7s  %-10s %-4s %-8s %-8s  %s%n", "", "", "API server", "RDS", "Security", "Route53", "");
        out.printf(
                "%-10s %7s  %-10s %-4s %-8s %-8s  %s%n",
                "step", "time", "objects", "", "groups", "records", "found there");
        for (var step : steps) {
            var seen = step.sighting();
            out.printf(
                    "%-10s %7s  %-10d %-4d %-8d %-8d  %s%n",
                    step.title(),
                    seconds(step.duration()),
                    seen.objects().size(),
                    seen.instances().size(),
                    seen.securityGroups().size(),
                    seen.records().size(),
                    (step.held() ? "" : "NOT AS PROMISED: ") + step.found());
        }
        out.println();
        if (kept) {
            url.ifPresent(open -> out.printf(
                    "%s answers: `ci/sandbox curl %s`, or a browser that `ci/sandbox` starts.%n", open, open));
            out.printf(
                    "%s stays up. Look around with `ci/sandbox kubectl get all -A` (kubectl is yours), change stacks/, run%n",
                    stack);
            out.printf("`EPHEMERA_IMAGE_TAG=1.2 ci/sandbox pulumi up --stack %s`, and take it down with%n", stack);
            out.printf("`ci/sandbox pulumi destroy --stack %s --yes --remove`.%n", stack);
        } else {
            out.println(
                    "The sandbox runs on for your own commands (`ci/sandbox COMMAND...`); `ci/sandbox --stop` ends it.");
        }
        out.flush();
    }

    private static String seconds(Duration duration) {
        return duration.isZero() ? "" : "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
