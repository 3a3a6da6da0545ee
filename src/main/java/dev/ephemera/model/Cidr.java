package dev.ephemera.model;

import java.util.Arrays;

/**
 * A range of IPv4 addresses, for example {@code 203.0.113.0/24}; {@code /32} for one address. The bits behind the prefix
 * are zero, so that a range has one way to be written.
 *
 * <p>Making one throws {@link IllegalArgumentException} when {@code value} is anything else.
 */
public record Cidr(String value) {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    public static final String PATTERN = "(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[12]?[0-9])";

    /** The same in words, for messages. */
    public static final String WANTED = "a range of IPv4 addresses such as 203.0.113.0/24";

    public Cidr {
        Texts.check(PATTERN, value, WANTED);
        var prefix = Integer.parseInt(value.substring(value.indexOf('/') + 1));
        var address = Arrays.stream(value.substring(0, value.indexOf('/')).split("\\."))
                .mapToLong(Long::parseLong)
                .reduce(0, (whole, octet) -> whole << Byte.SIZE | octet);
        if ((address & (1L << (Integer.SIZE - prefix)) - 1) != 0) {
            throw new IllegalArgumentException(
                    "got \"%s\", want the first address of a range of that size, or /32 for one address"
                            .formatted(value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
