package dev.ephemera.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A document as a test reads it: its code blocks, each with the mark that stands before it. */
final class Readme {
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:^ *<!-- ([^>]*) -->\\n)?^( *)```(\\w+)\\n(.*?)^ *```$");

    private Readme() {}

    /**
     * A code block.
     *
     * @param mark empty, why a test does not run it, or the file that it is taken from
     */
    record Block(String mark, String language, String text) {
        @Override
        public String toString() {
            return text.lines().findFirst().orElse("");
        }
    }

    /** Those of README.md. */
    static List<Block> blocks() throws IOException {
        return blocks(Path.of("README.md"));
    }

    static List<Block> blocks(Path document) throws IOException {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(Files.readString(document));
        while (matcher.find()) {
            var mark = matcher.group(1) == null ? "" : matcher.group(1);
            blocks.add(new Block(
                    mark,
                    matcher.group(3),
                    matcher.group(4).indent(-matcher.group(2).length())));
        }
        return blocks;
    }
}
