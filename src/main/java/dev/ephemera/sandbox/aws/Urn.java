package dev.ephemera.sandbox.aws;

/** Parts of {@code urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME}. */
final class Urn {
    private Urn() {}

    /** The type's token; empty where the text is no URN. */
    static String type(String urn) {
        var parts = urn.split("::", 4);
        var chain = parts.length > 2 ? parts[2] : "";
        return chain.substring(chain.lastIndexOf('$') + 1);
    }

    /** The resource's name in the program; the whole text where it is no URN. */
    static String name(String urn) {
        var parts = urn.split("::", 4);
        return parts.length > 3 ? parts[3] : urn;
    }
}
