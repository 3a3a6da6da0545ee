package dev.ephemera.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ephemera.cost.CostReading;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.forge.Forge;
import dev.ephemera.forge.Progress;
import dev.ephemera.model.PullRequest;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import dev.ephemera.report.CostPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the forge shows while an environment comes and goes. */
class PullRequestGuardTest {
    private static final String HEAD = "a".repeat(40);
    private static final Optional<String> ADDRESS = Optional.of("https://pr-7.preview.example.com");

    private final Forge forge = mock(Forge.class);
    private final List<String> told = new ArrayList<>();
    private final PullRequestGuard guard = new PullRequestGuard(
            forge,
            new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7")),
            7,
            Optional.of(HEAD),
            told::add);

    private static Optional<PullRequest> pullRequest(boolean open) {
        return Optional.of(new PullRequest(7, open, HEAD, "feat/a", "ann", Set.of(), false));
    }

    private static Up.Deployed deployed() {
        return new Up.Deployed(
                ADDRESS,
                Optional.empty(),
                new CostPart(Optional.empty(), CostReading.of(MissingNode.getInstance()), Optional.empty()));
    }

    @BeforeEach
    void open() {
        when(forge.find(7)).thenReturn(pullRequest(true));
    }

    @Test
    void anUpdateIsShownWhenItBeginsAndWithItsAddressWhenItIsUp() {
        guard.up(facts -> deployed(), () -> {});
        var order = inOrder(forge);
        order.verify(forge).show(7, HEAD, Progress.BEGUN, Optional.empty());
        order.verify(forge).show(7, HEAD, Progress.UP, ADDRESS);
        order.verify(forge).say(anyLong(), anyString(), anyString());
        assertThat(told).isEmpty();
    }

    @Test
    void oneThatFailsIsShownAsFailed() {
        assertThatThrownBy(() -> guard.up(
                        facts -> {
                            throw new Failure(Exit.FAILED, "no");
                        },
                        () -> {}))
                .hasMessage("no");
        verify(forge).show(7, HEAD, Progress.FAILED, Optional.empty());
        verify(forge, never()).show(anyLong(), anyString(), eq(Progress.UP), any());
    }

    @Test
    void oneThatIsClosedMeanwhileIsShownAsGone() {
        when(forge.find(7)).thenReturn(pullRequest(true)).thenReturn(pullRequest(false));
        guard.up(facts -> deployed(), () -> {});
        verify(forge).show(7, "", Progress.GONE, Optional.empty());
    }

    @Test
    void whatIsDestroyedIsShownAsGone() {
        when(forge.find(7)).thenReturn(pullRequest(false));
        guard.destroy(() -> {});
        verify(forge).show(7, "", Progress.GONE, Optional.empty());
    }

    @Test
    void whatIsRefusedIsNotShownAtAll() {
        when(forge.find(7)).thenReturn(pullRequest(false));
        assertThatThrownBy(() -> guard.up(facts -> deployed(), () -> {})).isInstanceOf(Failure.class);
        verify(forge, never()).show(anyLong(), anyString(), any(), any());
    }

    @Test
    void aForgeThatCannotShowItIsAWarningAndNoMore() {
        doThrow(new Failure(Exit.UNDECIDED, "status 403")).when(forge).show(anyLong(), anyString(), any(), any());
        var updates = new ArrayList<String>();
        guard.up(
                facts -> {
                    updates.add("up");
                    return deployed();
                },
                () -> {});
        assertThat(updates).containsExactly("up");
        assertThat(told)
                .hasSize(2)
                .allMatch(line -> line.equals("warning: the forge does not show the environment: status 403"));
    }
}
