package dev.ephemera.program;

import com.pulumi.core.Output;
import dev.ephemera.components.PreviewEnvironment;
import dev.ephemera.model.EnvironmentSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the stack says of itself when it is up: plain JSON, the same in every run that changes nothing. */
final class StackOutputs {
    private static final String SCHEMA = "ephemera/v1";

    private final EnvironmentSpec spec;
    private final PreviewEnvironment environment;
    private final Output<Map<String, @Nullable Object>> cost;

    StackOutputs(EnvironmentSpec spec, PreviewEnvironment environment, Output<Map<String, @Nullable Object>> cost) {
        this.spec = spec;
        this.environment = environment;
        this.cost = cost;
    }

    Map<String, Output<?>> exports() {
        var exports = new LinkedHashMap<String, Output<?>>();
        exports.put("schema", Output.of(SCHEMA));
        exports.put("environment", Output.of(environment()));
        spec.primaryUrl().ifPresent(url -> exports.put("url", Output.of(url)));
        exports.put("urls", Output.of(urls()));
        exports.put("namespace", environment.namespaceName());
        exports.put("databases", environment.databaseFacts());
        exports.put("cost", cost);
        return exports;
    }

    private Map<String, Object> environment() {
        var names = spec.names();
        var facts = new TreeMap<String, Object>();
        facts.put("application", names.project().value());
        facts.put("name", names.stack().value());
        facts.put("kind", names.stack().pullRequest().isPresent() ? "pull-request" : "branch");
        // Pulumi's values know one kind of number; 15 digits fit it exactly.
        names.stack().pullRequest().ifPresent(number -> facts.put("pullRequest", (double) number));
        spec.branch().ifPresent(branch -> facts.put("branch", branch));
        spec.commit().ifPresent(commit -> facts.put("commit", commit));
        facts.put("images", images());
        return facts;
    }

    /** {@link OwnOutputs} reads them in the next update. */
    private Map<String, String> images() {
        var images = new TreeMap<String, String>();
        spec.application().images().forEach((name, image) -> images.put(name.toString(), image.value()));
        return images;
    }

    private Map<String, String> urls() {
        var urls = new TreeMap<String, String>();
        spec.application()
                .workloads()
                .keySet()
                .forEach(key -> spec.url(key).ifPresent(url -> urls.put(key.value(), url)));
        return urls;
    }
}
