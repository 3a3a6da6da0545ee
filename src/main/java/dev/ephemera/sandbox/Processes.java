package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.process.ProcessIdentity;
import dev.ephemera.sandbox.node.Launch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of one sandbox: starts them apart from the terminal, finds them again, ends them and no others. */
final class Processes {
    private static final Duration GRACE = Duration.ofSeconds(4);

    private final SandboxDirectory directory;

    Processes(SandboxDirectory directory) {
        this.directory = directory;
    }

    Optional<ProcessRecord> record(Part part) throws IOException {
        return ProcessRecord.read(recordFile(part));
    }

    boolean isAlive(Part part) throws IOException {
        return record(part).filter(record -> record.process().isAlive()).isPresent();
    }

    /** Writes down a process that somebody else started; one that has ended meanwhile is not. */
    void adopt(Part part, long pid, String version) throws IOException {
        var process = ProcessIdentity.of(pid);
        if (process.isPresent()) {
            new ProcessRecord(process.get(), version).write(recordFile(part));
        }
    }

    void forget(Part part) throws IOException {
        Files.deleteIfExists(recordFile(part));
    }

    Path log(Part part) {
        return part.isControlPlane()
                ? directory.kwok().resolve(Path.of("clusters", directory.clusterName(), "logs", part.label() + ".log"))
                : directory.logs().resolve(part.label() + ".log");
    }

    /**
     * Starts a process that outlives us: in a session of its own, so that Ctrl-C does not reach it, and with nothing of
     * ours open, so that a pipe behind {@code ci/sandbox} ends with the command.
     *
     * @param environment all that it gets
     * @param version see {@link ProcessRecord}
     */
    void start(Part part, List<String> command, Map<String, String> environment, String version) throws IOException {
        adopt(part, launch(part, command, environment).pid(), version);
    }

    /** The same for what a room has prepared. */
    void start(Part part, Launch launch, String version) throws IOException {
        start(part, launch.command(), launch.environment(), version);
    }

    /**
     * Starts a process of the real node. Who enters other namespaces of processes stays outside and has the program for a
     * child: that one is the part.
     */
    void startInside(Part part, Launch launch) throws IOException {
        var entering = launch(part, launch.command(), launch.environment());
        Waiting.until(() -> entering.children().findAny().isPresent() || !entering.isAlive(), GRACE);
        // Where it has ended already, its end is noticed by whoever waits for it to be ready.
        adopt(part, entering.children().findAny().map(ProcessHandle::pid).orElse(entering.pid()), "");
    }

    private Process launch(Part part, List<String> command, Map<String, String> environment) {
        var detached = Stream.concat(Stream.of("setsid"), command.stream()).toList();
        var builder = new ProcessBuilder(detached)
                .directory(directory.sandbox().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log(part).toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new Failure(
                    Exit.FAILED,
                    part.label() + " could not be started (" + e.getMessage()
                            + "); setsid is in the package util-linux, on macOS in Homebrew's util-linux",
                    e);
        }
    }

    /**
     * Processes of this sandbox that no record knows, left by a start that was killed half-way. They are told by what
     * they run and by this directory in their arguments.
     */
    Set<ProcessIdentity> strays() throws IOException {
        var known = new java.util.HashSet<Long>();
        for (var part : Part.values()) {
            record(part)
                    .map(ProcessRecord::process)
                    .filter(ProcessIdentity::isAlive)
                    .ifPresent(process -> known.add(process.pid()));
        }
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> !known.contains(pid))
                .filter(pid -> isOurs(CommandLine.of(pid)))
                .map(ProcessIdentity::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** Again until there are none, since a stray kwokctl may start another while its first ones are being ended. */
    void endStrays() throws IOException {
        for (var strays = strays(); !strays.isEmpty(); strays = strays()) {
            end(strays);
        }
    }

    private boolean isOurs(List<String> command) {
        var inside = directory.sandbox() + File.separator;
        if (command.isEmpty() || command.stream().noneMatch(argument -> argument.contains(inside))) {
            return false;
        }
        // setsid stands in front for an instant, an interpreter for good; an editor on a script is neither.
        var program = fileName(command.get(0));
        Predicate<String> isPart =
                name -> Stream.of(Part.values()).anyMatch(part -> part.program().equals(name));
        return isPart.test(program)
                || program.equals("kwokctl")
                || ((program.equals("setsid") || program.equals("java") || program.startsWith("python"))
                        && command.stream().map(Processes::fileName).anyMatch(isPart));
    }

    private static String fileName(String argument) {
        return argument.substring(argument.lastIndexOf('/') + 1);
    }

    /**
     * Ends processes: asks, and after four seconds insists.
     *
     * @throws Failure when one is still there after that
     */
    void end(Collection<ProcessIdentity> processes) {
        processes.forEach(ProcessIdentity::terminate);
        if (allEnd(processes, GRACE)) {
            return;
        }
        processes.forEach(ProcessIdentity::kill);
        if (!allEnd(processes, GRACE)) {
            throw new Failure(
                    Exit.FAILED,
                    "these processes of the sandbox do not end: "
                            + processes.stream()
                                    .filter(ProcessIdentity::isAlive)
                                    .map(process -> Long.toString(process.pid()))
                                    .collect(Collectors.joining(", "))
                            + "; see what ps says of them");
        }
    }

    /** Ends the part's process, if it has one, and forgets it. */
    void end(Part part) throws IOException {
        end(record(part).map(ProcessRecord::process).map(List::of).orElse(List.of()));
        forget(part);
    }

    private static boolean allEnd(Collection<ProcessIdentity> processes, Duration limit) {
        return Waiting.until(() -> processes.stream().noneMatch(ProcessIdentity::isAlive), limit);
    }

    private Path recordFile(Part part) {
        return directory.records().resolve(part.label());
    }
}
