package dev.ephemera.cost;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Does what a document writes: numbers, {@code + - x /} and brackets, each from the left and products first. */
final class Arithmetic {
    private static final Pattern TOKEN = Pattern.compile("[0-9]+(?:\\.[0-9]+)?|\\S");

    private final List<String> tokens;
    private int next;

    private Arithmetic(String text) {
        this.tokens = TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    static Amount result(String text) {
        var arithmetic = new Arithmetic(text);
        var result = arithmetic.sum();
        if (arithmetic.next < arithmetic.tokens.size()) {
            throw new IllegalArgumentException("\"%s\" ends too early".formatted(text));
        }
        return result;
    }

    private Amount sum() {
        var result = product();
        while (isNext("+") || isNext("-")) {
            result = taken().equals("+") ? result.plus(product()) : result.minus(product());
        }
        return result;
    }

    private Amount product() {
        var result = factor();
        while (isNext("x") || isNext("/")) {
            result = taken().equals("x") ? result.times(factor()) : result.dividedBy(factor());
        }
        return result;
    }

    private Amount factor() {
        var token = taken();
        if (!token.equals("(")) {
            return Amount.of(new BigDecimal(token));
        }
        var result = sum();
        if (!taken().equals(")")) {
            throw new IllegalArgumentException("a bracket is not closed");
        }
        return result;
    }

    private boolean isNext(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private String taken() {
        return tokens.get(next++);
    }
}
