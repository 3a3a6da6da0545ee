package com.example.shop.web;

import com.example.shop.Environment;
import com.example.shop.Http;
import com.example.shop.Http.Request;
import com.example.shop.Http.Response;
import com.example.shop.Main;
import java.io.IOException;
import java.util.Map;

/** The shop's page. It asks the api, at {@code API}, for all that it shows. */
public final class Web {
    private final String stack;
    private final ApiClient api;

    Web(String stack, ApiClient api) {
        this.stack = stack;
        this.api = api;
    }

    public static void main(String[] arguments) {
        Main.run("web", environment -> {
            var web = new Web(
                    environment.getOrDefault("EPHEMERA_STACK", "no preview"),
                    new ApiClient(Environment.required(environment, "API")));
            Http.serve(Environment.port(environment), web.handlers());
        });
    }

    Map<String, Http.Handler> handlers() {
        return Map.of("GET /", this::page, "POST /orders", this::order);
    }

    private Response page(Request request) {
        try {
            return Response.html(200, Page.of(stack, api.summary()));
        } catch (IOException e) {
            return unavailable(e);
        }
    }

    /** Posted to the page's own host, which is always there; the api has a host of its own from outside. */
    private Response order(Request request) {
        try {
            api.order(request.form());
            return Response.seeOther("/");
        } catch (IOException e) {
            return unavailable(e);
        }
    }

    private Response unavailable(IOException e) {
        System.err.println("api: " + e.getMessage());
        return Response.html(503, Page.unavailable(stack, String.valueOf(e.getMessage())));
    }
}
