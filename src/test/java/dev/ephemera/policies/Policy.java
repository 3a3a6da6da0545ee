package dev.ephemera.policies;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An IAM policy, decided as AWS documents it (IAM's user guide, "policy evaluation logic" and "condition operators"), as far as
 * our files go. Whatever it does not know, it refuses to read, rather than to decide otherwise than AWS.
 */
record Policy(
        @JsonProperty("Version") String version,
        @JsonProperty("Statement") List<Statement> statements) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Pattern TOKEN = Pattern.compile("\\$\\{([A-Z_]+)}");

    Policy {
        if (!version.equals("2012-10-17")) {
            throw new IllegalArgumentException("policy language " + version);
        }
    }

    /** One or more; AWS lets a single one stand without brackets. */
    record Statement(
            @JsonProperty("Sid") String id,
            @JsonProperty("Effect") Effect effect,

            @JsonProperty("Action") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> actions,

            @JsonProperty("Resource") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> resources,

            @JsonProperty("Condition") Map<String, Map<String, Object>> conditions) {
        Statement {
            conditions = Optional.ofNullable(conditions).orElse(Map.of());
            conditions.keySet().forEach(Operator::of);
        }

        boolean appliesTo(Request request) {
            // Actions are the one thing that is the same in capital and small letters.
            return actions.stream().anyMatch(pattern -> Wildcards.match(pattern, request.action(), true))
                    && resources.stream().anyMatch(pattern -> Wildcards.match(pattern, request.resource(), false))
                    && conditions.entrySet().stream().allMatch(each -> holds(each.getKey(), each.getValue(), request));
        }

        private static boolean holds(String operator, Map<String, Object> wanted, Request request) {
            return wanted.entrySet().stream()
                    .allMatch(each -> Operator.of(operator)
                            .holds(
                                    values(each.getValue()),
                                    Optional.ofNullable(request.context().get(each.getKey()))));
        }

        private static List<String> values(Object oneOrMore) {
            return oneOrMore instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(oneOrMore));
        }
    }

    enum Effect {
        @JsonProperty("Allow")
        ALLOW,
        @JsonProperty("Deny")
        DENY
    }

    /**
     * Reads a file.
     *
     * @param tokens what stands for each {@code ${NAME}}
     */
    static Policy read(Path file, Map<String, String> tokens) {
        try {
            return of(TOKEN.matcher(Files.readString(file)).replaceAll(token -> {
                var value = tokens.get(token.group(1));
                if (value == null) {
                    throw new IllegalArgumentException(file + " has " + token.group() + ", which nobody fills in");
                }
                return value;
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Policy of(String json) throws IOException {
        return JSON.readValue(json, Policy.class);
    }

    /** A denial wins over whatever allows it; what nobody allows is denied. */
    boolean allows(Request request) {
        return applying(request, Effect.DENY).findAny().isEmpty()
                && applying(request, Effect.ALLOW).findAny().isPresent();
    }

    private Stream<Statement> applying(Request request, Effect effect) {
        return statements.stream().filter(each -> each.effect() == effect && each.appliesTo(request));
    }
}
