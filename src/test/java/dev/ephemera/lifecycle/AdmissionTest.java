package dev.ephemera.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.lifecycle.Admission.Admitted;
import dev.ephemera.lifecycle.Admission.Ended;
import dev.ephemera.lifecycle.Admission.Refused;
import dev.ephemera.model.PullRequest;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final String HEAD = "a".repeat(40);
    private static final String EARLIER = "b".repeat(40);

    private static Admission of(boolean open, boolean fork, Set<String> labels, Optional<String> commit) {
        return Admission.of(7, Optional.of(new PullRequest(7, open, HEAD, "feat/cart", "ann", labels, fork)), commit);
    }

    @Test
    void anOpenOneOfTheRepositoryIsAdmitted() {
        assertThat(of(true, false, Set.of(), Optional.empty())).isInstanceOf(Admitted.class);
        assertThat(of(true, false, Set.of(), Optional.of(HEAD))).isInstanceOf(Admitted.class);
    }

    @Test
    void aClosedOneIsNeverBroughtUpWhateverElseIsTrue() {
        assertThat(of(false, false, Set.of("preview:" + HEAD), Optional.of(HEAD)))
                .isEqualTo(new Ended("pull request 7 is closed"));
    }

    @Test
    void oneThatDoesNotExistHasNoEnvironment() {
        assertThat(Admission.of(7, Optional.empty(), Optional.empty()))
                .isEqualTo(new Ended("there is no pull request 7"));
    }

    @Test
    void aCommitThatIsTheHeadNoLongerIsRefused() {
        assertThat(of(true, false, Set.of(), Optional.of(EARLIER)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("shows commit " + HEAD + " by now, got " + EARLIER));
    }

    @Test
    void aForkNeedsAMaintainersLabelForThisVeryCommit() {
        assertThat(of(true, true, Set.of(), Optional.empty())).isInstanceOf(Refused.class);
        assertThat(of(true, true, Set.of("preview", "preview:", "preview:" + EARLIER), Optional.empty()))
                .as("a push takes the permission away")
                .isInstanceOf(Refused.class);
        assertThat(of(true, true, Set.of("preview:" + HEAD.substring(0, 12)), Optional.empty()))
                .as("a prefix can be met by another commit")
                .isInstanceOf(Refused.class);
        assertThat(of(true, true, Set.of("preview:" + HEAD), Optional.empty())).isInstanceOf(Admitted.class);
    }
}
