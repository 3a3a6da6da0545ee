package dev.ephemera.program;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.SecretSource;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.OwnerMarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the Secrets that an environment gets copies of. Each is taken only when a label on it says that this project may:
 * otherwise whoever changes the file in a pull request could read every Secret that CI can.
 */
final class SecretSearch {
    private final EnvironmentNames names;
    private final Map<Key, SecretSource> sources;

    SecretSearch(EnvironmentNames names, Map<Key, SecretSource> sources) {
        this.names = names;
        this.sources = sources;
    }

    /**
     * Looks all of them up.
     *
     * @param lookup what a Secret holds; empty for one that is not there
     * @throws Failure when one is missing or may not be copied; it names all such
     */
    Map<Key, SourceSecret> find(Function<SecretSource, Optional<SourceSecret>> lookup) {
        var found = new LinkedHashMap<Key, SourceSecret>();
        List<String> refusals = new ArrayList<>();
        sources.forEach((key, source) -> {
            var secret = lookup.apply(source);
            refusal(source, secret).ifPresentOrElse(refusals::add, () -> found.put(key, secret.orElseThrow()));
        });
        if (!refusals.isEmpty()) {
            throw new Failure(Exit.REFUSED, String.join("\n", refusals) + "\nNothing was changed.");
        }
        return found;
    }

    private Optional<String> refusal(SecretSource source, Optional<SourceSecret> secret) {
        if (secret.isEmpty()) {
            return Optional.of("Secret %s/%s is not there, want one that may be copied: make it, with the label %s=%s"
                    .formatted(source.namespace(), source.name(), OwnerMarks.LABEL_COPIED_BY, project()));
        }
        return project().equals(secret.get().labels().get(OwnerMarks.LABEL_COPIED_BY))
                ? Optional.empty()
                : Optional.of(
                        "Secret %s/%s may not be copied into previews: want its label %s=%s, which whoever owns it gives it"
                                .formatted(source.namespace(), source.name(), OwnerMarks.LABEL_COPIED_BY, project()));
    }

    private String project() {
        return Objects.requireNonNull(names.labels().get(OwnerMarks.LABEL_PROJECT));
    }
}
