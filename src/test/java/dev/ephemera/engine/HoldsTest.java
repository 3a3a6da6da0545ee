package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ephemera.cloud.Objects;
import dev.ephemera.engine.Hold.Kind;
import dev.ephemera.engine.Hold.State;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.process.ProcessIdentity;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldsTest {
    private static final ProjectName SHOP = new ProjectName("shop");
    private static final Owner ME = Owner.ofThisProcess(Map.of());
    private static final long NO_PROCESS = 4_000_000;

    @TempDir
    private Path state;

    private Objects objects;

    @BeforeEach
    void open() {
        objects = Objects.at("file://" + state).orElseThrow();
    }

    private void lease(String stack, Owner owner) {
        objects.create(
                ".ephemera/leases/shop/%s.json".formatted(stack),
                LeaseText.begun(owner, "up", Instant.EPOCH).json());
    }

    private List<Hold> holds(String endedRun) {
        return Holds.of(objects, SHOP, Map.of(), endedRun::equals);
    }

    @Test
    void whereNothingIsHeldThereIsNone() {
        assertThat(holds("")).isEmpty();
    }

    @Test
    void leasesOfTheLivingAreTheirsAndThoseOfTheDeadTheDeads() {
        lease("pr-1", ME);
        lease(
                "pr-2",
                new Owner(
                        Optional.empty(),
                        ME.host(),
                        new ProcessIdentity(NO_PROCESS, ME.process().birth())));
        assertThat(holds(""))
                .extracting(Hold::stack, Hold::state)
                .containsExactly(tuple("pr-1", State.HELD), tuple("pr-2", State.ENDED));
    }

    @Test
    void ofACiRunOnlyTheForgeCanTell() {
        var run = "https://ci.example.com/1";
        lease("pr-1", new Owner(Optional.of(run), "elsewhere ? x", new ProcessIdentity(7, "")));
        assertThat(holds("")).singleElement().extracting(Hold::state).isEqualTo(State.HELD);
        assertThat(holds(run)).singleElement().isEqualTo(new Hold(Kind.LEASE, "pr-1", run, State.ENDED));
    }

    @Test
    void oneThatNobodyCanReadIsNamedByItsKey() {
        objects.create(".ephemera/leases/shop/pr-1.json", "{");
        assertThat(holds(""))
                .containsExactly(new Hold(Kind.LEASE, "pr-1", ".ephemera/leases/shop/pr-1.json", State.UNREADABLE));
    }

    @Test
    void pulumisLocksAreLookedAtAndLeftWhereTheyAre() throws Exception {
        var key = ".pulumi/locks/organization/shop/pr-1/a.json";
        objects.create(
                key,
                "{\"pid\": %d, \"hostname\": \"%s\", \"timestamp\": \"2026-11-24T12:00:00Z\"}"
                        .formatted(NO_PROCESS, InetAddress.getLocalHost().getHostName()));
        assertThat(holds(""))
                .singleElement()
                .satisfies(hold -> assertThat(hold.kind()).isEqualTo(Kind.LOCK))
                .satisfies(hold -> assertThat(hold.state()).isEqualTo(State.ENDED));
        assertThat(objects.get(key)).isPresent();
    }

    @Test
    void whatIsAnotherProjectsIsNotLookedAt() {
        objects.create(".ephemera/leases/shop-two/pr-1.json", "{");
        assertThat(holds("")).isEmpty();
    }

    @Test
    void whatSecretsAreEncryptedByIsReadFromTheStates() {
        objects.create(
                ".pulumi/stacks/shop/pr-1.json",
                "{\"checkpoint\": {\"latest\": {\"secrets_providers\": {\"type\": \"cloud\"}}}}");
        objects.create(".pulumi/stacks/shop/pr-2.json", "{");
        assertThat(SecretsProviders.of(objects, SHOP)).containsExactly("cloud");
    }
}
