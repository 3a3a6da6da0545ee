package dev.ephemera.toolchain;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The pinned versions, read where the builds read them: {@code ci/toolchain} and, for the Kubernetes provider, whose module
 * has no release's number, the version that the program's jar asks the engine for.
 */
final class Pins {
    private static final String PROVIDER_VERSION = "src/main/resources/com/pulumi/kubernetes/version.txt";

    private static final String PACKAGES = "packages.txt";
    private static final List<String> FILES = List.of(
            "go.mod",
            "go.sum",
            "main.go",
            "requirements.txt",
            PACKAGES,
            "pom.xml",
            "checksums.txt",
            "package.json",
            "package-lock.json");

    private final Path projectRoot;

    Pins(Path projectRoot) {
        this.projectRoot = projectRoot;
    }

    Path folder(Recipe recipe) {
        return folder(recipe.folder());
    }

    Path folder(String name) {
        return projectRoot.resolve("ci/toolchain").resolve(name);
    }

    Version version(Component component) {
        Recipe recipe = component.recipe();
        if (recipe instanceof Recipe.KubernetesProvider) {
            return parsed(read(projectRoot.resolve(PROVIDER_VERSION)), PROVIDER_VERSION);
        }
        if (recipe instanceof Recipe.PythonPackages) {
            return pythonPackage(recipe.folder(), recipe.pinned());
        }
        if (recipe instanceof Recipe.DebianPackages) {
            return found(folder(recipe).resolve(PACKAGES), "(?m)^" + Pattern.quote(recipe.pinned()) + ">=(\\S+)");
        }
        if (recipe instanceof Recipe.MavenArtifact) {
            String artifact = "<artifactId>" + recipe.pinned() + "</artifactId>";
            return found(folder(recipe).resolve("pom.xml"), Pattern.quote(artifact) + "\\s*<version>([^<]+)");
        }
        if (recipe instanceof Recipe.NodeProgram) {
            String dependency = Pattern.quote("\"" + recipe.pinned() + "\":");
            return found(folder(recipe).resolve("package.json"), dependency + "\\s*\"([^\"]+)\"");
        }
        return module(recipe.folder(), recipe.pinned());
    }

    /** A module's version in a folder's go.mod. */
    Version module(String folder, String module) {
        return found(folder(folder).resolve("go.mod"), "(?m)^(?:require)?\\s*" + Pattern.quote(module) + " v(\\S+)");
    }

    /** The oldest Go that a folder's go.mod accepts. */
    Version goVersion(String folder) {
        return found(folder(folder).resolve("go.mod"), "(?m)^go (\\S+)$");
    }

    Version pythonPackage(String folder, String name) {
        return found(folder(folder).resolve("requirements.txt"), "(?m)^" + Pattern.quote(name) + "==(\\S+)");
    }

    /** Which package has which program, in the order of packages.txt: {@code bin/runc} is in {@code runc}. */
    Map<String, String> packageOf(Recipe recipe) {
        var packageOf = new LinkedHashMap<String, String>();
        for (String line : read(folder(recipe).resolve(PACKAGES)).lines().toList()) {
            String[] words = line.split("\\s+");
            for (int i = 1; i < words.length && !line.startsWith("#"); i++) {
                packageOf.put(words[i], words[0].replaceFirst(">=.*", ""));
            }
        }
        return packageOf;
    }

    /** Names what a build of these pins would be: 16 hexadecimal digits of a hash of all that goes into it. */
    String key(Component component, String flags) {
        return key(
                component.recipe().folder(),
                component + "\n" + version(component) + "\n" + component.recipe() + "\n" + flags);
    }

    String key(String folder, String salt) {
        MessageDigest hash = sha256();
        hash.update(salt.getBytes(StandardCharsets.UTF_8));
        for (String file : FILES) {
            Path path = folder(folder).resolve(file);
            if (Files.exists(path)) {
                hash.update(("\n" + file + "\n").getBytes(StandardCharsets.UTF_8));
                hash.update(read(path).getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(hash.digest()).substring(0, 16);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Version found(Path file, String pattern) {
        var match = Pattern.compile(pattern).matcher(read(file));
        if (!match.find()) {
            throw damaged(file.toString(), "nothing in it matches " + pattern);
        }
        return parsed(match.group(1), file.toString());
    }

    private static Version parsed(String text, String place) {
        return Version.in(text).orElseThrow(() -> damaged(place, "'" + text + "' is no version"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw damaged(file.toString(), "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Failure damaged(String place, String what) {
        return new Failure(
                Exit.FAILED,
                place + ": " + what + ", so the pinned versions are unknown: restore the file (git checkout -- " + place
                        + ")");
    }
}
