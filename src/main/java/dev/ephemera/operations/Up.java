package dev.ephemera.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ephemera.config.ApplicationReader;
import dev.ephemera.cost.CostReading;
import dev.ephemera.engine.PrintedJson;
import dev.ephemera.engine.StackState;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.lifecycle.Lifetime;
import dev.ephemera.model.PreviewSettings;
import dev.ephemera.naming.Key;
import dev.ephemera.report.CostPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes an environment, or brings it up to date, after mending what a killed run left. */
public final class Up {
    /**
     * An environment that is up.
     *
     * @param address where a browser opens it; empty when no workload is exposed
     * @param end when it ends by itself; empty when only its pull request ends it
     * @param cost what it costs
     */
    public record Deployed(Optional<String> address, Optional<Lifetime.End> end, CostPart cost) {}

    private static final String STASH = "pulumi:index:Stash";
    /** Behind a database's key: the name of the stash that holds its snapshot. */
    private static final String SNAPSHOT = "-snapshot";

    private final Work work;
    private final StackRecords records;
    private final String stack;

    public Up(Work work) {
        this.work = work;
        this.records = work.records();
        this.stack = work.names().stack().value();
    }

    /**
     * Brings it up, awake.
     *
     * @return what is there
     * @throws Failure when it is not up, and why
     */
    public Deployed run() {
        var state = StackState.of(work.pulumi(), stack);
        state.ifPresentOrElse(this::mend, this::add);
        return recorded(state, List.of());
    }

    /** Where the team has said how many there may be, only as long as there is room. */
    private void add() {
        Runnable add = () -> work.must("stack", "select", "--create", stack);
        settings().lifetime().most().ifPresentOrElse(most -> new Capacity(work).add(most, add), add);
    }

    private PreviewSettings settings() {
        return ApplicationReader.settings(work.project().resolve("stacks"));
    }

    /**
     * Restores databases anew: another password, and the jobs on it, while everything else stays.
     *
     * @param database its key; empty for all
     * @throws Failure when there is no such environment or database, or it is not up, and why
     */
    public void reseed(Optional<Key> database) {
        var state = StackState.of(work.pulumi(), stack).orElseThrow(work::noSuchStack);
        mend(state);
        var choices = state.resources().stream()
                .filter(resource -> resource.type().equals(STASH)
                        && resource.name().endsWith(SNAPSHOT)
                        && database.filter(key -> !resource.name().equals(key + SNAPSHOT))
                                .isEmpty())
                .map(StackState.Resource::urn)
                .toList();
        if (choices.isEmpty()) {
            throw new Failure(
                    Exit.USAGE,
                    "stack %s has no database%s to restore anew"
                            .formatted(stack, database.map(key -> " " + key).orElse("")));
        }
        recorded(
                Optional.of(state),
                choices.stream().flatMap(urn -> Stream.of("--replace", urn)).toList());
    }

    private Deployed recorded(Optional<StackState> before, List<String> more) {
        var tags = records.begun();
        try {
            if (tags.asleep()) {
                work.tell("%s sleeps and is woken first".formatted(stack));
                new Sleep(work).wake();
            }
            up(more);
            var outputs = outputs();
            var settings = settings();
            var after = records.up(outputs, settings.dns().zone().value());
            return new Deployed(
                    Optional.of(outputs.path("url").asText()).filter(url -> !url.isEmpty()),
                    new Lifetime(settings.lifetime(), after).end(),
                    new CostPart(before.flatMap(Up::cost), StackRecords.cost(outputs), records.accrued()));
        } finally {
            records.ended();
        }
    }

    /** Of a stack that no update has told the cost of, nothing can be said to have changed. */
    private static Optional<CostReading> cost(StackState state) {
        var outputs = state.stackOutputs();
        return outputs.has("cost") ? Optional.of(StackRecords.cost(outputs)) : Optional.empty();
    }

    private JsonNode outputs() {
        var printed = PrintedJson.of(work.pulumi(), "stack", "output", "--json", "--stack", stack);
        try {
            if (printed.result().succeeded()) {
                return printed.json('{');
            }
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.FAILED, "pulumi stack output --json printed something else", e);
        }
        throw new Failure(Exit.FAILED, "%s is up, but its outputs cannot be read: %s".formatted(stack, printed.text()));
    }

    private void up(List<String> more) {
        var arguments = new ArrayList<>(List.of("up", "--stack", stack, "--yes", "--skip-preview", "--color", "never"));
        arguments.addAll(more);
        work.must(arguments.toArray(String[]::new));
    }

    private void mend(StackState state) {
        if (state.pending().isEmpty()) {
            return;
        }
        var where = Whereabouts.of(state, work.project());
        where.admit(work.names().stack());
        try (var clouds = where.clouds()) {
            new Recovery(work).run(state, clouds);
        }
    }
}
