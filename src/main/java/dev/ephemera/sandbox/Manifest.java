package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One Kubernetes object as text, with what its address is made of. The text goes to the API server as it is: the Gateway
 * API's definitions are a megabyte, and reading them into objects would take longer than all the rest of the seeding.
 *
 * @param path where it lives in the API
 * @param yaml the object, one document
 */
record Manifest(String path, String yaml) {
    private static final Pattern API_VERSION = Pattern.compile("(?m)^apiVersion: *(\\S+)$");
    private static final Pattern KIND = Pattern.compile("(?m)^kind: *(\\S+)$");
    private static final Pattern METADATA = Pattern.compile("(?m)^metadata:\n((?: .*\n?)+)");
    private static final Pattern NAME = Pattern.compile("(?m)^  name: *\"?([^\"\\s]+)\"?$");
    private static final Pattern NAMESPACE = Pattern.compile("(?m)^  namespace: *\"?([^\"\\s]+)\"?$");

    /** Reads block style with two blanks, as generators write it. */
    static Manifest parse(String yaml) {
        var apiVersion = first(API_VERSION, yaml, "apiVersion");
        var metadata = first(METADATA, yaml, "metadata");
        var namespace = NAMESPACE.matcher(metadata);
        return new Manifest(
                (apiVersion.contains("/") ? "/apis/" : "/api/")
                        + apiVersion
                        + (namespace.find() ? "/namespaces/" + namespace.group(1) : "")
                        + "/"
                        + plural(first(KIND, yaml, "kind"))
                        + "/"
                        + first(NAME, metadata, "metadata.name"),
                yaml);
    }

    /** Every object of every {@code *.yaml} in a directory, in the order of the files' names. */
    static List<Manifest> readDirectory(Path directory) throws IOException {
        var manifests = new ArrayList<Manifest>();
        for (var file : filesIn(directory)) {
            for (var document : Files.readString(file).split("(?m)^---.*$", -1)) {
                if (KIND.matcher(document).find() && !document.contains("kind: Kustomization")) {
                    manifests.add(parse(document));
                }
            }
        }
        return manifests;
    }

    static List<Path> filesIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** English, as all of Kubernetes' own kinds have it: gatewayclasses, policies, gateways. */
    private static String plural(String kind) {
        var name = kind.toLowerCase(Locale.ROOT);
        if (name.endsWith("s")) {
            return name + "es";
        }
        return name.matches(".*[^aeiou]y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
    }

    private static String first(Pattern pattern, String yaml, String what) {
        var matcher = pattern.matcher(yaml);
        if (!matcher.find()) {
            throw new Failure(
                    Exit.FAILED,
                    "a Kubernetes manifest lacks " + what + "; it begins with: "
                            + yaml.strip().lines().findFirst().orElse("(nothing)"));
        }
        return matcher.group(1);
    }
}
