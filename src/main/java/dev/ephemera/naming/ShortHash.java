package dev.ephemera.naming;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Twelve characters that stand for a list of texts: the first 60 bits of SHA-256 in base 32 (RFC 4648, lower case). Each
 * text goes in with its length, so that moving a character from one to the next gives another hash.
 */
public final class ShortHash {
    /** Characters in a hash. */
    public static final int LENGTH = 12;

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS_PER_CHARACTER = 5;

    private ShortHash() {}

    /** The hash of {@code texts}, in their order. */
    public static String of(String... texts) {
        var digest = sha256();
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        var bits = ByteBuffer.wrap(digest.digest()).getLong();
        var hash = new StringBuilder(LENGTH);
        for (int i = 1; i <= LENGTH; i++) {
            hash.append(ALPHABET.charAt((int) (bits >>> (Long.SIZE - i * BITS_PER_CHARACTER)) & 31));
        }
        return hash.toString();
    }

    /** The hash of {@code texts} by their names, whatever their order. */
    public static String ofMap(Map<?, String> texts) {
        var byName = new TreeMap<String, String>();
        texts.forEach((name, text) -> byName.put(name.toString(), text));
        return of(byName.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
