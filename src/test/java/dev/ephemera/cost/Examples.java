package dev.ephemera.cost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ephemera.config.PricesReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What docs/cost.md shows. */
final class Examples {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCUMENT = Path.of("docs/cost.md");
    private static final Pattern PRICES = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern EXAMPLE = Pattern.compile(
            "(?s)<!-- example -->\\n```json\\n(?<stack>.*?)```\\n\\n(?<table>(?:\\|[^\\n]*\\n)+)(?<after>.*?)(?=\\n## |<!-- example|$)");
    private static final Pattern SAID = Pattern.compile("(?m)^- (unknown|not counted|shared): (.+)$");

    private Examples() {}

    /**
     * An example: resources, and what is said of their cost.
     *
     * @param rows the cells of each row of its table, without its head
     * @param said what stands below the table, each as {@code unknown: ...}, with code as plain text
     */
    record Example(List<StackResource> stack, List<List<String>> rows, List<String> said) {
        @Override
        public String toString() {
            return stack.stream().map(StackResource::type).toList() + " " + rows.size();
        }
    }

    /** The prices that the examples are of. */
    static PriceBook book(Path scratch) throws IOException {
        var prices =
                PRICES.matcher(Files.readString(DOCUMENT)).results().findFirst().orElseThrow();
        Files.writeString(scratch.resolve("prices.yaml"), prices.group(1));
        return PricesReader.read(scratch).orElseThrow();
    }

    static List<Example> all() throws IOException {
        var examples = new ArrayList<Example>();
        var matcher = EXAMPLE.matcher(Files.readString(DOCUMENT));
        while (matcher.find()) {
            examples.add(new Example(
                    stack(matcher.group("stack")),
                    matcher.group("table").lines().skip(2).map(Examples::cells).toList(),
                    SAID.matcher(matcher.group("after"))
                            .results()
                            .map(MatchResult::group)
                            .map(line -> line.substring(2).replace("`", ""))
                            .toList()));
        }
        return examples;
    }

    /** A JSON list of resources; what is left out of one is empty. */
    static List<StackResource> stack(String json) {
        try {
            var resources = new ArrayList<StackResource>();
            for (var each : JSON.readTree(json)) {
                resources.add(new StackResource(
                        each.path("type").asText(),
                        each.path("name").asText(),
                        block(each.path("inputs")),
                        block(each.path("outputs"))));
            }
            return resources;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode block(JsonNode node) {
        return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    }

    private static List<String> cells(String row) {
        return Stream.of(row.substring(1).split("\\|", -1))
                .map(cell -> cell.replace("`", "").replace("**", "").strip())
                .limit(5)
                .toList();
    }
}
