package dev.ephemera.model;

/** What a container can be told of a database. */
public enum DatabaseField {
    HOST,
    PORT,
    /** The database's name inside the server. */
    DATABASE,
    USERNAME,
    PASSWORD,
    /** All of them in one, as {@code postgresql://username:password@host:port/database}. */
    URL
}
