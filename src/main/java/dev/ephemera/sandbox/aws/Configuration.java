package dev.ephemera.sandbox.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider instance's settings, as a program's explicit provider or a stack's {@code aws:} configuration gives them.
 * The SDK sends everything but plain texts as JSON inside a text.
 *
 * @param region empty where neither program nor environment names one
 * @param allowed account ids; empty allows any
 * @param forbidden account ids
 * @param defaultTags put on everything that can carry tags
 * @param checksCredentials false with {@code skipCredentialsValidation}
 * @param looksUpAccount false with {@code skipRequestingAccountId}
 */
record Configuration(
        Optional<String> region,
        Optional<String> accessKey,
        Optional<String> secretKey,
        Optional<String> token,
        List<String> allowed,
        List<String> forbidden,
        Map<String, String> defaultTags,
        boolean checksCredentials,
        boolean looksUpAccount) {

    /** {@code version} and {@code pluginDownloadURL} are the engine's own; the two other skips have nothing to skip here. */
    private static final Set<String> SERVED = Set.of(
            "accessKey",
            "allowedAccountIds",
            "defaultTags",
            "forbiddenAccountIds",
            "pluginDownloadURL",
            "region",
            "secretKey",
            "skipCredentialsValidation",
            "skipMetadataApiCheck",
            "skipRegionValidation",
            "skipRequestingAccountId",
            "token",
            "version");

    static Configuration of(Properties settings, Map<String, String> environment) {
        var parsed = new LinkedHashMap<String, Object>();
        settings.values()
                .forEach((name, value) -> parsed.put(name, value instanceof String text ? Json.parse(text) : value));
        var values = Properties.of(parsed);
        return new Configuration(
                settings.text("region")
                        .or(() -> Optional.ofNullable(environment.get("AWS_REGION")))
                        .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION"))),
                settings.text("accessKey").or(() -> Optional.ofNullable(environment.get("AWS_ACCESS_KEY_ID"))),
                settings.text("secretKey").or(() -> Optional.ofNullable(environment.get("AWS_SECRET_ACCESS_KEY"))),
                settings.text("token").or(() -> Optional.ofNullable(environment.get("AWS_SESSION_TOKEN"))),
                values.texts("allowedAccountIds"),
                values.texts("forbiddenAccountIds"),
                tags(values),
                !values.flag("skipCredentialsValidation"),
                !values.flag("skipRequestingAccountId"));
    }

    /** What of the settings the sandbox does not serve, and what is missing. Settings may still be unknown. */
    static List<Fault> faults(Properties settings, Map<String, String> environment) {
        var faults = new ArrayList<Fault>();
        for (var name : settings.values().keySet()) {
            if (!SERVED.contains(name) && !name.startsWith("__")) {
                faults.add(new Fault(
                        name,
                        "pulumi:providers:aws: setting \"" + name
                                + "\" is not implemented in the sandbox; leave it out "
                                + "here, or use the official AWS provider"));
            }
        }
        if (!settings.isUnknown("region") && of(settings, environment).region().isEmpty()) {
            faults.add(new Fault(
                    "region",
                    "the AWS provider has no region; set one with `pulumi config set aws:region eu-west-1`, in the "
                            + "program's provider, or as AWS_REGION"));
        }
        return faults;
    }

    /** An account that the settings do not let in is refused in the official provider's words. */
    void check(String account) {
        if (!allowed.isEmpty() && !allowed.contains(account) || forbidden.contains(account)) {
            throw new WaitFailure("AWS account ID not allowed: " + account);
        }
    }

    private static Map<String, String> tags(Properties values) {
        return values.get("defaultTags") instanceof Map<?, ?> block
                ? Properties.of(Map.of("tags", block.get("tags") instanceof Map<?, ?> tags ? tags : Map.of()))
                        .textMap("tags")
                : Map.of();
    }
}
