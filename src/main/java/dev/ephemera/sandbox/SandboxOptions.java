package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of {@code ci/sandbox}. Read by hand, and not by a library: it stands before every command that is run
 * in the sandbox, and a library would double what that costs.
 *
 * @param action what is asked for
 * @param ownCluster {@code --kubernetes=mine}: the cluster of the caller's {@code KUBECONFIG}, none is started
 * @param officialProvider {@code --aws-provider=official}: the real provider plugin, ours is left out
 * @param nodes {@code --nodes}: what pods run on; empty leaves it to the machine
 * @param restoreTime how long a database stays {@code creating} from now on; empty leaves it as it is
 * @param count how many arguments were options; what follows is the command, or the files to be imported
 * @param hasCommand whether anything follows
 */
public record SandboxOptions(
        Action action,
        boolean ownCluster,
        boolean officialProvider,
        Optional<Nodes> nodes,
        Optional<Duration> restoreTime,
        int count,
        boolean hasCommand) {

    /** What {@code ci/sandbox} is to do. */
    public enum Action {
        /** Start what does not run, then the command, if there is one. */
        RUN,
        /** End everything and empty it, then the same. */
        RESET,
        /** End the processes. */
        STOP,
        /** Start what does not run, then take the images of the files that follow. */
        IMPORT,
        /** The same with the images of the sample application. */
        IMPORT_SAMPLE,
        /** Say what runs. */
        STATUS,
        /** Say how it is used. */
        HELP
    }

    /** Longer than any restore of RDS takes; more is a slip of the unit. */
    private static final Duration LONGEST_RESTORE = Duration.ofHours(2);

    /**
     * Reads the options that stand before the command.
     *
     * @throws Failure with {@link Exit#USAGE} for an option or a value that is not known, or two that exclude each other
     */
    public static SandboxOptions parse(List<String> arguments) {
        var action = Action.RUN;
        var ownCluster = false;
        var officialProvider = false;
        var nodes = Optional.<Nodes>empty();
        var restoreTime = Optional.<Duration>empty();
        var i = 0;
        while (i < arguments.size() && arguments.get(i).startsWith("-")) {
            var argument = arguments.get(i++);
            if (argument.equals("--")) {
                break;
            }
            var equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            var value = equals < 0 ? "" : argument.substring(equals + 1);
            switch (name) {
                case "--reset", "--stop", "--status", "--help", "-h" -> {
                    if (action != Action.RUN || equals >= 0) {
                        throw usage(argument + " does not go with what stands before it, or takes no value");
                    }
                    action = name.equals("-h")
                            ? Action.HELP
                            : Action.valueOf(name.substring(2).toUpperCase(java.util.Locale.ROOT));
                }
                case "--restore-time" -> {
                    if (equals < 0) {
                        if (i == arguments.size()) {
                            throw usage("--restore-time lacks its value, for example --restore-time 20s");
                        }
                        value = arguments.get(i++);
                    }
                    restoreTime = Optional.of(duration(value));
                }
                case "--kubernetes" -> ownCluster = choice(argument, value, "mine", "sandbox");
                case "--nodes" ->
                    nodes = Optional.of(choice(argument, value, "real", "simulated") ? Nodes.REAL : Nodes.SIMULATED);
                case "--aws-provider" -> officialProvider = choice(argument, value, "official", "sandbox");
                default -> throw usage(argument + " is not an option of ci/sandbox");
            }
        }
        if (i < arguments.size() && arguments.get(i).equals("image")) {
            var words = arguments.subList(i, arguments.size());
            var sample = words.equals(List.of("image", "sample"));
            if (action != Action.RUN
                    || !(sample || words.size() > 2 && words.get(1).equals("import"))) {
                throw usage("want ci/sandbox image import FILE... or ci/sandbox image sample, got "
                        + String.join(" ", arguments));
            }
            action = sample ? Action.IMPORT_SAMPLE : Action.IMPORT;
            i += 2;
        }
        var hasCommand = i < arguments.size();
        if (hasCommand && !Set.of(Action.RUN, Action.RESET, Action.IMPORT).contains(action)) {
            throw usage("no command goes with --" + action.name().toLowerCase(java.util.Locale.ROOT) + ", got "
                    + arguments.get(i));
        }
        return new SandboxOptions(action, ownCluster, officialProvider, nodes, restoreTime, i, hasCommand);
    }

    private static boolean choice(String argument, String value, String first, String second) {
        if (value.equals(first) || value.equals(second)) {
            return value.equals(first);
        }
        throw usage(argument + ": want " + first + " or " + second + " behind the =");
    }

    private static Duration duration(String text) {
        if (text.matches("[0-9]{1,5}(ms|s|m)")) {
            var unit = text.endsWith("ms") ? "ms" : text.substring(text.length() - 1);
            var number = Long.parseLong(text.substring(0, text.length() - unit.length()));
            var duration = unit.equals("ms")
                    ? Duration.ofMillis(number)
                    : Duration.ofSeconds(unit.equals("s") ? number : 60 * number);
            if (duration.compareTo(LONGEST_RESTORE) <= 0) {
                return duration;
            }
        }
        throw usage("--restore-time: got \"" + text + "\", want a whole number up to two hours with its unit, "
                + "for example 500ms, 20s or 5m");
    }

    private static Failure usage(String message) {
        return new Failure(Exit.USAGE, message + "; see ci/sandbox --help");
    }
}
