package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.Home;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeGuardTest {
    private static final Home HERE = new Home("uid-here", "111111111111");

    private static List<String> refusals(Object kept) {
        return new HomeGuard(new StackName("pr-7"), ApplicationReader.read(Path.of("stacks"))).refusals(HERE, kept);
    }

    @Test
    void itsOwnHomeIsAdmitted() {
        assertThat(refusals(Map.of("cluster", "uid-here", "account", "111111111111")))
                .isEmpty();
    }

    @Test
    void anotherClusterIsRefusedWithBothAndWhatToDo() {
        assertThat(refusals(Map.of("cluster", "uid-there", "account", "111111111111")))
                .singleElement()
                .asString()
                .contains("stack pr-7", "the kubeconfig's current context", "got uid-here", "want uid-there")
                .contains("nothing was changed", "KUBECONFIG or cluster.context")
                .doesNotContain("\n");
    }

    @Test
    void anotherAccountIsRefusedWithBothAndWhatToDo() {
        assertThat(refusals(Map.of("cluster", "uid-here", "account", "222222222222")))
                .singleElement()
                .asString()
                .contains("stack pr-7", "got 111111111111", "want 222222222222")
                .contains("nothing was changed", "take credentials of that account")
                .doesNotContain("\n");
    }

    @Test
    void bothAreTold() {
        assertThat(refusals(Map.of("cluster", "uid-there", "account", "222222222222")))
                .hasSize(2);
    }

    @Test
    void whereNothingIsKeptNothingIsRefused() {
        assertThat(refusals(null)).isEmpty();
        assertThat(refusals("of another program")).isEmpty();
        assertThat(refusals(Map.of("cluster", 1.0))).isEmpty();
    }
}
