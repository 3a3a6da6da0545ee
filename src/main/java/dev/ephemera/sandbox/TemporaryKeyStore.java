package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.toolchain.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code keytool} works in: a file in a directory that only its owner can enter, gone when it is closed. */
final class TemporaryKeyStore implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TYPE = "PKCS12";
    /** keytool insists on one. It protects nothing: who can read the file can read the key beside it. */
    private static final String PASSWORD = "sandbox";

    private final Path directory;
    private final Path file;

    TemporaryKeyStore(Path parent) throws IOException {
        directory = Files.createTempDirectory(parent, ".keys");
        file = directory.resolve("store.p12");
    }

    static char[] password() {
        return PASSWORD.toCharArray();
    }

    void save(String alias, Key key, Certificate certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(TYPE);
        store.load(null, password());
        store.setKeyEntry(alias, key, password(), new Certificate[] {certificate});
        try (var output = Files.newOutputStream(file)) {
            store.store(output, password());
        }
    }

    KeyStore load() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(TYPE);
        try (var input = Files.newInputStream(file)) {
            store.load(input, password());
        }
        return store;
    }

    void keytool(String action, List<String> arguments) throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of(action, "-keyalg", "EC", "-groupname", "secp256r1", "-storetype", TYPE));
        line.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        line.addAll(arguments);
        var log = directory.resolve("log");
        if (new Command(line, directory, Map.of("LC_ALL", "C")).run(log, LIMIT, LIMIT, passed -> {}) != 0) {
            throw new Failure(
                    Exit.FAILED,
                    "the JDK's keytool cannot make a certificate: " + LastLines.of(log) + "; use JDK 17 or newer");
        }
    }

    @Override
    public void close() throws IOException {
        Trees.delete(directory);
    }
}
