package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import dev.ephemera.process.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
    static final EnvironmentNames NAMES = new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7"));
    private static final String FILE = ".ephemera/leases/shop/pr-7.json";
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Owner ME = Owner.ofThisProcess(Map.of());

    @TempDir
    private Path state;

    private Objects objects;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void open() {
        objects = Objects.at("file://" + state).orElseThrow();
    }

    private Lease acquire(Duration longest) {
        return Lease.acquire(objects, NAMES, ME, "up", run -> false, longest, told::add);
    }

    private void heldBy(Owner owner) {
        objects.create(FILE, LeaseText.begun(owner, "destroy", Instant.EPOCH).json());
    }

    private static Owner process(String host, long pid, String birth) {
        return new Owner(Optional.empty(), host, new ProcessIdentity(pid, birth));
    }

    @Test
    void whoComesSecondWaitsAndIsToldForWhom() {
        try (var first = acquire(AT_ONCE)) {
            assertThatThrownBy(() -> acquire(Duration.ofMillis(600)))
                    .hasMessageContaining("works on pr-7 (up since ")
                    .extracting(failure -> ((Failure) failure).exit())
                    .isEqualTo(Exit.LOCKED);
            assertThat(told).hasSize(1).first().asString().startsWith("waiting for process ");
            first.stillHeld();
        }
        acquire(AT_ONCE).close();
        assertThat(state.resolve(FILE)).doesNotExist();
    }

    @Test
    void aLeaseWhoseProcessHasEndedIsTakenOver() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        var identity = ProcessIdentity.of(process.pid()).orElseThrow();
        heldBy(new Owner(Optional.empty(), ME.host(), identity));
        assertThatThrownBy(() -> acquire(AT_ONCE)).isInstanceOf(Failure.class);

        process.destroyForcibly().waitFor();

        acquire(AT_ONCE).close();
        assertThat(told)
                .contains("taking the lease over from process %d of %s, which has ended"
                        .formatted(identity.pid(), ME.host().replaceFirst(" .*", "")));
    }

    @Test
    void anIdThatAnotherProcessHasByNowIsNotTheOwner() {
        heldBy(process(ME.host(), ME.process().pid(), ME.process().birth() + "0"));
        acquire(AT_ONCE).close();
    }

    @Test
    void anotherMachineOfTheSameNameIsToldApartByItsIdAndByWhenItWasStarted() {
        var nameless = new Owner(Optional.empty(), "ci ? pid:[1]", ME.process());
        heldBy(process(nameless.host(), 1, "another boot:17"));
        assertThatThrownBy(() -> Lease.acquire(objects, NAMES, nameless, "up", run -> false, AT_ONCE, told::add))
                .isInstanceOf(Failure.class);
    }

    @Test
    void aLeaseFromBeforeThisMachineWasStartedAnewIsTakenOver() {
        var known = new Owner(Optional.empty(), "ci 4711 pid:[1]", ME.process());
        heldBy(process(known.host(), 1, "another boot:17"));
        Lease.acquire(objects, NAMES, known, "up", run -> false, AT_ONCE, told::add)
                .close();
    }

    @Test
    void aLeaseOfAnotherMachineIsNeverTakenHoweverOldItIs() {
        heldBy(process("elsewhere", 1, "boot:1"));
        assertThatThrownBy(() -> acquire(AT_ONCE))
                .hasMessageContaining("process 1 of elsewhere works on pr-7 (destroy since 1970-01-01T00:00:00Z")
                .hasMessageContaining("delete the lease " + FILE);
        assertThat(state.resolve(FILE)).exists();
    }

    @Test
    void aLeaseThatIsAnothersByNowIsNotGivenBackAndToldOf() throws Exception {
        var lease = acquire(AT_ONCE);
        var others = LeaseText.begun(process("elsewhere", 1, "boot:1"), "up", Instant.EPOCH)
                .json();
        Files.writeString(state.resolve(FILE), others);

        assertThatThrownBy(lease::stillHeld).hasMessageContaining("was taken away");
        lease.close();

        assertThat(state.resolve(FILE)).hasContent(others);
    }

    @Test
    void aLeaseThatCannotBeReadIsNobodysToTake() throws Exception {
        Files.createDirectories(state.resolve(FILE).getParent());
        Files.writeString(state.resolve(FILE), "{\"host\":");
        assertThatThrownBy(() -> acquire(AT_ONCE))
                .hasMessageContaining("delete it, and run again")
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.LOCKED);
    }

    /** Each reads a number, waits, and writes the next one: two at once would write the same. */
    @Test
    void twoProcessesAreNeverInsideTogether() throws Exception {
        var counter = Files.writeString(state.resolve("counter"), "0");
        var processes = new ArrayList<Process>();
        for (int i = 0; i < 4; i++) {
            processes.add(LeaseProcess.start("file://" + state, counter));
        }
        for (var process : processes) {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(counter).hasContent(String.valueOf(4 * LeaseProcess.TIMES));
    }

    @Test
    void aProcessThatIsKilledInsideLeavesNothingThatHoldsTheNextOneUp() throws Exception {
        var process = LeaseProcess.startAndStay("file://" + state);
        process.destroyForcibly().waitFor();
        assertThat(state.resolve(FILE)).exists();
        acquire(AT_ONCE).close();
    }

    @Test
    void aLeaseOfARunThatHasEndedIsTakenOverWithWhatItsMachineLeft() {
        var run = "https://github.com/acme/shop/actions/runs/7/attempts/1";
        heldBy(new Owner(Optional.of(run), "fv-az1 machine pid:[1]", new ProcessIdentity(1, "boot:1")));
        assertThatThrownBy(() -> acquire(AT_ONCE)).hasMessageContaining(run + " works on pr-7");
        try (var lease = Lease.acquire(objects, NAMES, ME, "up", run::equals, AT_ONCE, told::add)) {
            assertThat(lease.heirTo()).containsExactly("fv-az1");
            lease.stillHeld();
        }
        assertThat(told).contains("taking the lease over from %s, which has ended".formatted(run));
    }

    @Test
    void whoseAnswerWasLostKnowsHisOwnLeaseAgain() {
        var lossy = new LossyObjects(objects);
        try (var lease = Lease.acquire(lossy, NAMES, ME, "up", run -> false, Duration.ofSeconds(2), told::add)) {
            lease.stillHeld();
        }
        assertThat(told).isEmpty();
        assertThat(state.resolve(FILE)).doesNotExist();
    }

    /** A bucket that does what it is told, and says that somebody else was faster. */
    private record LossyObjects(Objects whole) implements Objects {
        @Override
        public Optional<Held> get(String key) {
            return whole.get(key);
        }

        @Override
        public boolean create(String key, String text) {
            whole.create(key, text);
            return false;
        }

        @Override
        public boolean replace(String key, String text, String version) {
            whole.replace(key, text, version);
            return false;
        }

        @Override
        public boolean delete(String key, String version) {
            whole.delete(key, version);
            return false;
        }

        @Override
        public List<String> list(String prefix) {
            return whole.list(prefix);
        }

        @Override
        public void close() {
            whole.close();
        }
    }
}
