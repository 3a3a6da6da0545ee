package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final Dependencies SHOP = Dependencies.ofExport("""
            {"deployment": {"resources": [
              {"urn": "instance"},
              {"urn": "secret", "dependencies": ["instance"]},
              {"urn": "job", "propertyDependencies": {"spec": ["secret"], "metadata": null}},
              {"urn": "component"},
              {"urn": "web", "parent": "component"}
            ]}}
            """);

    @Test
    void whatIsNeededByWhatIsNeededIsWaitedFor() {
        assertThat(SHOP.waitsFor("job", "instance")).isTrue();
        assertThat(SHOP.waitsFor("web", "component")).isTrue();
    }

    @Test
    void whatNobodyNamesIsNotWaitedFor() {
        assertThat(SHOP.waitsFor("web", "instance")).isFalse();
        assertThat(SHOP.waitsFor("instance", "job")).isFalse();
        assertThat(SHOP.waitsFor("instance", "instance")).isFalse();
    }

    @Test
    void whatIsNoStackIsRefused() {
        assertThatThrownBy(() -> Dependencies.ofExport("error: no stack"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("pulumi stack export");
    }
}
