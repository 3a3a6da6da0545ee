package dev.ephemera.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process and no other: an id alone is given to somebody else sooner or later, a restart of the machine included.
 *
 * @param pid its process id
 * @param birth when it began. On Linux the kernel's boot id and the clock ticks since then, which no change of the clock
 *     moves (what {@link ProcessHandle} tells is reckoned from a boot time that moves with it); elsewhere the instant
 */
public record ProcessIdentity(long pid, String birth) {
    private static final Path PROC = Path.of("/proc");

    /** The process that has this id now; empty when there is none, or it has ended and nobody has asked how. */
    public static Optional<ProcessIdentity> of(long pid) {
        if (!Files.exists(PROC.resolve("self/stat"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(instant -> new ProcessIdentity(pid, instant.toString()));
        }
        try {
            var stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            // proc_pid_stat(5): "pid (name) state ...", field 22 is the start; the name may hold blanks and brackets.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // Where nobody reaps orphans a dead process stays as a zombie, which ProcessHandle calls alive.
            var ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended ? Optional.empty() : Optional.of(new ProcessIdentity(pid, bootId() + ":" + fields[19]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String bootId() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    /** Whether it is of this machine, and began since that was last started: the kernel gives each start an id of its own. */
    public boolean isOfThisBoot() {
        try {
            return !Files.exists(PROC.resolve("self/stat")) || birth.startsWith(bootId() + ":");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Asks it to end; nothing happens when it has ended, whoever has its id by now. */
    public void terminate() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    /** Ends it at once. */
    public void kill() {
        if (isAlive()) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
