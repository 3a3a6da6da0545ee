package dev.ephemera.faults;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a run which of the faults that a preview system has to survive were survived: those whose tests, with
 * their tags {@code fault-01} to {@code fault-20}, ran and passed. What a fault is stands in docs/reliability.md.
 */
public final class FaultReport implements TestExecutionListener {
    static final int FAULTS = 20;
    static final String TAG = "fault-";

    private final Set<String> survived = new ConcurrentSkipListSet<>();
    private final Set<String> failed = new ConcurrentSkipListSet<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        var passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        test.getTags().stream()
                .map(Object::toString)
                .filter(tag -> tag.startsWith(TAG))
                .forEach(tag -> (passed ? survived : failed).add(tag));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        survived.removeAll(failed);
        if (!survived.isEmpty() || !failed.isEmpty()) {
            System.out.printf(
                    "Faults survived: %d/%d%s%n",
                    survived.size(), FAULTS, failed.isEmpty() ? "" : "; not survived: " + String.join(", ", failed));
        }
    }
}
