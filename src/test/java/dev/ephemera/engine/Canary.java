package dev.ephemera.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A secret that is looked for in each form in which something may have written it down. */
final class Canary {
    private final Map<String, String> forms = new LinkedHashMap<>();

    Canary(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        var hex = hex(bytes, "");
        var escaped = hex(bytes, "%");
        forms.put("plain", secret);
        forms.put("hex", hex);
        forms.put("HEX", hex.toUpperCase(Locale.ROOT));
        forms.put("url", escaped);
        forms.put("URL", escaped.toUpperCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            forms.put("base64 after " + before, base64(bytes, before));
        }
    }

    /** The forms that stand somewhere in {@code content}. */
    List<String> in(byte[] content) {
        // One character a byte, whatever the bytes mean.
        var text = new String(content, StandardCharsets.ISO_8859_1);
        return forms.entrySet().stream()
                .filter(form -> text.contains(form.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<String> in(String content) {
        return in(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes, String before) {
        var text = new StringBuilder();
        for (var each : bytes) {
            text.append(before).append(String.format("%02x", each));
        }
        return text.toString();
    }

    /**
     * The characters that depend on {@code bytes} alone where {@code before} others, or three more, stand before them. The
     * two alphabets differ in characters 62 and 63 only; a secret with one of these is found in the first.
     */
    private static String base64(byte[] bytes, int before) {
        var shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        var whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return whole.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }
}
