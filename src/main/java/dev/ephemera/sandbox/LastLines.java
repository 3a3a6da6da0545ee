package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process said last. */
final class LastLines {
    private static final int BYTES = 4_000;
    private static final int LINES = 3;
    private static final int LENGTH = 300;

    private LastLines() {}

    /** Up to three lines of a log, long ones cut, joined by {@code " | "}; says so when there is none. */
    static String of(Path log) {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(Math.max(0, channel.size() - BYTES));
            var buffer = java.nio.ByteBuffer.allocate(BYTES);
            while (channel.read(buffer) > 0) {
                // until the buffer is full or the file ends
            }
            var text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            var last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return last.isEmpty()
                    ? "(it wrote nothing)"
                    : String.join(" | ", last.stream().map(LastLines::cut).toList());
        } catch (IOException e) {
            return "(no log)";
        }
    }

    private static String cut(String line) {
        return line.length() <= LENGTH ? line : line.substring(0, LENGTH) + "...";
    }
}
