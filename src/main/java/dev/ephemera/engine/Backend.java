package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where Pulumi keeps its state. */
public final class Backend {
    private static final String VARIABLE = "PULUMI_BACKEND_URL";

    private Backend() {}

    /**
     * What lies beside the state; empty for a backend that is reached through Pulumi only, which has locks of its own.
     *
     * @param environment its {@code PULUMI_BACKEND_URL} wins, as with Pulumi; without it Pulumi is asked
     * @throws Failure when Pulumi is not logged in
     */
    public static Optional<Objects> objects(Pulumi pulumi, Map<String, String> environment) {
        return Objects.at(address(pulumi, environment));
    }

    /**
     * The same variables, which say where the state is: whoever looks beside it many times asks Pulumi once.
     *
     * @throws Failure when Pulumi is not logged in
     */
    public static Map<String, String> in(Pulumi pulumi, Map<String, String> environment) {
        var all = new HashMap<>(environment);
        all.put(VARIABLE, address(pulumi, environment));
        return Map.copyOf(all);
    }

    /**
     * Its address.
     *
     * @throws Failure when Pulumi is not logged in
     */
    public static String address(Pulumi pulumi, Map<String, String> environment) {
        var given = Optional.ofNullable(environment.get(VARIABLE)).filter(url -> !url.isBlank());
        return given.orElseGet(() -> asked(pulumi));
    }

    private static String asked(Pulumi pulumi) {
        var printed = PrintedJson.of(pulumi, "whoami", "--json");
        try {
            if (printed.result().succeeded()) {
                return printed.json('{').path("url").asText();
            }
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.FAILED, "pulumi whoami --json printed something else", e);
        }
        throw new Failure(
                Exit.CREDENTIALS,
                "Pulumi does not say where its state is: %s; set PULUMI_BACKEND_URL, or log in (pulumi login), and run again"
                        .formatted(String.join(" ", printed.result().lines())));
    }
}
