package dev.ephemera.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.EnvironmentSpec;
import dev.ephemera.model.HostRecord;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** For the sample application, which is exposed at two hosts. */
class HostGuardTest {
    private static final String WEB = "pr-7.preview.example.com";
    private static final String API = "pr-7--api.preview.example.com";
    private static final HostRecord OWN_MARK = mark("ephemera:project=shop ephemera:stack=pr-7");

    private final HostGuard guard = new HostGuard(new EnvironmentSpec(
            new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7")),
            ApplicationReader.read(Path.of("stacks")),
            Optional.empty(),
            Optional.empty()));

    private static HostRecord mark(String... values) {
        return new HostRecord("_ephemera." + WEB, "TXT", List.of(values));
    }

    private static HostRecord record(String type) {
        return new HostRecord(WEB, type, List.of("198.51.100.7"));
    }

    @Test
    void aStackThatHasNotBeenUpHasAllItsHostsLookedUp() {
        assertThat(guard.newHosts(Set.of())).containsExactly(WEB, API);
    }

    @Test
    void onlyHostsThatTheLastUpdateDidNotHaveAreLookedUp() {
        assertThat(guard.newHosts(Set.of(WEB))).containsExactly(API);
        assertThat(guard.newHosts(Set.of(WEB, API))).isEmpty();
    }

    @Test
    void aNameThatNobodyHasIsAdmitted() {
        assertThat(guard.refusal(WEB, List.of(), List.of())).isEmpty();
    }

    @Test
    void whatAFailedUpdateHasLeftUnderTheStacksOwnMarkIsAdmitted() {
        assertThat(guard.refusal(WEB, List.of(record("A")), List.of(OWN_MARK))).isEmpty();
    }

    @Test
    void aRecordOfAnyTypeWithoutAMarkIsRefused() {
        for (var type : List.of("A", "AAAA", "CNAME", "TXT")) {
            assertThat(guard.refusal(WEB, List.of(record(type)), List.of()))
                    .hasValueSatisfying(refusal -> assertThat(refusal)
                            .contains(WEB, " " + type + " record", "_ephemera." + WEB, "want", "nothing was changed")
                            .contains("run again")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void anothersMarkIsRefusedAndQuotedEvenWhereItsRecordIsNotThereYet() {
        for (var other : List.of(
                "ephemera:project=shop ephemera:stack=pr-77",
                "ephemera:project=shop2 ephemera:stack=pr-7",
                "something else")) {
            assertThat(guard.refusal(WEB, List.of(), List.of(mark(other))))
                    .hasValueSatisfying(refusal -> assertThat(refusal)
                            .contains(WEB, "belongs to " + other, "want", "nothing was changed", "run again")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void aMarkThatNamesAnotherBesideTheStackIsRefused() {
        assertThat(guard.refusal(
                        WEB,
                        List.of(),
                        List.of(mark("ephemera:project=shop ephemera:stack=pr-7", "ephemera:project=b"))))
                .isPresent();
    }

    @Test
    void everyHostThatIsTakenIsTold() {
        var there = Map.of(WEB, List.of(record("A")), "_ephemera." + API, List.of(mark("bakery's")));
        assertThatThrownBy(() -> guard.admit(List.of(WEB, API), name -> there.getOrDefault(name, List.of())))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.REFUSED))
                .hasMessageContaining("host " + WEB)
                .hasMessageContaining("host " + API);
    }

    @Test
    void nothingIsThrownWhereNobodyHasThem() {
        guard.admit(List.of(WEB, API), name -> List.of());
    }
}
