package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Http.Response;
import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = Http.serve(
                0,
                Map.of(
                        "POST /echo",
                        request -> Response.json(200, request.form().toString()),
                        "POST /wrong",
                        request -> {
                            throw new IllegalArgumentException("quantity: want a number");
                        },
                        "POST /down",
                        request -> {
                            throw new java.sql.SQLException("connection to db refused");
                        }));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aHandlerGetsTheHostAndTheDecodedForm() throws Exception {
        assertThat(post("/echo", "a=1&b=x%26y+z&c").body()).isEqualTo("{a=1, b=x&y z}");
    }

    @Test
    void whatTheCallerGotWrongIs400WithTheReason() throws Exception {
        var response = post("/wrong", "");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("quantity: want a number");
    }

    @Test
    void whatIsAwayIs503AndOnlyTheLogSaysWhat() throws Exception {
        var response = post("/down", "");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("refused");
    }

    @Test
    void aLongerPathIsNotHere() throws Exception {
        assertThat(post("/echo/more", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
