package com.example.shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Http;
import com.example.shop.Http.Request;
import com.example.shop.Http.Response;
import com.sun.net.httpserver.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebTest {
    private final List<Map<String, String>> ordered = new ArrayList<>();
    private HttpServer api;

    private Web web(Map<String, Http.Handler> handlers) throws Exception {
        api = Http.serve(0, handlers);
        return new Web(
                "pr-1", new ApiClient("http://127.0.0.1:" + api.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Test
    void anOrderGoesToTheApiAndTheBrowserBackToThePage() throws Exception {
        var web = web(Map.of("POST /api/orders", request -> {
            ordered.add(request.form());
            return Response.json(201, "{}");
        }));
        var form = Map.of("product", "3", "quantity", "a&b=c");
        var response = web.handlers().get("POST /orders").handle(new Request(form));
        assertThat(response.status()).isEqualTo(303);
        assertThat(response.headers()).containsEntry("Location", "/");
        assertThat(ordered).containsExactly(form);
    }

    @Test
    void aPageIsThereEvenWhileTheApiIsNot() throws Exception {
        var web = web(Map.of());
        var response = web.handlers().get("GET /").handle(new Request(Map.of()));
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).contains("<h1>pr-1</h1>", "The api does not answer yet (it answered 404)");
    }
}
