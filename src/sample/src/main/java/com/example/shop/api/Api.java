package com.example.shop.api;

import com.example.shop.Broker;
import com.example.shop.Database;
import com.example.shop.Environment;
import com.example.shop.Http;
import com.example.shop.Http.Request;
import com.example.shop.Http.Response;
import com.example.shop.Main;
import com.google.gson.Gson;
import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;

/** The shop's data as JSON. It listens only when it has its database and its broker. */
public final class Api {
    private final Database database;
    private final Connection broker;
    private final Gson gson = new Gson();

    Api(Database database, Connection broker) {
        this.database = database;
        this.broker = broker;
    }

    public static void main(String[] arguments) {
        Main.run("api", environment -> {
            var database = Database.from(environment);
            database.await();
            var api = new Api(database, Broker.connect("api", environment));
            Http.serve(Environment.port(environment), api.handlers());
        });
    }

    Map<String, Http.Handler> handlers() {
        return Map.of(
                "GET /api/ready", this::ready,
                "GET /api/summary", this::summary,
                "POST /api/orders", this::order);
    }

    /** 503 while the database or the broker is away. */
    private Response ready(Request request) throws SQLException {
        try (var connection = database.connect()) {
            var ready = connection.isValid(1) && broker.getStatus() == Connection.Status.CONNECTED;
            return Response.json(ready ? 200 : 503, gson.toJson(Map.of("ready", ready)));
        }
    }

    private Response summary(Request request) throws SQLException {
        try (var connection = database.connect()) {
            return Response.json(
                    200,
                    gson.toJson(
                            new Summaries(connection).read(broker.getStatus().toString())));
        }
    }

    /** The event goes out after the order is safe; should it be lost, the worker finds the order by itself. */
    private Response order(Request request) throws SQLException {
        var product = number(request, "product", Integer.MAX_VALUE);
        var quantity = number(request, "quantity", 99);
        long order;
        try (var connection = database.connect()) {
            order = new Orders(connection).place(product, quantity);
        }
        broker.publish(Broker.ORDER_PLACED, Long.toString(order).getBytes(StandardCharsets.UTF_8));
        return Response.json(201, gson.toJson(Map.of("order", order)));
    }

    private static int number(Request request, String field, int most) {
        var text = request.form().getOrDefault(field, "");
        try {
            var value = Integer.parseInt(text);
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("%s: want a whole number from 1 to %d".formatted(field, most));
    }
}
