package dev.ephemera.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** Where Pulumi keeps its state. */
public final class Backend {
    private static final String FILE = "file://";

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
     * Its address.
     *
     * @throws Failure when Pulumi is not logged in
     */
    public static String address(Pulumi pulumi, Map<String, String> environment) {
        var given = Optional.ofNullable(environment.get("PULUMI_BACKEND_URL")).filter(url -> !url.isBlank());
        return given.orElseGet(() -> asked(pulumi));
    }

    /** Whether something of ours can lie beside the state at an address. */
    public static boolean isBeside(String address) {
        return address.startsWith(FILE) || address.startsWith("s3://");
    }

    /** The directory that an address is; empty where it is none. */
    public static Optional<Path> directory(String address) {
        return Optional.of(address)
                .filter(each -> each.startsWith(FILE))
                .map(each -> each.substring(FILE.length()))
                .map(path -> path.startsWith("~") ? System.getProperty("user.home") + path.substring(1) : path)
                .map(Path::of);
    }

    private static String asked(Pulumi pulumi) {
        var lines = new ArrayList<String>();
        var result = pulumi.run(lines::add, "whoami", "--json");
        try {
            if (result.succeeded()) {
                return new ObjectMapper()
                        .readTree(String.join("\n", lines))
                        .path("url")
                        .asText();
            }
        } catch (JsonProcessingException e) {
            throw new Failure(Exit.FAILED, "pulumi whoami --json printed something else", e);
        }
        throw new Failure(
                Exit.CREDENTIALS,
                "Pulumi does not say where its state is: %s; set PULUMI_BACKEND_URL, or log in (pulumi login), and run again"
                        .formatted(String.join(" ", result.lines())));
    }
}
