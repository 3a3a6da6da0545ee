package dev.ephemera.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Gets files over HTTP. A host that cannot be reached is tried once in a run, and given up on quickly. */
final class Downloader {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TEXT = Duration.ofSeconds(30);
    private static final Duration FILE = Duration.ofMinutes(15);

    private final Map<String, String> environment;
    private final Set<String> unreachable = new HashSet<>();
    private @Nullable HttpClient client;

    Downloader(Map<String, String> environment) {
        this.environment = environment;
    }

    String text(URI address) throws Unavailable {
        return get(address, BodyHandlers.ofString(), TEXT);
    }

    /** Writes the file, and fails unless its SHA-256 is the expected one (64 hexadecimal digits, either case). */
    void file(URI address, Path target, String sha256) throws Unavailable, IOException {
        get(address, BodyHandlers.ofFile(target), FILE);
        String got = sha256(target);
        if (!got.equalsIgnoreCase(sha256)) {
            throw new Unavailable(
                    address + " has the wrong checksum: its publisher says " + sha256 + ", what came has " + got,
                    false);
        }
    }

    private <T> T get(URI address, BodyHandler<T> handler, Duration limit) throws Unavailable {
        if (unreachable.contains(address.getHost())) {
            throw new Unavailable(address.getHost() + " cannot be reached", true);
        }
        var request = HttpRequest.newBuilder(address).timeout(TEXT).build();
        CompletableFuture<HttpResponse<T>> answer = client().sendAsync(request, handler);
        try {
            HttpResponse<T> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new Unavailable(address + " answered " + response.statusCode(), false);
            }
            return response.body();
        } catch (ExecutionException e) {
            throw unavailable(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new Unavailable(address + " was not there after " + Durations.text(limit), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(address + " was interrupted", false);
        } finally {
            answer.cancel(true);
        }
    }

    /** Made when first needed: it costs a tenth of a second, and mostly there is nothing to download. */
    private HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .proxy(new Proxies(environment))
                    .build();
        }
        return client;
    }

    private Unavailable unavailable(URI address, Throwable cause) {
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            unreachable.add(address.getHost());
            return new Unavailable(address.getHost() + " cannot be reached", false);
        }
        return new Unavailable(
                address + " could not be downloaded whole (" + String.valueOf(cause.getMessage()) + ")", false);
    }

    static String sha256(Path file) throws IOException {
        MessageDigest hash = Pins.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                hash.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
