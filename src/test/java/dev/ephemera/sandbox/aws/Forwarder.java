package dev.ephemera.sandbox.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Hands AWS calls on to moto and writes down which they were. */
final class Forwarder implements AutoCloseable {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/aws4_request");

    static {
        // Without it the JDK's server answers each request on a kept connection some 40 ms late.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Set<String> KEPT =
            Set.of("authorization", "content-type", "x-amz-date", "x-amz-target", "amz-sdk-request");

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final List<RecordedCall> calls = new ArrayList<>();
    private final Map<String, Runnable> steps = new ConcurrentHashMap<>();

    Forwarder(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::forward);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The calls since the last time this was asked. */
    List<RecordedCall> takeCalls() {
        synchronized (calls) {
            var taken = List.copyOf(calls);
            calls.clear();
            return taken;
        }
    }

    /** Runs that step once, before the next call of that action goes on; only for calls that are forms. */
    void before(String action, Runnable step) {
        steps.put(action, step);
    }

    /** Returns once a call of that action has been answered; fails after a minute. */
    void await(String action) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        synchronized (calls) {
            while (calls.stream().noneMatch(call -> call.action().equals(action))) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("no " + action + " among " + calls);
                }
                calls.wait(100);
            }
        }
    }

    private void forward(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .timeout(Duration.ofSeconds(30))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (KEPT.contains(name.toLowerCase())) {
                request.header(name, values.get(0));
            }
        });
        try {
            runStepsBefore(new String(body, StandardCharsets.UTF_8));
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            note(exchange, response.statusCode(), new String(body, StandardCharsets.UTF_8));
            response.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
            response.headers()
                    .firstValue("x-amzn-requestid")
                    .ifPresent(id -> exchange.getResponseHeaders().set("x-amzn-requestid", id));
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void runStepsBefore(String body) {
        for (var action : steps.keySet()) {
            if (body.startsWith("Action=" + action + "&")) {
                steps.remove(action).run();
            }
        }
    }

    private void note(HttpExchange exchange, int status, String body) {
        var scope = SCOPE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var service = scope.find() ? scope.group(1) : "unsigned";
        var call = switch (service) {
            case "route53" ->
                RecordedCall.ofPath(
                        service,
                        status,
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        body);
            case "sqs" ->
                RecordedCall.ofTarget(
                        service, status, exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            default -> RecordedCall.ofForm(service, status, body);
        };
        synchronized (calls) {
            calls.add(call);
            calls.notifyAll();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
