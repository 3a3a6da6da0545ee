package dev.ephemera.doctor;

import dev.ephemera.cloud.Objects;
import dev.ephemera.engine.Backend;
import dev.ephemera.engine.Pulumi;
import dev.ephemera.engine.SecretsProviders;
import dev.ephemera.engine.Stacks;
import dev.ephemera.failure.Exit;
import dev.ephemera.naming.ProjectName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Pulumi itself, the place of its state, and what the state's secrets are read with. */
final class EngineChecks {
    private static final String VERSION = "pulumi";
    private static final String STATE = "state";
    private static final String SECRETS = "passphrase or key";

    private static final String PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE";
    private static final String PASSPHRASE_FILE = "PULUMI_CONFIG_PASSPHRASE_FILE";

    private static final Pattern NUMBERS = Pattern.compile("v?(([0-9]+)\\.[0-9]+\\.[0-9]+)\\S*");
    private static final String ON_PATH = "eval \"$(ci/setup --shell engine)\"";

    private final Findings findings;
    private final Pulumi pulumi;
    private final Map<String, String> environment;

    EngineChecks(Findings findings, Pulumi pulumi, Map<String, String> environment) {
        this.findings = findings;
        this.pulumi = pulumi;
        this.environment = environment;
    }

    void version(String pinned) {
        findings.ask(VERSION, () -> pulumi.run(line -> {}, "version"))
                .ifPresent(result -> findings.add(version(result, pinned)));
    }

    static Finding version(Pulumi.Result result, String pinned) {
        if (!result.succeeded()) {
            return Finding.fault(
                    VERSION,
                    Exit.USAGE,
                    "it cannot be run: " + String.join(" ", result.lines()),
                    "put it on the PATH: " + ON_PATH);
        }
        // Warnings may stand before it.
        var found = result.lines().stream()
                .map(line -> NUMBERS.matcher(line.strip()))
                .filter(matcher -> matcher.matches())
                .reduce((first, last) -> last);
        if (found.isEmpty()) {
            return Finding.warning(VERSION, "it does not say its version, want " + pinned, ON_PATH);
        }
        var version = found.get().group(1);
        if (version.equals(pinned)) {
            return Finding.ok(VERSION, version + ", as pinned");
        }
        var differs = "%s, pinned is %s".formatted(version, pinned);
        return pinned.startsWith(found.get().group(2) + ".")
                ? Finding.warning(VERSION, differs, "where it behaves otherwise, take the pinned one: " + ON_PATH)
                : Finding.fault(VERSION, Exit.USAGE, differs, ON_PATH);
    }

    void state(Optional<ProjectName> project) {
        var address = findings.ask(STATE, () -> Backend.address(pulumi, environment));
        address.filter(this::isThere)
                .ifPresent(found -> project.ifPresentOrElse(
                        name -> findings.ask(STATE, () -> Stacks.names(pulumi, environment, name))
                                .ifPresent(
                                        stacks -> findings.add(state(found, Objects.areBeside(found), stacks.size()))),
                        () -> findings.add(Finding.unseen(STATE, "the project has no name"))));
    }

    /** Pulumi does not make the directory; a list of what is in it would just be empty. */
    private boolean isThere(String address) {
        var missing = Objects.directory(address).filter(folder -> !Files.isDirectory(folder));
        missing.ifPresent(folder -> findings.add(Finding.fault(
                STATE,
                Exit.FAILED,
                "there is no directory %s, where the state would be".formatted(folder),
                "make it, or set PULUMI_BACKEND_URL to where the state is")));
        return missing.isEmpty();
    }

    /**
     * Of a state that answers.
     *
     * @param beside whether there is a place for leases beside it
     */
    static Finding state(String address, boolean beside, int stacks) {
        // Behind the question mark stand a bucket's options, before the @ whoever logs in.
        var shown = address.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
        var found = "%s answers, %d stacks of this project".formatted(shown, stacks);
        return beside
                ? Finding.ok(STATE, found + ", leases beside them")
                : Finding.warning(
                        STATE,
                        found + "; no leases: of two runs on one stack only the backend's own lock keeps one waiting",
                        "let CI queue the runs of one pull request, or keep the state in file:// or s3://");
    }

    void secrets(Optional<ProjectName> project) {
        var file = Optional.ofNullable(environment.get(PASSPHRASE_FILE)).map(Path::of);
        findings.add(secrets(environment, file.filter(Files::isReadable).isPresent(), () -> providers(project)));
    }

    private Set<String> providers(Optional<ProjectName> project) {
        return project.map(name -> SecretsProviders.of(pulumi, environment, name))
                .orElse(Set.of());
    }

    /**
     * Whether the state's secrets can be read, as far as can be told without reading one.
     *
     * @param readable whether the passphrase's file can be
     * @param providers what the stacks' secrets are encrypted by; asked only when there is no passphrase
     */
    static Finding secrets(Map<String, String> environment, boolean readable, Supplier<Set<String>> providers) {
        var passphrase = environment.get(PASSPHRASE);
        if (passphrase != null && !passphrase.isEmpty()) {
            return Finding.ok(SECRETS, PASSPHRASE + " is set");
        }
        var file = environment.get(PASSPHRASE_FILE);
        if (file != null && !file.isEmpty()) {
            return readable
                    ? Finding.ok(SECRETS, PASSPHRASE_FILE + " can be read")
                    : Finding.fault(
                            SECRETS,
                            Exit.CREDENTIALS,
                            "%s: %s cannot be read".formatted(PASSPHRASE_FILE, file),
                            "let it name a file that holds the passphrase");
        }
        if (passphrase != null) {
            return Finding.warning(
                    SECRETS,
                    PASSPHRASE + " is set to nothing: whoever reads the state reads its secrets",
                    "choose a passphrase before the first environment is made");
        }
        var used = providers.get();
        return used.isEmpty() || used.contains("passphrase")
                ? Finding.fault(
                        SECRETS,
                        Exit.CREDENTIALS,
                        "neither %s nor %s is set%s"
                                .formatted(
                                        PASSPHRASE,
                                        PASSPHRASE_FILE,
                                        used.isEmpty() ? "" : ", and the stacks' secrets want one"),
                        "set one of them")
                : Finding.ok(SECRETS, "the stacks' secrets have a key: " + String.join(", ", List.copyOf(used)));
    }
}
