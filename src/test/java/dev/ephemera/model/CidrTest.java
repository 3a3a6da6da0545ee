package dev.ephemera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/24", "203.0.113.7/32", "255.255.255.254/31"})
    void isARangeOfAddresses(String text) {
        assertThat(new Cidr(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.256/32", "010.0.0.0/8", "2001:db8::/32"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> new Cidr(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("got \"%s\", want a range of IPv4 addresses such as 203.0.113.0/24", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "203.0.113.7/31", "128.0.0.0/0", "0.0.0.1/0"})
    void refusesAnAddressInsideARange(String text) {
        assertThatThrownBy(() -> new Cidr(text)).hasMessageContaining("want the first address of a range of that size");
    }
}
