package dev.ephemera.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of bytes that come in pieces. */
final class Lines {
    private final Consumer<String> tell;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Lines(Consumer<String> tell) {
        this.tell = tell;
    }

    /** Tells each line that is whole by now. */
    void add(byte[] piece) {
        for (var octet : piece) {
            if (octet == '\n') {
                tellIt();
            } else {
                begun.write(octet);
            }
        }
    }

    /** Tells what is there of a line that has no end. */
    void end() {
        if (begun.size() > 0) {
            tellIt();
        }
    }

    private void tellIt() {
        tell.accept(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
    }
}
