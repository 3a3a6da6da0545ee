package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Signs the certificates of what answers in one sandbox: databases and the Gateway. Whoever trusts {@link #certificate()}
 * trusts this sandbox and no other. Certificates are made by the JDK's {@code keytool}; keys are elliptic (P-256).
 *
 * @param directory holds {@code ca.pem} and {@code ca-key.pem}, which only its owner can read
 */
public record CertificateAuthority(Path directory) {
    private static final String AUTHORITY = "authority";
    private static final String LEAF = "leaf";
    /** Where distributions keep the authorities that they trust: Debian, Fedora, Alpine and macOS. */
    private static final List<Path> SYSTEMS = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/cert.pem"));

    private static final int AUTHORITY_DAYS = 3650;
    /** No client accepts more. */
    private static final int LEAF_DAYS = 825;

    /**
     * A certificate and its key, in PEM.
     *
     * @param key only its owner can read it
     */
    public record Issued(Path certificate, Path key) {}

    /** The one in the directory; made now, where there is none. Nobody else may be making it. */
    public static CertificateAuthority in(Path directory) throws IOException {
        var authority = new CertificateAuthority(directory);
        if (!Files.exists(authority.certificate()) || !Files.exists(authority.key())) {
            Files.createDirectories(directory);
            try (var store = new TemporaryKeyStore(directory)) {
                store.keytool(
                        "-genkeypair",
                        List.of(
                                "-alias",
                                AUTHORITY,
                                "-dname",
                                // Told from other sandboxes' in a browser's list.
                                "CN=ephemera sandbox " + HexFormat.of().toHexDigits(System.nanoTime(), 8),
                                "-validity",
                                Integer.toString(AUTHORITY_DAYS),
                                "-ext",
                                "bc:c=ca:true,pathlen:0",
                                "-ext",
                                "ku:c=keyCertSign,cRLSign"));
                authority.write(store.load(), AUTHORITY, authority.certificate(), authority.key());
            } catch (GeneralSecurityException e) {
                throw failed(e);
            }
        }
        return authority;
    }

    /** What clients are told to trust. */
    public Path certificate() {
        return certificate(directory);
    }

    static Path certificate(Path directory) {
        return directory.resolve("ca.pem");
    }

    private Path key() {
        return directory.resolve("ca-key.pem");
    }

    /**
     * A new certificate for servers of this name, behind it the authority's own.
     *
     * @param name such as {@code db.example.com} or {@code *.preview.example.com}
     * @param target a directory that gets {@code cert.pem} and {@code key.pem}; made, if it is not there
     */
    public Issued issue(String name, Path target) throws IOException {
        Files.createDirectories(target);
        var issued = new Issued(target.resolve("cert.pem"), target.resolve("key.pem"));
        try (var store = new TemporaryKeyStore(directory)) {
            store.save(AUTHORITY, readKey(), readCertificate());
            store.keytool(
                    "-genkeypair",
                    List.of(
                            "-alias",
                            LEAF,
                            "-signer",
                            AUTHORITY,
                            // The common name ends at 64 characters; clients look at the other one.
                            "-dname",
                            "CN=" + name.substring(0, Math.min(name.length(), 64)),
                            "-validity",
                            Integer.toString(LEAF_DAYS),
                            "-ext",
                            "san=dns:" + name,
                            "-ext",
                            "eku=serverAuth"));
            write(store.load(), LEAF, issued.certificate(), issued.key());
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
        return issued;
    }

    /** The certificate for servers of this name: that of last time, where there is one. */
    Issued issued(String name) throws IOException {
        var place = directory.resolve(name.replace("*", "any"));
        var there = new Issued(place.resolve("cert.pem"), place.resolve("key.pem"));
        return Files.exists(there.certificate()) ? there : issue(name, place);
    }

    /**
     * Writes what a client trusts who trusts this machine's authorities and this one.
     *
     * @param caller where {@code SSL_CERT_FILE} names another file than the system's
     */
    Path withSystems(Path target, Map<String, String> caller) throws IOException {
        var own = caller.getOrDefault("SSL_CERT_FILE", "");
        var systems = Stream.concat(own.isEmpty() ? Stream.of() : Stream.of(Path.of(own)), SYSTEMS.stream())
                .filter(file -> Files.isReadable(file) && !file.equals(target))
                .findFirst();
        WholeFile.write(
                target,
                (systems.isPresent() ? Files.readString(systems.get()) + "\n" : "") + Files.readString(certificate()));
        return target;
    }

    private Certificate readCertificate() throws IOException, GeneralSecurityException {
        try (var file = Files.newInputStream(certificate())) {
            return CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private Key readKey() throws IOException, GeneralSecurityException {
        var text = Files.readString(key()).replaceAll("-----[A-Z ]+-----", "");
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text));
        return KeyFactory.getInstance("EC").generatePrivate(spec);
    }

    /** The key first: where there is a certificate, its key is there too. */
    private void write(KeyStore store, String alias, Path certificate, Path key)
            throws IOException, GeneralSecurityException {
        var chain = new StringBuilder();
        for (var link : store.getCertificateChain(alias)) {
            chain.append(pem("CERTIFICATE", link.getEncoded()));
        }
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = key.resolveSibling("." + key.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, owner);
        Files.writeString(
                draft,
                pem(
                        "PRIVATE KEY",
                        store.getKey(alias, TemporaryKeyStore.password()).getEncoded()));
        Files.move(draft, key, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        WholeFile.write(certificate, chain.toString());
    }

    private static String pem(String kind, byte[] content) {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, encoder.encodeToString(content));
    }

    private static Failure failed(GeneralSecurityException e) {
        return new Failure(
                Exit.FAILED, "the sandbox's certificates cannot be made or read: " + e.getMessage() + "; run again", e);
    }
}
