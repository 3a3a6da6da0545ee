package com.example.shop;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The message broker: a connection that comes back by itself, however often the broker goes away. */
public final class Broker {
    /** An order's number is published here when it has been placed. */
    public static final String ORDER_PLACED = "orders.placed";

    private Broker() {}

    /** Waits for the broker at {@code BROKER}, for example {@code nats://events:4222}. */
    public static Connection connect(String name, Map<String, String> environment) throws InterruptedException {
        var address = Environment.required(environment, "BROKER");
        var options = Options.builder()
                .server(address)
                .connectionName(name)
                .connectionTimeout(Duration.ofSeconds(2))
                .maxReconnects(-1)
                .reconnectWait(Duration.ofSeconds(1))
                // Its own would log each try to reconnect with a stack.
                .errorListener(new ErrorListener() {})
                .connectionListener((connection, event) -> System.out.println("broker: " + event))
                .build();
        var connected = new AtomicReference<Connection>();
        Patience.until("the broker at " + address, () -> {
            try {
                connected.set(Nats.connect(options));
                return true;
            } catch (IOException e) {
                throw new IOException("no answer", e);
            }
        });
        return connected.get();
    }
}
