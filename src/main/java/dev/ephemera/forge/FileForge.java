package dev.ephemera.forge;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.PullRequest;
import dev.ephemera.model.PullRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A forge's answer in a file, for whatever forge a team has, and for tests. A pull request that it lacks is closed. */
final class FileForge implements Forge {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern HEAD = Pattern.compile("[0-9a-f]{40}");
    private static final Set<String> STATES = Set.of("open", "closed");

    private final Path file;

    /** The file's form. */
    private record Answer(boolean complete, String asOf, List<Entry> pullRequests) {}

    private record Entry(
            long number, String state, String head, String branch, String author, List<String> labels, boolean fork) {
        PullRequest pullRequest() {
            return new PullRequest(number, state.equals("open"), head, branch, author, Set.copyOf(labels), fork);
        }
    }

    FileForge(Path file) {
        this.file = file;
    }

    @Override
    public PullRequests open() {
        var answer = read();
        return new PullRequests(
                answer.complete(),
                asOf(answer),
                answer.pullRequests().stream()
                        .map(Entry::pullRequest)
                        .filter(PullRequest::open)
                        .toList());
    }

    @Override
    public Optional<PullRequest> find(long number) {
        var answer = read();
        var found = answer.pullRequests().stream()
                .filter(entry -> entry.number() == number)
                .map(Entry::pullRequest)
                .findFirst();
        if (found.isEmpty() && !answer.complete()) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "%s does not say what pull request %d is: it is not in it, and the list is not complete"
                            .formatted(file, number));
        }
        return found;
    }

    /** Into a file beside it, one line for each comment: what a forge would show now. */
    @Override
    public void say(long number, String mark, String markdown) {
        var comments = file.resolveSibling(file.getFileName() + ".comments.json");
        try {
            var all = Files.exists(comments)
                    ? JSON.readValue(Files.readString(comments), new TypeReference<TreeMap<String, String>>() {})
                    : new TreeMap<String, String>();
            all.put("%d %s".formatted(number, mark), markdown);
            Files.writeString(comments, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, "%s cannot be written: %s".formatted(comments, e.getMessage()), e);
        }
    }

    private Answer read() {
        try {
            var answer = JSON.readValue(Files.readString(file), Answer.class);
            var faults = faults(answer);
            if (!faults.isEmpty()) {
                throw new Failure(Exit.UNDECIDED, String.join("\n", faults));
            }
            return answer;
        } catch (JacksonException e) {
            var place = Optional.ofNullable(e.getLocation())
                    .map(location -> ":" + location.getLineNr())
                    .orElse("");
            throw new Failure(Exit.UNDECIDED, "%s%s: %s".formatted(file, place, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new Failure(
                    Exit.UNDECIDED,
                    "%s cannot be read: %s; want the forge's answer in JSON".formatted(file, e.getMessage()),
                    e);
        }
    }

    private List<String> faults(Answer answer) {
        var faults = new ArrayList<String>();
        try {
            Instant.parse(answer.asOf());
        } catch (DateTimeParseException e) {
            faults.add("%s: asOf: got \"%s\", want an instant such as 2026-11-24T10:00:00Z"
                    .formatted(file, answer.asOf()));
        }
        var numbers = new HashSet<Long>();
        answer.pullRequests().forEach(entry -> {
            var place = "%s: pull request %d".formatted(file, entry.number());
            if (!numbers.add(entry.number())) {
                faults.add(place + " is there twice");
            }
            if (!STATES.contains(entry.state())) {
                faults.add("%s: state: got \"%s\", want open or closed".formatted(place, entry.state()));
            }
            if (!HEAD.matcher(entry.head()).matches()) {
                faults.add("%s: head: got \"%s\", want the 40 hexadecimal digits of a commit"
                        .formatted(place, entry.head()));
            }
        });
        return faults;
    }

    private static Instant asOf(Answer answer) {
        return Instant.parse(answer.asOf());
    }
}
