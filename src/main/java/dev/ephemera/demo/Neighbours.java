package dev.ephemera.demo;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** Whether one environment's credentials open another's database. */
final class Neighbours {
    /** SQLSTATE "invalid password", see PostgreSQL's appendix A. */
    private static final String INVALID_PASSWORD = "28P01";

    private static final String SECONDS = "10";

    private Neighbours() {}

    /** Whether {@code credentials} open the database that they are for. */
    static boolean opens(Map<String, String> credentials) {
        return "".equals(refusal(credentials, credentials));
    }

    /** Whether the database of {@code other} answers {@code credentials}, and refuses them for what they are. */
    static boolean refuses(Map<String, String> other, Map<String, String> credentials) {
        return INVALID_PASSWORD.equals(refusal(other, credentials));
    }

    /** The SQLSTATE of the refusal; empty when there was none. */
    private static String refusal(Map<String, String> database, Map<String, String> credentials) {
        var properties = new Properties();
        properties.setProperty("user", value(credentials, "USERNAME"));
        properties.setProperty("password", value(credentials, "PASSWORD"));
        properties.setProperty("sslmode", "require");
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("socketTimeout", SECONDS);
        var url = "jdbc:postgresql://%s:%s/%s"
                .formatted(value(database, "HOST"), value(database, "PORT"), value(database, "DATABASE"));
        try (var connection = DriverManager.getConnection(url, properties)) {
            return connection.isValid(Integer.parseInt(SECONDS)) ? "" : "not valid";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        }
    }

    /** Variables begin with the database's key. */
    private static String value(Map<String, String> variables, String suffix) {
        return variables.entrySet().stream()
                .filter(variable -> variable.getKey().endsWith("_" + suffix))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
