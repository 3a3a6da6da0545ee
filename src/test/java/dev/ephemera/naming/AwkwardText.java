package dev.ephemera.naming;

import java.util.Random;

/** Texts that names are broken by: few letters, so that many nearly agree, and the characters that get replaced. */
final class AwkwardText {
    private static final String[] PIECES = {
        "a", "b", "A", "1", "-", "--", "/", ".", "_", "é", "日", "pr-12", "br-", "feat", "eu", " ", "$", "ß"
    };

    private AwkwardText() {}

    /** Not blank, {@code least} to {@code most} characters. */
    static String next(Random random, int least, int most) {
        var length = random.nextInt(least, most + 1);
        var text = new StringBuilder("x".repeat(random.nextInt(2)));
        while (text.length() < length) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        var cut = text.substring(0, Math.max(least, Math.min(text.length(), most)));
        return cut.isBlank() ? "x" : cut;
    }

    static String project(Random random) {
        return next(random, 1, 100).replaceAll("[^A-Za-z0-9_.-]", "x");
    }

    static Key key(Random random) {
        var slug = Slug.cut(Slug.of("k" + next(random, 1, 60)), Key.MAXIMUM_LENGTH);
        return new Key(slug);
    }
}
