package dev.ephemera.sandbox.aws;

/** Why an input is refused before anything is called. */
record Fault(String property, String reason) {}
