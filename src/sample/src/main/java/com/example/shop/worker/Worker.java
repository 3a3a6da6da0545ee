package com.example.shop.worker;

import com.example.shop.Broker;
import com.example.shop.Database;
import com.example.shop.Main;
import com.example.shop.Release;
import java.time.Duration;
import java.util.Map;

/**
 * Confirms orders: at once when the broker tells of one, and now and then whatever it was not told of. The database says
 * what is to be done, the broker only when to look.
 */
public final class Worker {
    private static final Duration LOOK_ANYWAY = Duration.ofSeconds(15);

    private Worker() {}

    public static void main(String[] arguments) {
        Main.run("worker", Worker::work);
    }

    private static void work(Map<String, String> environment) throws Exception {
        var database = Database.from(environment);
        database.await();
        var broker = Broker.connect("worker", environment);
        var events = broker.subscribe(Broker.ORDER_PLACED, "worker");
        var confirmation = new Confirmation(database, "worker " + Release.VERSION);
        System.out.println("waiting for orders");
        while (true) {
            confirmation.confirmWaiting();
            events.nextMessage(LOOK_ANYWAY);
        }
    }
}
