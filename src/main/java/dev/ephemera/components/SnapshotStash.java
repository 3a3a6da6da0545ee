package dev.ephemera.components;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import dev.ephemera.model.Snapshot;
import dev.ephemera.model.SnapshotOffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that a database was restored from: Pulumi's stash, which takes what it is offered when it is created or
 * replaced, and keeps it.
 *
 * <p>Whether it is created, replaced or kept only the engine knows, and it says so to no program. So where nothing will do,
 * the stash is declared with a property that no stash has and whose value is the reason. Creating or replacing it then fails
 * with that reason, before anything that depends on it is touched; one that is kept ignores the property.
 */
final class SnapshotStash extends CustomResource {
    private static final String REFUSAL = "refusal";

    @Export(
            name = "output",
            refs = {Map.class, String.class, Object.class},
            tree = "[0,1,2]")
    private @Nullable Output<Map<String, Object>> kept;

    private static final class Args extends ResourceArgs {
        @Import(name = "input")
        @SuppressWarnings("unused") // Pulumi reads these by reflection
        private final Output<Map<String, Object>> input;

        @Import(name = REFUSAL)
        @SuppressWarnings("unused")
        private final Output<String> refusal;

        Args(CompletableFuture<SnapshotOffer> offer) {
            this.input = Output.of(offer.thenApply(Args::input));
            this.refusal = Output.of(offer.thenApply(Args::refusal));
        }

        private static @Nullable Map<String, Object> input(SnapshotOffer offer) {
            return offer instanceof SnapshotOffer.Restorable restorable ? map(restorable.snapshot()) : null;
        }

        private static @Nullable String refusal(SnapshotOffer offer) {
            return offer instanceof SnapshotOffer.Nothing nothing ? nothing.because() : null;
        }

        private static Map<String, Object> map(Snapshot snapshot) {
            Map<String, Object> map = new TreeMap<>();
            map.put("id", snapshot.id());
            map.put("engine", snapshot.engine());
            map.put("engineVersion", snapshot.engineVersion());
            map.put("encrypted", snapshot.encrypted());
            map.put("allocatedStorage", snapshot.allocatedStorage());
            map.put("taken", snapshot.taken().toString());
            return map;
        }
    }

    SnapshotStash(String name, CompletableFuture<SnapshotOffer> offer, CustomResourceOptions options) {
        super(
                "pulumi:index:Stash",
                name,
                new Args(offer),
                CustomResourceOptions.merge(
                        options,
                        CustomResourceOptions.builder()
                                .ignoreChanges("input", REFUSAL)
                                .build()));
    }

    /** {@code id}, {@code engine} and so on, as text. */
    Output<String> part(String name) {
        return kept().applyValue(chosen -> String.valueOf(chosen.get(name)));
    }

    /** Whether the snapshot's storage, and so that of what is restored from it, is encrypted. */
    Output<Boolean> encrypted() {
        return kept().applyValue(chosen -> Boolean.TRUE.equals(chosen.get("encrypted")));
    }

    private Output<Map<String, Object>> kept() {
        return requireNonNull(kept, "the SDK fills it in");
    }
}
