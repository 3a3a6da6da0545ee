package dev.ephemera.components;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Text that nobody can guess, of small letters and digits only: every engine takes them, no shell or URL quotes them. */
final class RandomText {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    /** Of exactly {@code bits} random bits, and always of the same length for the same number. */
    static String of(int bits) {
        return new BigInteger(bits, RANDOM).setBit(bits).toString(Character.MAX_RADIX);
    }
}
