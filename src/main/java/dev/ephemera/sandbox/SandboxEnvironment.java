package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a command in the sandbox finds in its environment.
 *
 * @param set variables and their values
 * @param unset variables that the caller has and the command must not see
 */
public record SandboxEnvironment(SortedMap<String, String> set, SortedSet<String> unset) {
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    /** A file in the format of {@code resolv.conf}, by which a command finds the sandbox's names. */
    public static final String RESOLVER = "EPHEMERA_RESOLV_CONF";

    /** For those who have to be told by hand whom to trust, such as a browser. */
    public static final String AUTHORITY = "EPHEMERA_CA";

    /** Hosts that are never asked for through a proxy. */
    private static final String DIRECT = "127.0.0.1,localhost";

    /**
     * @param resolver of the sandbox's names; empty where no real node has any
     * @param trusted the authorities by which the sandbox's servers are known, and this machine's own
     */
    static SandboxEnvironment of(SandboxDirectory directory, Ports ports, Optional<Path> resolver, Path trusted) {
        var set = new TreeMap<>(LocalCloud.environment(directory, ports));
        set.put(SandboxDirectory.VARIABLE, directory.root().toString());
        set.put("KUBECONFIG", directory.kubeconfig().toString());
        set.put("PULUMI_HOME", directory.pulumiHome().toString());
        set.put("PULUMI_BACKEND_URL", "file://" + directory.state());
        // Protects nothing: it stands here for all to read, and what it encrypts are the sandbox's own secrets.
        set.put("PULUMI_CONFIG_PASSPHRASE", "sandbox");
        set.put("PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", "true");
        // Both would look for something on the network, on each run.
        set.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        set.put("PULUMI_SKIP_UPDATE_CHECK", "true");
        // OpenSSL's and Go's; and curl's, which goes before where somebody has set it.
        set.put("SSL_CERT_FILE", trusted.toString());
        set.put("CURL_CA_BUNDLE", trusted.toString());
        set.put(
                AUTHORITY,
                CertificateAuthority.certificate(directory.authority()).toString());
        resolver.ifPresent(file -> set.put(RESOLVER, file.toString()));
        set.put("PULUMI_DEBUG_PROVIDERS", "aws:" + ports.of(Part.AWS_PROVIDER));
        return new SandboxEnvironment(
                set, new TreeSet<>(List.of("PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE_FILE")));
    }

    /**
     * The same for a caller who has an environment already: our programs come first on {@code PATH}, nothing on this
     * machine is asked for through a proxy, and no variable of AWS's stays but ours: a profile, a role or an endpoint of
     * a single service would lead to a developer's real account.
     */
    SandboxEnvironment over(Map<String, String> caller, SandboxDirectory directory) {
        var merged = new TreeMap<>(set);
        var removed = new TreeSet<>(unset);
        var programs = directory.programs().toString();
        var path = caller.getOrDefault("PATH", "");
        merged.put("PATH", path.equals(programs) || path.startsWith(programs + ":") ? path : programs + ":" + path);
        for (var name : new String[] {"NO_PROXY", "no_proxy"}) {
            var direct = caller.getOrDefault(name, "");
            merged.put(name, direct.isEmpty() ? DIRECT : direct + "," + DIRECT);
        }
        for (var name : caller.keySet()) {
            if (name.startsWith("AWS_") && !merged.containsKey(name)) {
                removed.add(name);
            }
        }
        return new SandboxEnvironment(merged, removed);
    }

    /** Without what leads to parts that were not asked for. */
    SandboxEnvironment limitedTo(SandboxOptions options) {
        var limited = new TreeMap<>(set);
        if (options.ownCluster()) {
            limited.remove("KUBECONFIG");
            limited.remove(RESOLVER);
        }
        var removed = new TreeSet<>(unset);
        if (options.officialProvider()) {
            limited.remove("PULUMI_DEBUG_PROVIDERS");
            removed.add("PULUMI_DEBUG_PROVIDERS");
        }
        return new SandboxEnvironment(limited, removed);
    }

    /**
     * Lines that a POSIX shell evaluates before it runs its arguments.
     *
     * @param options how many of the shell's arguments stand before the command
     */
    public String toShell(int options) {
        var lines = new StringBuilder();
        for (var name : unset) {
            if (name.matches(NAME)) {
                lines.append("unset ").append(name).append('\n');
            }
        }
        set.forEach((name, value) -> lines.append("export ")
                .append(name)
                .append('=')
                .append(quote(value))
                .append('\n'));
        lines.append("shift ").append(options).append('\n');
        var resolver = set.get(RESOLVER);
        if (resolver != null) {
            // For this command and what it starts: names are looked up in the sandbox, which asks this machine's
            // resolver
            // for what it does not know itself.
            lines.append("set -- unshare --mount sh -c 'mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"' ")
                    .append(quote(resolver))
                    .append(" \"$@\"\n");
        }
        return lines.toString();
    }

    /** In single quotes a shell changes nothing; a single quote itself is put between two such strings. */
    public static String quote(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** One line for each variable: {@code NAME=value}, or {@code NAME} for one to be removed. */
    String toLines() {
        var lines = new StringBuilder();
        unset.forEach(name -> lines.append(name).append('\n'));
        set.forEach((name, value) -> {
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw new Failure(Exit.USAGE, name + " would have a line break in it; name the directory otherwise");
            }
            lines.append(name).append('=').append(value).append('\n');
        });
        return lines.toString();
    }

    static SandboxEnvironment fromLines(Iterable<String> lines) {
        var set = new TreeMap<String, String>();
        var unset = new TreeSet<String>();
        for (var line : lines) {
            var equals = line.indexOf('=');
            if (equals < 0) {
                unset.add(line);
            } else {
                set.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new SandboxEnvironment(set, unset);
    }
}
