package dev.ephemera.sandbox.aws;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/** Names for what a program leaves unnamed, in the two forms that the official provider makes them. */
final class UniqueNames {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSS").withZone(ZoneOffset.UTC);
    private static final AtomicInteger COUNTER = new AtomicInteger(new SecureRandom().nextInt() & 0xffffff);
    private static final SecureRandom RANDOM = new SecureRandom();

    private UniqueNames() {}

    /** The prefix and 26 characters that grow with time. */
    static String after(String prefix) {
        return prefix + CLOCK.format(Instant.now()) + "%08x".formatted(COUNTER.incrementAndGet());
    }

    /** A resource's name in the program, a hyphen and seven random hexadecimal digits. */
    static String from(String resourceName) {
        var bytes = new byte[4];
        RANDOM.nextBytes(bytes);
        return resourceName + "-" + HexFormat.of().formatHex(bytes).substring(0, 7);
    }
}
