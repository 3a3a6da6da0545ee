package dev.ephemera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.doctor.Finding.Level;
import dev.ephemera.engine.Hold;
import dev.ephemera.failure.Exit;
import dev.ephemera.model.StackTags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackChecksTest {
    private static Finding only(Hold.Kind kind, Hold.State state) {
        var findings = StackChecks.holds(List.of(new Hold(kind, "pr-7", "process 9 of ci-1", state)));
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void nobodyAtWorkIsSaidToo() {
        assertThat(StackChecks.holds(List.of()))
                .containsExactly(Finding.ok("leases, locks", "nobody works on a stack"));
    }

    @Test
    void whoeverWorksIsNoFault() {
        assertThat(only(Hold.Kind.LEASE, Hold.State.HELD))
                .isEqualTo(Finding.ok("leases, locks", "process 9 of ci-1 works on pr-7 (lease)"));
    }

    @Test
    void whatTheDeadHaveLeftIsDoubtful() {
        var finding = only(Hold.Kind.LOCK, Hold.State.ENDED);
        assertThat(finding.level()).isEqualTo(Level.WARNING);
        assertThat(finding.found())
                .isEqualTo("the lock of Pulumi's of pr-7 is that of process 9 of ci-1, which has ended");
    }

    @Test
    void aLeaseThatNobodyCanReadKeepsEverybodyOut() {
        assertThat(only(Hold.Kind.LEASE, Hold.State.UNREADABLE).exit()).isEqualTo(Exit.LOCKED);
    }

    @Test
    void environmentsThatDoNotSayWhenTheyWereUsedAreNamed() {
        var used = StackTags.NONE.with(StackTags.LAST_ACTIVITY, "2026-11-24T12:00:00Z");
        assertThat(StackChecks.tags(Map.of("pr-1", used)).level()).isEqualTo(Level.OK);
        var finding = StackChecks.tags(Map.of("pr-1", used, "pr-3", StackTags.NONE, "pr-2", StackTags.NONE));
        assertThat(finding.level()).isEqualTo(Level.WARNING);
        assertThat(finding.found()).startsWith("pr-2, pr-3: ");
    }
}
