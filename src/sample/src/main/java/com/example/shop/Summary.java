package com.example.shop;

import java.util.List;
import java.util.Map;

/**
 * What the api knows, as its JSON has it.
 *
 * @param version the api's release
 * @param postgresql the server's version
 * @param migrations those that the database has had, oldest first
 * @param counts rows by table
 * @param waiting orders that the worker has not yet processed
 * @param broker the state of the connection to the message broker
 */
public record Summary(
        String version,
        String postgresql,
        List<Migration> migrations,
        Map<String, Long> counts,
        long waiting,
        String broker,
        List<Product> products,
        Table customers,
        Table orders) {

    /** One step of the schema. */
    public record Migration(String version, String description, String at) {}

    /** What can be ordered. */
    public record Product(long id, String name, int cents) {}

    /** The result of a query, as text. */
    public record Table(List<String> columns, List<List<String>> rows) {}
}
