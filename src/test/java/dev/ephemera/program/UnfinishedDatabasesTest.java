package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class UnfinishedDatabasesTest {
    private static final Key ORDERS = new Key("orders");
    private static final EnvironmentNames NAMES = new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7"));

    private static UnfinishedDatabases inAws(Function<String, Optional<String>> resourceId) {
        return new UnfinishedDatabases(NAMES, Set.of(ORDERS), resourceId);
    }

    private static Map<String, OwnOutputs.Instance> finished(Optional<String> resourceId) {
        return Map.of("orders", new OwnOutputs.Instance(resourceId));
    }

    @Test
    void aDatabaseThatIsNotThereIsNotUnfinished() {
        assertThat(inAws(name -> Optional.empty()).besides(Map.of())).isEmpty();
        assertThat(inAws(name -> Optional.empty()).besides(finished(Optional.of("db-A"))))
                .isEmpty();
    }

    @Test
    void anInstanceThatNoUpdateHasToldOfIsUnfinished() {
        assertThat(inAws(name -> Optional.of("db-A")).besides(Map.of())).containsExactly(ORDERS);
    }

    @Test
    void anInstanceInPlaceOfTheOneThatWasToldOfIsUnfinished() {
        assertThat(inAws(name -> Optional.of("db-B")).besides(finished(Optional.of("db-A"))))
                .containsExactly(ORDERS);
    }

    @Test
    void theInstanceThatWasToldOfIsFinished() {
        assertThat(inAws(name -> Optional.of("db-A")).besides(finished(Optional.of("db-A"))))
                .isEmpty();
    }

    @Test
    void aDatabaseOfAnOlderProgramIsFinished() {
        assertThat(inAws(name -> Optional.of("db-A")).besides(finished(Optional.empty())))
                .isEmpty();
    }

    @Test
    void isLookedForUnderTheNameThatItHasInAws() {
        assertThat(inAws(name -> Optional.of("db-A").filter(id -> name.equals(NAMES.physical(ORDERS))))
                        .besides(Map.of()))
                .containsExactly(ORDERS);
    }

    @Test
    void whereAwsDoesNotAnswerThatIsToldAsItIs() {
        var databases = inAws(name -> {
            throw new Failure(Exit.UNDECIDED, "no route");
        });
        assertThatThrownBy(() -> databases.besides(Map.of()))
                .isInstanceOf(Failure.class)
                .hasMessage("no route");
    }
}
