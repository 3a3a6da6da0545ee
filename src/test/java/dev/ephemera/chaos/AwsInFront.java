package dev.ephemera.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Stands between AWS's clients and the emulated AWS. It is no stub server, because none lets a call be carried out and then
 * loses the answer, which is what leaves things behind that nobody knows of.
 */
final class AwsInFront implements AutoCloseable {
    private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/aws4_request");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");
    private static final Pattern STACK = Pattern.compile("\\bpr-(\\d+)\\b");
    private static final String RESTORE = "RestoreDBInstanceFromDBSnapshot";
    private static final String NO_DATABASES = """
            <DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
              <DescribeDBInstancesResult><DBInstances/></DescribeDBInstancesResult>
              <ResponseMetadata><RequestId>chaos</RequestId></ResponseMetadata>
            </DescribeDBInstancesResponse>
            """;
    private static final Set<String> HANDED_ON =
            Set.of("authorization", "content-type", "x-amz-date", "x-amz-target", "amz-sdk-request");
    private static final Duration LATE = Duration.ofSeconds(6);

    static {
        // Without it the JDK's server answers each request on a kept connection some 40 ms late.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final URI target;
    private final boolean hidesDatabases;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Armed> armed = new CopyOnWriteArrayList<>();
    private final Map<Integer, AtomicInteger> restores = new ConcurrentHashMap<>();

    /** A fault that waits for calls. */
    static final class Armed {
        private final Fault fault;
        private final AtomicInteger left;
        private final AtomicInteger hits = new AtomicInteger();

        private Armed(Fault fault, int calls) {
            this.fault = fault;
            this.left = new AtomicInteger(calls);
        }

        int hits() {
            return hits.get();
        }

        boolean isUsedUp() {
            return left.get() <= 0;
        }

        private boolean takes(Call call) {
            if (fault == Fault.ANSWER_LOST && !call.changes() || left.getAndDecrement() <= 0) {
                return false;
            }
            hits.incrementAndGet();
            return true;
        }
    }

    private record Call(String service, String action, boolean isPost, String body) {
        /** Whether something is another after it. */
        boolean changes() {
            return service.equals("route53")
                    ? isPost
                    : !action.isEmpty()
                            && !action.startsWith("Describe")
                            && !action.startsWith("List")
                            && !action.startsWith("Get");
        }
    }

    AwsInFront(URI target) {
        this(target, false);
    }

    /** One that never names a database. */
    static AwsInFront withoutDatabases(URI target) {
        return new AwsInFront(target, true);
    }

    private AwsInFront(URI target, boolean hidesDatabases) {
        this.target = target;
        this.hidesDatabases = hidesDatabases;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on as many calls go wrong, whoever makes them. */
    Armed arm(Fault fault, int calls) {
        var each = new Armed(fault, calls);
        armed.add(each);
        return each;
    }

    void disarm(Armed each) {
        armed.remove(each);
    }

    /** How often a restore was begun for a pull request. */
    int restores(int number) {
        return restores.computeIfAbsent(number, key -> new AtomicInteger()).get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            var body = exchange.getRequestBody().readAllBytes();
            var call = call(exchange, new String(body, StandardCharsets.UTF_8));
            if (hidesDatabases && call.action().equals("DescribeDBInstances")) {
                answer(exchange, 200, NO_DATABASES);
                return;
            }
            var fault = armed.stream().filter(each -> each.takes(call)).findFirst();
            if (fault.isEmpty()) {
                answer(exchange, carryOut(exchange, body, call));
                return;
            }
            switch (fault.get().fault) {
                case THROTTLED -> answer(exchange, 400, throttling(call.service()));
                case REFUSED -> answer(exchange, 503, "Service Unavailable");
                case DELAYED -> {
                    LockSupport.parkNanos(LATE.toNanos());
                    answer(exchange, carryOut(exchange, body, call));
                }
                // Closed without an answer.
                default -> carryOut(exchange, body, call);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static Call call(HttpExchange exchange, String body) {
        var service =
                SERVICE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        var action = ACTION.matcher(body);
        return new Call(
                service.find() ? service.group(1) : "",
                action.find() ? action.group(1) : "",
                exchange.getRequestMethod().equals("POST"),
                body);
    }

    private HttpResponse<byte[]> carryOut(HttpExchange exchange, byte[] body, Call call)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .timeout(Duration.ofSeconds(60))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (HANDED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, values.get(0));
            }
        });
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (call.action().equals(RESTORE)) {
            STACK.matcher(call.body())
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .distinct()
                    .forEach(number -> restores.computeIfAbsent(number, key -> new AtomicInteger())
                            .incrementAndGet());
        }
        return response;
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        for (var name : List.of("content-type", "x-amzn-requestid")) {
            response.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
        }
        answer(exchange, response.statusCode(), response.body());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Each service has its own form of an error. */
    private static String throttling(String service) {
        return switch (service) {
            case "ec2" ->
                "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>Request limit exceeded.</Message></Error></Errors><RequestID>chaos</RequestID></Response>";
            case "tagging" -> "{\"__type\": \"ThrottledException\", \"message\": \"Rate exceeded\"}";
            default ->
                "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>chaos</RequestId></ErrorResponse>";
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
