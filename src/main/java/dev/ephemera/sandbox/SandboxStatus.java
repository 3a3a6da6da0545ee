package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What {@code --status} says.
 *
 * @param lines one for each part, then what else there is to know
 * @param complete whether every part runs and answers
 */
public record SandboxStatus(List<String> lines, boolean complete) {
    private static final String LINE = "%-24s %s";

    public SandboxStatus {
        lines = List.copyOf(lines);
    }

    static SandboxStatus of(SandboxDirectory directory, Processes processes) throws IOException {
        var lines = new ArrayList<String>();
        var complete = true;
        var addresses =
                Files.exists(directory.ports()) ? Optional.of(Addresses.in(directory)) : Optional.<Addresses>empty();
        var nodes = Nodes.read(directory.nodes());
        var ofNode = Nodes.parts(nodes, directory);
        for (var part : Part.values()) {
            if (Part.REAL_NODE.contains(part) && !ofNode.contains(part)) {
                continue;
            }
            var answers = processes.isAlive(part)
                    && addresses.isPresent()
                    && addresses.get().answers(part);
            complete &= answers;
            lines.add(LINE.formatted(part.label(), describe(part, processes, answers, addresses)));
        }
        lines.add(LINE.formatted("nodes", nodes.map(Nodes::describe).orElse("not decided yet")));
        lines.add(LINE.formatted("network policies", policies(directory, nodes)));
        lines.add(LINE.formatted("databases", new DatabaseServers(directory).describe()));
        var restoreTime = RestoreTime.read(directory.chosenRestoreTime()).orElse(RestoreTime.DEFAULT);
        lines.add(LINE.formatted("restore time", RestoreTime.print(restoreTime)));
        SortedMap<String, Integer> stacks = StackStates.withResources(directory.state());
        lines.add(LINE.formatted("stacks with resources", stacks.isEmpty() ? "none" : StackStates.describe(stacks)));
        lines.add(LINE.formatted("directory", directory.root()));
        return new SandboxStatus(lines, complete);
    }

    private static String policies(SandboxDirectory directory, Optional<Nodes> nodes) throws IOException {
        if (!nodes.equals(Optional.of(Nodes.REAL))) {
            return "not enforced, since no pod runs";
        }
        return Files.exists(directory.unenforcedPolicies())
                ? "NOT enforced: "
                        + Files.readString(directory.unenforcedPolicies()).strip()
                : "enforced";
    }

    private static String describe(Part part, Processes processes, boolean answers, Optional<Addresses> addresses)
            throws IOException {
        var record = processes.record(part);
        if (record.isEmpty()) {
            return "not started";
        }
        var pid = "pid " + record.get().process().pid();
        if (!record.get().process().isAlive()) {
            return "has ended (" + pid + "); its log: " + processes.log(part) + "; its last lines: "
                    + LastLines.of(processes.log(part));
        }
        var address = addresses.map(known -> known.describe(part)).orElse("its port");
        return (answers ? "runs, " : "runs but does not answer, ") + pid + ", " + address;
    }
}
