package com.example.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What this build is and brings. */
public final class Release {
    /** The image's tag: in a pipeline, the commit. */
    public static final String VERSION = text("version.txt").strip();

    private Release() {}

    /** A text that was built in. */
    public static String text(String resource) {
        try (InputStream stream = Release.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no " + resource + " was built in");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
