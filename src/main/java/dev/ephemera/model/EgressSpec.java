package dev.ephemera.model;

/**
 * Where an environment's pods may connect to beyond the environment itself.
 *
 * @param port over TCP
 */
public record EgressSpec(
        Cidr cidr, @Range(least = 1, most = 65535) int port) {}
