package dev.ephemera.model;

import java.util.Locale;

/** A database engine. */
public enum Engine {
    POSTGRES(5432);

    private final int port;

    Engine(int port) {
        this.port = port;
    }

    /** What RDS calls it. */
    public String rdsName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The port that RDS gives it when none is asked for. */
    public int port() {
        return port;
    }
}
