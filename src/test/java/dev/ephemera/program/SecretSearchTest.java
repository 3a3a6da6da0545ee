package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.ObjectName;
import dev.ephemera.model.SecretSource;
import dev.ephemera.model.SourceSecret;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretSearchTest {
    private static final Key REGISTRY = new Key("registry");
    private static final Key STRIPE = new Key("stripe");
    private static final SecretSource SHARED = new SecretSource(new ObjectName("shared"), new ObjectName("registry"));
    private static final SecretSource ADMIN = new SecretSource(new ObjectName("kube-system"), new ObjectName("admin"));

    private static SecretSearch search(Map<Key, SecretSource> sources) {
        return new SecretSearch(new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7")), sources);
    }

    private static SourceSecret copiedBy(String project) {
        return new SourceSecret(Map.of("ephemera.dev/copied-by", project), "Opaque", Map.of("token", "dG9rZW4="));
    }

    @Test
    void aSecretIsTakenWhereItsOwnerAllowsIt() {
        assertThat(search(Map.of(REGISTRY, SHARED)).find(source -> Optional.of(copiedBy("shop"))))
                .containsOnlyKeys(REGISTRY);
    }

    @Test
    void allSecretsThatAreMissingOrNotAllowedAreNamedAtOnce() {
        assertThatThrownBy(() -> search(Map.of(REGISTRY, SHARED, STRIPE, ADMIN))
                        .find(source -> source.equals(ADMIN) ? Optional.of(copiedBy("shop-eu")) : Optional.empty()))
                .hasMessageContaining(
                        "Secret kube-system/admin may not be copied into previews: want its label ephemera.dev/copied-by=shop")
                .hasMessageContaining("Secret shared/registry is not there")
                .hasMessageEndingWith("Nothing was changed.")
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.REFUSED);
    }

    @Test
    void aSecretWithoutALabelIsNotTaken() {
        assertThatThrownBy(() -> search(Map.of(STRIPE, ADMIN))
                        .find(source -> Optional.of(new SourceSecret(Map.of(), "Opaque", Map.of()))))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aSecretsValuesDoNotReachALog() {
        assertThat(copiedBy("shop")).asString().contains("token").doesNotContain("dG9rZW4=");
    }
}
