package dev.ephemera.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.naming.StackName;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class EphemeraTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Ephemera.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void printsTheStackOfABranch() {
        assertThat(run("name", "--branch", "feat/a")).isZero();
        assertThat(out.toString().trim()).isEqualTo(StackName.ofBranch("feat/a").value());
    }

    @Test
    void takesABranchThatLooksLikeAnOption() {
        assertThat(run("name", "--branch", "--help")).isZero();
        assertThat(run("name", "--branch=--help")).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .containsOnly(StackName.ofBranch("--help").value());
    }

    @Test
    void printsTheStackOfAPullRequest() {
        assertThat(run("name", "--pull-request", "12")).isZero();
        assertThat(out.toString().trim()).isEqualTo("pr-12");
    }

    @Test
    void refusesWhatIsNoNameWithOneSentenceAndCode2() {
        assertThat(run("name", "--branch", "")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("branch's name is empty");
    }

    @Test
    void refusesABranchOfWhichTheLocaleHasLostCharactersAndSaysWhichWouldDo() {
        assertThat(run("name", "--branch", "feat/\uFFFD\uFFFD")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("LC_ALL=C.UTF-8");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesPullRequestZero() {
        assertThat(run("name", "--pull-request", "0")).isEqualTo(2);
    }

    @Test
    void refusesACommandLineWithoutAVerbOrWithBothOrNeither() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("name")).isEqualTo(2);
        assertThat(run("name", "--branch", "a", "--pull-request", "1")).isEqualTo(2);
    }

    @Test
    void aStackThatIsNoPreviewsIsRefusedByEveryVerb() {
        for (var verb : new String[] {"up", "reseed", "destroy", "name"}) {
            for (var stack : new String[] {"production", "pr-0", "pr-007", "../../x", "-rf"}) {
                assertThat(run(verb, "--stack=" + stack)).as(verb + " " + stack).isEqualTo(4);
            }
        }
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("stack \"production\": want pr-<number>")
                .doesNotContain("Exception");
    }

    @Test
    void twoStacksOrNoneAreAMisuse() {
        assertThat(run("destroy")).isEqualTo(2);
        assertThat(run("destroy", "--stack", "pr-1", "--pull-request", "1")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsOnly("want one of --branch NAME, --pull-request NUMBER and --stack NAME");
    }

    @Test
    void reapWantsAForge() {
        assertThat(run("reap", "--yes")).isEqualTo(2);
        assertThat(err.toString()).contains("want --forge");
    }

    @Test
    void aForgeThatIsNoneIsRefusedBeforeAnythingIsDone() {
        assertThat(run("up", "--pull-request", "1", "--forge", "bitbucket")).isEqualTo(2);
        assertThat(err.toString()).contains("--forge: got \"bitbucket\", want github, gitlab or file:PATH");
    }

    @Test
    void aTimeoutSaysItsUnit() {
        assertThat(run("destroy", "--stack", "pr-1", "--timeout", "20")).isEqualTo(2);
        assertThat(err.toString()).contains("want seconds, minutes, hours or days such as 30s");
    }
}
