package dev.ephemera.demo;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.sandbox.SandboxEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A picture of a page, taken by a browser without a screen that finds it as any browser would: by its name. */
public final class Screenshot {
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final String SIZE = "1200,1150";

    private Screenshot() {}

    private static Path authority() {
        return Path.of(System.getenv().getOrDefault(SandboxEnvironment.AUTHORITY, ""));
    }

    /** The SHA-256 of the certificate's public key, in base64, as RFC 7469 has it. */
    private static String keyOf(Path certificate) {
        try (var file = Files.newInputStream(certificate)) {
            var key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(file)
                    .getPublicKey()
                    .getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (IOException | GeneralSecurityException e) {
            throw new Failure(Exit.FAILED, "the sandbox's authority cannot be read from " + certificate + ": " + e, e);
        }
    }

    /** A browser on PATH that can take one. */
    public static Optional<String> browser(Map<String, String> environment) {
        return BROWSERS.stream()
                .filter(name -> List.of(environment.getOrDefault("PATH", "").split(":")).stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))))
                .findFirst();
    }

    /**
     * @throws Failure when there is no browser, or it made no picture
     */
    static void take(Typed typed, String url, Path file) {
        var browser = browser(System.getenv())
                .orElseThrow(() -> new Failure(
                        Exit.FAILED, "no browser takes the screenshot: install one of " + String.join(", ", BROWSERS)));
        typed.quietly(
                Map.of(),
                "ci/sandbox",
                browser,
                "--headless",
                // It refuses root, and containers, otherwise. It opens nothing but this page.
                "--no-sandbox",
                "--disable-gpu",
                // The sandbox's own authority and no other, told by its key.
                "--ignore-certificate-errors-spki-list=" + keyOf(authority()),
                "--hide-scrollbars",
                "--window-size=" + SIZE,
                "--virtual-time-budget=5000",
                "--screenshot=" + file.toAbsolutePath(),
                url);
        if (!Files.isRegularFile(file)) {
            throw new Failure(Exit.FAILED, browser + " made no picture of " + url + " in " + file);
        }
    }
}
