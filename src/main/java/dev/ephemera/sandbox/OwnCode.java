package dev.ephemera.sandbox;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * The code that runs: our jar, or the directory of classes in a test.
 *
 * @param location the jar or the directory
 */
public record OwnCode(Path location) {
    private static final String SANDBOX = "dev/ephemera/sandbox/";
    private static final String PROVIDER = SANDBOX + "aws/";

    /** Where this class came from. */
    public static OwnCode find() {
        try {
            return new OwnCode(Path.of(OwnCode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path entry is a URI", e);
        }
    }

    /** The project that this was built in: both {@code target/ephemera.jar} and {@code target/classes} lie in it. */
    public Path projectRoot() {
        return Objects.requireNonNull(
                Objects.requireNonNull(location.toAbsolutePath().getParent()).getParent());
    }

    boolean isJar() {
        return !Files.isDirectory(location);
    }

    /** Changes when the AWS provider's code or the libraries do. */
    String providerVersion() throws IOException {
        return checksum(PROVIDER, "META-INF/MANIFEST.MF", "dev/ephemera/failure/");
    }

    /** Changes when the sandbox's code does. */
    String sandboxVersion() throws IOException {
        return checksum(SANDBOX, "dev/ephemera/cli/Sandbox");
    }

    private String checksum(String... prefixes) throws IOException {
        var lines = isJar() ? inJar(prefixes) : inDirectory(prefixes);
        Collections.sort(lines);
        var checksum = new CRC32();
        for (var line : lines) {
            checksum.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return Long.toHexString(checksum.getValue());
    }

    /** A jar's directory has the checksum of each file: nothing is unpacked. */
    private List<String> inJar(String... prefixes) throws IOException {
        var lines = new ArrayList<String>();
        try (var jar = new ZipFile(location.toFile())) {
            for (var entries = jar.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (startsWithAny(entry.getName(), prefixes)) {
                    lines.add(entry.getName() + " " + entry.getCrc() + "\n");
                }
            }
        }
        return lines;
    }

    private List<String> inDirectory(String... prefixes) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.walk(location)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = location.relativize(file).toString();
                if (startsWithAny(name, prefixes) && Files.isRegularFile(file)) {
                    lines.add(name + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n");
                }
            }
        }
        return lines;
    }

    private static boolean startsWithAny(String name, String... prefixes) {
        for (var prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
