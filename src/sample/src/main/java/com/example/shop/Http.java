package com.example.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** The JDK's web server, with handlers by method and path: {@code GET /api/summary}. */
public final class Http {
    private static final int THREADS = 4;
    private static final int LONGEST_BODY = 10_000;

    private Http() {}

    /**
     * What a handler gets.
     *
     * @param form the fields of a form that was posted
     */
    public record Request(Map<String, String> form) {}

    /** What a handler answers. */
    public record Response(int status, String type, String body, Map<String, String> headers) {
        public static Response json(int status, String body) {
            return new Response(status, "application/json", body, Map.of());
        }

        public static Response html(int status, String body) {
            return new Response(status, "text/html; charset=utf-8", body, Map.of());
        }

        /** The browser gets {@code path} next, so that reloading does not post again. */
        public static Response seeOther(String path) {
            return new Response(303, "text/plain", "", Map.of("Location", path));
        }
    }

    /** Answers one kind of request. */
    public interface Handler {
        Response handle(Request request) throws Exception;
    }

    /** Serves until the process ends. */
    public static HttpServer serve(int port, Map<String, Handler> handlers) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                write(exchange, answer(exchange, handlers));
            }
        });
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
        System.out.println("listening on port " + server.getAddress().getPort());
        return server;
    }

    private static Response answer(HttpExchange exchange, Map<String, Handler> handlers) throws IOException {
        var handler = handlers.get(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        if (handler == null) {
            return new Response(404, "text/plain", "not here\n", Map.of());
        }
        try {
            return handler.handle(new Request(form(exchange)));
        } catch (IllegalArgumentException e) {
            return new Response(400, "text/plain", e.getMessage() + "\n", Map.of());
        } catch (Exception e) {
            System.err.println(exchange.getRequestURI().getPath() + ": " + e.getMessage());
            return new Response(503, "text/plain", "not now, the log says why\n", Map.of());
        }
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
        var form = new LinkedHashMap<String, String>();
        for (var field : body.split("&")) {
            var parts = field.split("=", 2);
            if (parts.length == 2) {
                form.put(decoded(parts[0]), decoded(parts[1]));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        var body = response.body().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        headers.set("Cache-Control", "no-store");
        response.headers().forEach(headers::set);
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
