package dev.ephemera.model;

/** A Secret of the cluster that each environment gets a copy of. */
public record SecretSource(ObjectName namespace, ObjectName name) {}
