package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountTest {
    private static Amount amount(String text) {
        return Amount.of(new BigDecimal(text));
    }

    @Test
    void whatNoDecimalNumberIsComesBackWhole() {
        var share = amount("0.115").dividedBy(Amount.of(730));
        assertThat(share.times(Amount.of(730))).isEqualTo(amount("0.115"));
        assertThat(share.plus(share).minus(share)).isEqualTo(share);
    }

    @Test
    void oneNumberHasOneForm() {
        assertThat(amount("0.50")).isEqualTo(Amount.ONE.dividedBy(Amount.of(2)));
        assertThat(amount("-1").dividedBy(amount("-2"))).isEqualTo(amount("0.5"));
        assertThat(amount("0.000")).isEqualTo(Amount.ZERO);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "0.016000, 0.016",
        "730, 730",
        "1e3, 1000",
        "0.0000004, 0.0000004",
        "-2.5, -2.5",
        "0, 0",
        "0.0000000000005, 0",
        "0.0000000000015, 0.000000000002"
    })
    void isWrittenWithoutAnExponent(String number, String text) {
        assertThat(amount(number)).hasToString(text);
    }

    @Test
    void isRoundedOnceToTheEvenDigitWhenHalfWay() {
        assertThat(amount("0.125").rounded(2)).isEqualTo("0.12");
        assertThat(amount("0.135").rounded(2)).isEqualTo("0.14");
    }

    @Test
    void isInTheOrderOfNumbers() {
        assertThat(amount("0.1").max(amount("0.09"))).isEqualTo(amount("0.1"));
        assertThat(amount("0.1")).isLessThan(Amount.ONE.dividedBy(Amount.of(3)));
    }

    @Test
    void nothingIsSharedAmongNobody() {
        assertThatThrownBy(() -> Amount.ONE.dividedBy(Amount.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
