package dev.ephemera.doctor;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.config.ProjectFile;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.PreviewSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Looks at everything that an environment needs, all of it, whatever is wrong on the way. */
public final class Doctor {
    private static final String STACKS = "stacks/";

    private final Path project;
    private final Pulumi pulumi;
    private final Map<String, String> environment;
    private final String pinned;
    private final Optional<Forge> forge;

    /**
     * Prepares it.
     *
     * @param project where {@code Pulumi.yaml} is
     * @param environment says where the state is, and where its passphrase
     * @param pinned the version of Pulumi that this was tested with
     * @param forge empty when it is not to be asked
     */
    public Doctor(Path project, Pulumi pulumi, Map<String, String> environment, String pinned, Optional<Forge> forge) {
        this.project = project;
        this.pulumi = pulumi;
        this.environment = Map.copyOf(environment);
        this.pinned = pinned;
        this.forge = forge;
    }

    /** Makes every check. */
    public Diagnosis examine() {
        var findings = new Findings();
        var engine = new EngineChecks(findings, pulumi, environment);
        engine.version(pinned);
        var name = findings.ask("project", () -> ProjectFile.name(project));
        name.ifPresent(found -> findings.add(Finding.ok("project", found.value())));
        engine.state(name);
        engine.secrets(name);
        var application = findings.ask(STACKS, () -> ApplicationReader.read(project.resolve("stacks")));
        application.ifPresent(found -> findings.add(application(found)));
        var settings = settings();
        settings.ifPresentOrElse(
                found -> {
                    new AwsChecks(findings, found, Clock.systemUTC()).all(application);
                    new ClusterChecks(findings, found).all();
                },
                () -> findings.add(Finding.unseen("AWS and cluster", STACKS + " does not say which")));
        var stacks = new StackChecks(findings, pulumi, environment, forge);
        name.ifPresent(stacks::all);
        forge.ifPresent(asked -> findings.ask("forge", asked::open)
                .ifPresent(open -> findings.add(Finding.ok(
                        "forge", "it answers: %d open".formatted(open.open().size())))));
        return findings.diagnosis();
    }

    static Finding application(ApplicationSpec application) {
        return Finding.ok(
                STACKS,
                "%d workloads, %d databases, %d jobs"
                        .formatted(
                                application.workloads().size(),
                                application.databases().size(),
                                application.jobs().size()));
    }

    /** Faults of the files have been told: where it does not say this part either, nobody can look further. */
    private Optional<PreviewSettings> settings() {
        try {
            return Optional.of(ApplicationReader.settings(project.resolve("stacks")));
        } catch (Failure failure) {
            if (failure.exit() == Exit.USAGE) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
