package com.example.shop.web;

import com.example.shop.Summary;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The api, as the web server calls it. The JDK's older client: it needs no module that the rest does not. */
final class ApiClient {
    private static final int CONNECT_MILLISECONDS = 2_000;
    private static final int ANSWER_MILLISECONDS = 30_000;

    private final String address;
    private final Gson gson = new Gson();

    /** @param address for example {@code http://api:8080} */
    ApiClient(String address) {
        this.address = address;
    }

    Summary summary() throws IOException {
        var connection = open("/api/summary");
        expect(200, connection);
        try (var reader = new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)) {
            return gson.fromJson(reader, Summary.class);
        } catch (JsonParseException e) {
            throw new IOException("it answered something else than JSON", e);
        }
    }

    void order(Map<String, String> form) throws IOException {
        var connection = open("/api/orders");
        connection.setDoOutput(true);
        try (var body = connection.getOutputStream()) {
            body.write(encoded(form).getBytes(StandardCharsets.US_ASCII));
        }
        expect(201, connection);
    }

    private HttpURLConnection open(String path) throws IOException {
        var connection = (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLISECONDS);
        connection.setReadTimeout(ANSWER_MILLISECONDS);
        return connection;
    }

    private static void expect(int status, HttpURLConnection connection) throws IOException {
        var got = connection.getResponseCode();
        if (got != status) {
            throw new IOException("it answered " + got);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
