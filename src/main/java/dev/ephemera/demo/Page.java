package dev.ephemera.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a browser would get from an environment's URL, asked by {@code curl} through the sandbox's name server and gateway.
 *
 * @param answered whether there was an answer at all
 * @param html the page, or what curl said instead
 */
record Page(boolean answered, String html) {
    private static final Pattern COUNT = Pattern.compile("<b>([0-9,]+)</b> ([a-z ]+)<");
    private static final Pattern CELL = Pattern.compile("<td>([^<]*)</td>");

    static Page of(Typed typed, String url) {
        var result = typed.quietly(Map.of(), "ci/sandbox", "curl", "-sS", "--max-time", "20", url);
        return new Page(result.exitCode() == 0, String.join("\n", result.lines()));
    }

    /** The text of the element with this id; empty when there is none. */
    Optional<String> text(String id) {
        var matcher =
                Pattern.compile("id=\"" + Pattern.quote(id) + "\">([^<]*)<").matcher(html);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** How many rows it counts in the database's tables, {@code 2,001 customers}. */
    List<String> counts() {
        return COUNT.matcher(html)
                .results()
                .map(count -> count.group(1) + " " + count.group(2).strip())
                .toList();
    }

    /** How many rows of a table it counts; 0 when it does not say. */
    long count(String table) {
        return counts().stream()
                .filter(count -> count.endsWith(" " + table))
                .mapToLong(count ->
                        Long.parseLong(count.substring(0, count.indexOf(' ')).replace(",", "")))
                .findFirst()
                .orElse(0);
    }

    /** The first e-mail address in a table of it. */
    Optional<String> email() {
        return CELL.matcher(html)
                .results()
                .map((MatchResult cell) -> cell.group(1))
                .filter(cell -> cell.contains("@"))
                .findFirst();
    }

    /** How many of the orders that it lists the worker has confirmed; production's have other states. */
    long confirmed() {
        return CELL.matcher(html)
                .results()
                .filter(cell -> cell.group(1).equals("confirmed"))
                .count();
    }

    /** In a few words. */
    @Override
    public String toString() {
        return text("web")
                .map(version -> "page " + version + ", schema " + text("schema").orElse("?") + ", "
                        + String.join(", ", counts().stream().limit(1).toList())
                        + email().map(address -> " (" + address + " ...)").orElse(""))
                .orElseGet(() -> html.lines().findFirst().orElse("an empty page"));
    }
}
