package dev.ephemera.naming;

import java.util.Random;

/** Texts that names are broken by: few letters, so that many nearly agree, and the characters that get replaced. */
final class AwkwardText {
    private static final String[] PIECES = {
        "a",
        "b",
        "A",
        "1",
        "-",
        "--",
        "/",
        ".",
        "_",
        "é",
        "日",
        "pr-12",
        "br-",
        "feat",
        "eu",
        " ",
        "$",
        "ß",
        // Beyond the first 65,536 characters; an accent by itself; right to left; i and K in case pairs that cross
        // scripts.
        "😀",
        "𝒜",
        "e\u0301",
        "א",
        "\u202E",
        "İ",
        "ı",
        "i",
        "I",
        "\u212A",
        "ǅ",
        "sg-",
        "kube-",
        "xn--",
        "br-x-aaaaaaaaaaaa"
    };

    private AwkwardText() {}

    /** Not blank, whole characters only, {@code least} to {@code most} of UTF-16's. */
    static String next(Random random, int least, int most) {
        var length = random.nextInt(least, most + 1);
        var text = new StringBuilder("x".repeat(random.nextInt(2)));
        while (text.length() < length) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        var end = Math.min(text.length(), most);
        var whole = Character.isHighSurrogate(text.charAt(end - 1))
                ? text.substring(0, end - 1) + "x"
                : text.substring(0, end);
        return whole.isBlank() ? "x" : whole;
    }

    static String project(Random random) {
        return next(random, 1, 100).replaceAll("[^A-Za-z0-9_.-]", "x");
    }

    static Key key(Random random) {
        var slug = Slug.cut(Slug.of("k" + next(random, 1, 60)), Key.MAXIMUM_LENGTH);
        return new Key(slug);
    }
}
