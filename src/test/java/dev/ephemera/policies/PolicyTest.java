package dev.ephemera.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a policy is decided here as AWS decides it. */
class PolicyTest {
    private static Policy policy(String statements) throws IOException {
        return Policy.of("{\"Version\": \"2012-10-17\", \"Statement\": [%s]}".formatted(statements));
    }

    private static Policy allowing(String condition) throws IOException {
        return policy(
                "{\"Sid\": \"a\", \"Effect\": \"Allow\", \"Action\": \"s:Do\", \"Resource\": \"*\", \"Condition\": %s}"
                        .formatted(condition));
    }

    private static final Request DO = Request.of("s:Do", "arn:a");

    @Test
    void whatNobodyAllowsIsDenied() throws IOException {
        assertThat(policy("").allows(DO)).isFalse();
    }

    @Test
    void aDenialWinsWhereverItStands() throws IOException {
        var allow = "{\"Sid\": \"a\", \"Effect\": \"Allow\", \"Action\": \"s:*\", \"Resource\": \"*\"}";
        var deny = "{\"Sid\": \"d\", \"Effect\": \"Deny\", \"Action\": \"s:Do\", \"Resource\": \"arn:a\"}";
        assertThat(policy(allow).allows(DO)).isTrue();
        assertThat(policy(allow + "," + deny).allows(DO)).isFalse();
        assertThat(policy(deny + "," + allow).allows(DO)).isFalse();
        assertThat(policy(allow + "," + deny).allows(Request.of("s:Do", "arn:b")))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "s:Do, arn:x:db:shop-pr-7, true",
        "S:dO, arn:x:db:shop-pr-7, true",
        "s:DoMore, arn:x:db:shop-pr-7, false",
        "t:GetThat, arn:x:db:shop-pr-7/a, true",
        "s:Do, arn:x:db:SHOP-pr-7, false",
        "s:Do, arn:x:db:shop-orders, false",
        "s:Do, arn:y:db:shop-pr-7, false",
    })
    void actionsAndResourcesAreMatchedByWildcards(String action, String resource, boolean allowed) throws IOException {
        assertThat(policy(
                                "{\"Sid\": \"a\", \"Effect\": \"Allow\", \"Action\": [\"s:Do\", \"t:Get*\"], \"Resource\": \"arn:x:d?:shop-pr-*\"}")
                        .allows(Request.of(action, resource)))
                .isEqualTo(allowed);
    }

    @Test
    void everyOperatorAndEveryKeyHasToHoldAndOneValueOfEachDoes() throws IOException {
        var policy =
                allowing("{\"StringEquals\": {\"k\": [\"a\", \"b\"], \"l\": \"c\"}, \"StringLike\": {\"m\": \"d*\"}}");
        var all = DO.with("k", "b").with("l", "c").with("m", "dd");
        assertThat(policy.allows(all)).isTrue();
        assertThat(policy.allows(all.with("k", "c"))).isFalse();
        assertThat(policy.allows(all.with("l", "C"))).isFalse();
        assertThat(policy.allows(all.with("m", "e"))).isFalse();
        assertThat(policy.allows(DO.with("k", "b").with("l", "c"))).isFalse();
    }

    @Test
    void aStarInAnEqualsIsAStar() throws IOException {
        assertThat(allowing("{\"StringEquals\": {\"k\": \"a*\"}}").allows(DO.with("k", "ab")))
                .isFalse();
    }

    @Test
    void whatIsAskedOnlyWhereItExistsHoldsWhereItDoesNot() throws IOException {
        var policy = allowing("{\"StringEqualsIfExists\": {\"k\": \"a\"}}");
        assertThat(policy.allows(DO)).isTrue();
        assertThat(policy.allows(DO.with("k", "a"))).isTrue();
        assertThat(policy.allows(DO.with("k", "b"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ForAllValues:StringEquals", "ForAllValues:StringLike"})
    void allValuesHaveToBeAmongThoseWantedAndNoneAre(String operator) throws IOException {
        var policy = allowing("{\"%s\": {\"k\": [\"a\", \"b\"]}}".formatted(operator));
        assertThat(policy.allows(DO.with("k", List.of("a", "b")))).isTrue();
        assertThat(policy.allows(DO.with("k", List.of("a", "c")))).isFalse();
        assertThat(policy.allows(DO)).isTrue();
    }

    @Test
    void nullIsAboutWhetherTheKeyIsThere() throws IOException {
        assertThat(allowing("{\"Null\": {\"k\": \"false\"}}").allows(DO)).isFalse();
        assertThat(allowing("{\"Null\": {\"k\": \"false\"}}").allows(DO.with("k", "a")))
                .isTrue();
        assertThat(allowing("{\"Null\": {\"k\": \"true\"}}").allows(DO)).isTrue();
    }

    @Test
    void whatIsNotKnownHereIsNotRead() {
        assertThatThrownBy(() -> allowing("{\"StringNotEquals\": {\"k\": \"a\"}}"))
                .hasMessageContaining("StringNotEquals");
        assertThatThrownBy(() ->
                        policy("{\"Sid\": \"a\", \"Effect\": \"Allow\", \"NotAction\": \"s:Do\", \"Resource\": \"*\"}"))
                .hasMessageContaining("NotAction");
    }
}
