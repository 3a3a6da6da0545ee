package dev.ephemera.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact number of dollars, or of what is paid for: a fraction in its lowest terms. A month has 730 hours, and no decimal
 * number is the 730th part of a price; so sums are made of fractions and rounded once, when they are written.
 */
public record Amount(BigInteger numerator, BigInteger denominator) implements Comparable<Amount> {
    public static final Amount ZERO = new Amount(BigInteger.ZERO, BigInteger.ONE);
    public static final Amount ONE = new Amount(BigInteger.ONE, BigInteger.ONE);

    /** Decimal places of what is written: finer than AWS's own prices, which have ten. */
    private static final int PLACES = 12;

    public Amount {
        if (denominator.signum() == 0) {
            throw new IllegalArgumentException("got the denominator 0, want another");
        }
        var common = numerator.gcd(denominator);
        var divisor = denominator.signum() < 0 ? common.negate() : common;
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    public static Amount of(BigDecimal number) {
        var unscaled = number.unscaledValue();
        return number.scale() > 0
                ? new Amount(unscaled, BigInteger.TEN.pow(number.scale()))
                : new Amount(number.toBigIntegerExact(), BigInteger.ONE);
    }

    public static Amount of(long number) {
        return new Amount(BigInteger.valueOf(number), BigInteger.ONE);
    }

    public Amount plus(Amount other) {
        return new Amount(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Amount minus(Amount other) {
        return plus(new Amount(other.numerator.negate(), other.denominator));
    }

    public Amount times(Amount other) {
        return new Amount(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /** Throws {@link IllegalArgumentException} when {@code other} is 0. */
    public Amount dividedBy(Amount other) {
        return new Amount(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Amount max(Amount other) {
        return compareTo(other) < 0 ? other : this;
    }

    public boolean isZero() {
        return numerator.signum() == 0;
    }

    /** The nearest number with so many decimal places; of two as near, the one that ends in an even digit. */
    public BigDecimal rounded(int places) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), places, RoundingMode.HALF_EVEN);
    }

    @Override
    public int compareTo(Amount other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** As a decimal number without an exponent; exact where twelve places are enough. */
    @Override
    public String toString() {
        var rounded = rounded(PLACES);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
