package com.example.shop.api;

import com.example.shop.Release;
import com.example.shop.Summary;
import com.example.shop.Summary.Migration;
import com.example.shop.Summary.Product;
import com.example.shop.Summary.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what the page shows. */
final class Summaries {
    private final Connection connection;

    Summaries(Connection connection) {
        this.connection = connection;
    }

    Summary read(String broker) throws SQLException {
        return new Summary(
                Release.VERSION,
                rows("show server_version", row -> row.getString(1)).get(0),
                rows(
                        "select version, description, to_char(installed_on, 'YYYY-MM-DD HH24:MI:SS')"
                                + " from flyway_schema_history where success order by installed_rank",
                        row -> new Migration(row.getString(1), row.getString(2), row.getString(3))),
                counts(),
                count("select count(*) from order_events where processed_at is null"),
                broker,
                rows(
                        "select id, name, price_cents from products order by id limit 12",
                        row -> new Product(row.getLong(1), row.getString(2), row.getInt(3))),
                table(Release.text("customers.sql")),
                table(Release.text("orders.sql")));
    }

    private Map<String, Long> counts() throws SQLException {
        var counts = new LinkedHashMap<String, Long>();
        for (var table : List.of("customers", "products", "orders", "order_lines")) {
            counts.put(table, count("select count(*) from " + table));
        }
        return counts;
    }

    private long count(String query) throws SQLException {
        return rows(query, row -> row.getLong(1)).get(0);
    }

    private Table table(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var columns = new ArrayList<String>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                columns.add(result.getMetaData().getColumnLabel(i));
            }
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns.size(); i++) {
                    var value = result.getString(i);
                    row.add(value == null ? "" : value);
                }
                rows.add(row);
            }
            return new Table(columns, rows);
        }
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String query, Row<T> read) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(read.of(result));
            }
            return rows;
        }
    }
}
