package dev.ephemera.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ci/chaos}. */
@Command(
        name = "ci/chaos",
        description = {
            "Random lives of pull requests with faults in between, in a sandbox of its own with simulated nodes; then the reaper comes twice at most, and clouds and state are compared with what may be there.",
            "Exit 0: no leak, no wrong deletion, no lost state. Else 1."
        },
        mixinStandardHelpOptions = true)
public final class Chaos implements Callable<Integer> {
    private static final List<Integer> NUMBERS = List.of(7, 71);
    /** The faults of a round come in one go; a plan may have none that hits. */
    private static final int MOST_ROUNDS_FOR_EACH_FAULT = 2;

    @Option(
            names = "--faults",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description =
                    "how many have to hit a running command; whole rounds of about 7 are run; default: ${DEFAULT-VALUE}")
    private int faults;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "gives the same lives and faults again; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "keep the counts in this file after each round, and go on with what it has")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--minutes",
            paramLabel = "NUMBER",
            description = "begin no round after so many; the rest is for --resume")
    private Optional<Integer> minutes = Optional.empty();

    @Option(
            names = "--sabotage",
            paramLabel = "KIND",
            description = "break the reaper, and see whether that is seen: ${COMPLETION-CANDIDATES}")
    private Optional<Sabotage> sabotage = Optional.empty();

    private final Consumer<String> tell = System.out::println;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        return new CommandLine(new Chaos())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public Integer call() {
        var tally = resume.map(file -> Tally.read(file, seed)).orElseGet(() -> new Tally(seed));
        var root = Path.of("").toAbsolutePath();
        var directory = Optional.ofNullable(System.getenv("EPHEMERA_CHAOS_SANDBOX"))
                .map(Path::of)
                .orElse(root.resolve("target/chaos-sandbox"));
        try (var playground = new Playground(root, directory);
                var checker = new Checker(playground.environmentOutside(), playground.state());
                var overlaps = new Overlaps(playground.checkout())) {
            var forge = new ForgeFile(playground.checkout());
            var lookAlikes = new LookAlikes(checker);
            NUMBERS.forEach(lookAlikes::plant);
            checker.rememberAll();
            if (sabotage.isPresent()) {
                tally.add(new SabotagedReaper(playground, checker, forge, overlaps, tell, seed).run(sabotage.get()));
            } else {
                rounds(tally, playground, checker, forge, overlaps);
            }
        }
        tell.accept("\nseed %d\n%s".formatted(seed, tally.table()));
        tally.findings().forEach(tell);
        return tally.isClean() ? 0 : 1;
    }

    private void rounds(Tally tally, Playground playground, Checker checker, ForgeFile forge, Overlaps overlaps) {
        var end =
                minutes.map(each -> System.nanoTime() + Duration.ofMinutes(each).toNanos());
        try (var injector = new Injector(playground, forge)) {
            for (var each = 0; each < faults * MOST_ROUNDS_FOR_EACH_FAULT; each++) {
                if (tally.hits() >= faults
                        || end.filter(time -> System.nanoTime() > time).isPresent()) {
                    return;
                }
                var plan = Plan.of(seed, tally.rounds());
                tell.accept("round %d: %d faults, %d of %d have hit"
                        .formatted(tally.rounds(), plan.faults(), tally.hits(), faults));
                var round = new Round(playground, checker, forge, injector, overlaps, tell, seed).run(plan);
                round.findings().forEach(tell);
                tally.add(round);
                resume.ifPresent(tally::write);
            }
        }
    }
}
