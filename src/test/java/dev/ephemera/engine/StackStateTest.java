package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import org.junit.jupiter.api.Test;

class StackStateTest {
    private static StackState state(String resources, String pending) {
        return StackState.parse("""
                warning: something
                {"version": 3, "deployment": {"resources": [%s], "pending_operations": [%s]}}
                """.formatted(resources, pending));
    }

    @Test
    void componentsAndProvidersAreNothingOutsideTheState() {
        assertThat(state("""
                {"urn": "urn:pulumi:pr-7::shop::pulumi:pulumi:Stack::shop-pr-7", "type": "pulumi:pulumi:Stack"},
                {"urn": "urn:pulumi:pr-7::shop::pulumi:providers:aws::aws", "custom": true, "id": "1", "type": "pulumi:providers:aws"}
                """, "").isEmpty()).isTrue();
    }

    @Test
    void whatWasBeingMadeMayBeThere() {
        var state = state("", """
                {"type": "creating", "resource": {"urn": "urn:pulumi:pr-7::shop::aws:rds/instance:Instance::orders", "custom": true, "type": "aws:rds/instance:Instance", "inputs": {"identifier": "shop-pr-7-orders"}}}
                """);
        assertThat(state.isEmpty()).isFalse();
        assertThat(state.pending()).singleElement().satisfies(pending -> {
            assertThat(pending.doing()).isEqualTo("creating");
            assertThat(pending.resource().name()).isEqualTo("orders");
        });
    }

    @Test
    void somethingElseThanAStateIsNoAnswer() {
        assertThatThrownBy(() -> StackState.parse("{\"deployment\": {"))
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.UNDECIDED);
    }
}
