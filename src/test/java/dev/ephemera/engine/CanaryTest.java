package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryTest {
    private static final String SECRET = "q8s9d7f6g5h4j3k2l1m0n9b8";
    private final Canary canary = new Canary(SECRET);

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "a longer text: "})
    void isFoundInBase64WhateverStandsBeforeIt(String before) {
        var encoded =
                Base64.getEncoder().encodeToString((before + SECRET + " and after").getBytes(StandardCharsets.UTF_8));
        assertThat(canary.in("{\"data\": \"" + encoded + "\"}")).containsExactly("base64 after " + before.length() % 3);
    }

    @Test
    void isFoundPlainAndInHexAndInUrls() {
        var bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        assertThat(canary.in("x" + SECRET + "y")).containsExactly("plain");
        assertThat(canary.in(URLEncoder.encode("a b" + SECRET, StandardCharsets.UTF_8)))
                .containsExactly("plain");
        assertThat(canary.in("x" + HexFormat.of().formatHex(bytes))).containsExactly("hex");
        assertThat(canary.in("x" + HexFormat.of().withUpperCase().formatHex(bytes)))
                .containsExactly("HEX");
        assertThat(canary.in("=%" + HexFormat.ofDelimiter("%").formatHex(bytes)))
                .containsExactly("url");
        assertThat(canary.in("=%" + HexFormat.ofDelimiter("%").withUpperCase().formatHex(bytes)))
                .containsExactly("URL");
    }

    @Test
    void isFoundBetweenBytesThatAreNoText() {
        var content = ("\u0000\u00ff" + SECRET + "\u00fe").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(canary.in(content)).containsExactly("plain");
    }

    @Test
    void anotherSecretIsNotFound() {
        assertThat(canary.in(SECRET.substring(1) + " " + SECRET.toUpperCase(java.util.Locale.ROOT)))
                .isEmpty();
    }
}
