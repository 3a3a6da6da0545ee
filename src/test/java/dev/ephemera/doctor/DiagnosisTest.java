package dev.ephemera.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Finding GOOD = Finding.ok("pulumi", "3.1.0, as pinned");
    private static final Finding DOUBTFUL = Finding.warning("state", "no leases", "take s3://");
    private static final Finding BAD = Finding.fault("Gateway", Exit.FAILED, "there is none", "make it");
    private static final Finding REFUSED = Finding.failed("AWS", new Failure(Exit.CREDENTIALS, "want others"));

    @Test
    void eachCheckHasALineAndUnderItWhatToDo() {
        assertThat(new Diagnosis(List.of(GOOD, DOUBTFUL, BAD)).text()).isEqualTo("""
                ok       pulumi             3.1.0, as pinned
                warning  state              no leases
                                            -> take s3://
                fault    Gateway            there is none
                                            -> make it
                1 faults, 1 warnings; nothing was changed.""");
    }

    @Test
    void whatHasSeveralLinesStaysTogether() {
        var text = new Diagnosis(List.of(Finding.ok("stacks/", "two faults:\n  one\n  other"))).text();
        assertThat(text.lines().toList())
                .startsWith(
                        "ok       stacks/            two faults:",
                        " ".repeat(28) + "  one",
                        " ".repeat(28) + "  other");
    }

    @Test
    void nothingThatATerminalWouldObeyIsPrinted() {
        assertThat(new Diagnosis(List.of(Finding.ok("state", "a\u001b[31mb"))).text())
                .contains("a?[31mb");
    }

    @Test
    void theExitCodeIsThatOfTheFirstFault() {
        assertThat(new Diagnosis(List.of(GOOD, DOUBTFUL)).exit()).isEqualTo(Exit.DONE);
        assertThat(new Diagnosis(List.of(DOUBTFUL, REFUSED, BAD)).exit()).isEqualTo(Exit.CREDENTIALS);
        assertThat(new Diagnosis(List.of(BAD, REFUSED)).exit()).isEqualTo(Exit.FAILED);
    }

    @Test
    void aProgramReadsTheSame() throws Exception {
        var json = new ObjectMapper().readTree(new Diagnosis(List.of(GOOD, BAD)).json());
        assertThat(json.path("exit").asInt()).isEqualTo(1);
        assertThat(json.at("/checks/0/level").asText()).isEqualTo("ok");
        assertThat(json.at("/checks/1/check").asText()).isEqualTo("Gateway");
        assertThat(json.at("/checks/1/level").asText()).isEqualTo("fault");
        assertThat(json.at("/checks/1/found").asText()).isEqualTo("there is none");
        assertThat(json.at("/checks/1/remedy").asText()).isEqualTo("make it");
        assertThat(json.at("/checks/1/exit").asInt()).isEqualTo(1);
    }

    @Test
    void aCheckThatFailsIsAFaultAndTheNextIsMadeAllTheSame() {
        var findings = new Findings();
        assertThat(findings.ask("AWS", () -> {
                    throw new Failure(Exit.UNDECIDED, "no route");
                }))
                .isEmpty();
        assertThat(findings.ask("cluster", () -> "there")).contains("there");
        assertThat(findings.diagnosis().findings())
                .containsExactly(Finding.fault("AWS", Exit.UNDECIDED, "no route", ""));
    }
}
