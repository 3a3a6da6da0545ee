package dev.ephemera.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.naming.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageOverridesTest {
    private static final Key API = new Key("api");
    private static final Key EVENTS = new Key("events");
    private static final Key MIGRATE = new Key("migrate");

    private static ApplicationSpec shop() {
        return Applications.empty()
                .running(
                        Map.of(API, Applications.workload("shop/api"), EVENTS, Applications.workload("nats:2.12")),
                        Map.of(MIGRATE, Applications.job("shop/api", API)));
    }

    private static String image(ApplicationSpec spec, Key workload) {
        return spec.workloads().get(workload).image().value();
    }

    private static ImageOverrides overrides(Map<Key, String> byName, Optional<String> tag, Map<Key, String> ranLast) {
        return new ImageOverrides(references(byName), tag, containers(ranLast));
    }

    private static Map<ContainerName, ImageReference> containers(Map<Key, String> images) {
        var containers = new LinkedHashMap<ContainerName, ImageReference>();
        references(images).forEach((key, image) -> containers.put(ContainerName.of(key), image));
        return containers;
    }

    /** What the init containers {@code same} (the image of api), {@code events} (that of another) and {@code own} get. */
    private static Map<ContainerName, ImageReference> withInitContainers(ImageOverrides overrides) {
        var api = Applications.workload("shop/api");
        var before = new LinkedHashMap<Key, ContainerSpec>();
        Map.of("same", "shop/api", "other", "shop/events", "own", "shop/assets", "pinned", "shop/pinned:7")
                .forEach((name, image) -> before.put(new Key(name), ContainerSpec.of(new ImageReference(image))));
        var pod = new PodSpec(api.pod().container(), before, Optional.empty(), List.of(), List.of(), Optional.empty());
        return overrides
                .appliedTo(Applications.empty()
                        .running(Map.of(API, api.withPod(pod), EVENTS, Applications.workload("shop/events")), Map.of()))
                .images();
    }

    private static ContainerName init(String name) {
        return ContainerName.of(API, new Key(name));
    }

    @Test
    void anInitContainerFollowsWhoHasItsImageElseTakesTheTag() {
        assertThat(withInitContainers(
                        overrides(Map.of(API, "shop/api:2", EVENTS, "shop/events:3"), Optional.of("c0ffee"), Map.of())))
                .containsEntry(init("same"), new ImageReference("shop/api:2"))
                .containsEntry(init("other"), new ImageReference("shop/events:3"))
                .containsEntry(init("own"), new ImageReference("shop/assets:c0ffee"))
                .containsEntry(init("pinned"), new ImageReference("shop/pinned:7"));
    }

    @Test
    void anInitContainerOfAnUpdateWithoutATagIsWhatRanLast() {
        var first = withInitContainers(overrides(Map.of(), Optional.of("c0ffee"), Map.of()));
        assertThat(first).containsEntry(init("own"), new ImageReference("shop/assets:c0ffee"));
        assertThat(withInitContainers(new ImageOverrides(Map.of(), Optional.empty(), first)))
                .isEqualTo(first);
    }

    private static Map<Key, ImageReference> references(Map<Key, String> images) {
        var references = new LinkedHashMap<Key, ImageReference>();
        images.forEach((key, image) -> references.put(key, new ImageReference(image)));
        return references;
    }

    private static String job(ApplicationSpec spec) {
        return spec.jobs().get(MIGRATE).image().value();
    }

    @Test
    void theTagGoesToEveryImageThatTheFileLeavesOpen() {
        var spec = overrides(Map.of(), Optional.of("c0ffee"), Map.of()).appliedTo(shop());
        assertThat(image(spec, API)).isEqualTo("shop/api:c0ffee");
        assertThat(image(spec, EVENTS)).isEqualTo("nats:2.12");
        assertThat(job(spec)).isEqualTo("shop/api:c0ffee");
    }

    @Test
    void aNamedImageWinsOverTheTagAndTheJobThatSharesItFollows() {
        var spec = overrides(Map.of(API, "shop/api:2"), Optional.of("c0ffee"), Map.of())
                .appliedTo(shop());
        assertThat(image(spec, API)).isEqualTo("shop/api:2");
        assertThat(job(spec)).isEqualTo("shop/api:2");
    }

    @Test
    void aJobNamedItselfFollowsNobody() {
        var spec = overrides(Map.of(API, "shop/api:2", MIGRATE, "shop/api:1"), Optional.empty(), Map.of())
                .appliedTo(shop());
        assertThat(job(spec)).isEqualTo("shop/api:1");
    }

    @Test
    void aNamedImageWinsOverThePinOfTheFile() {
        var spec = overrides(Map.of(EVENTS, "nats:2.99"), Optional.empty(), Map.of())
                .appliedTo(shop());
        assertThat(image(spec, EVENTS)).isEqualTo("nats:2.99");
    }

    @Test
    void theTagWinsOverWhatRanLastForTheJobToo() {
        var spec = overrides(Map.of(), Optional.of("new"), Map.of(API, "shop/api:old", MIGRATE, "shop/api:old"))
                .appliedTo(shop());
        assertThat(image(spec, API)).isEqualTo("shop/api:new");
        assertThat(job(spec)).isEqualTo("shop/api:new");
    }

    @Test
    void theJobFollowsAWorkloadThatIsNamedAndNotWhatTheJobRanLast() {
        var spec = overrides(Map.of(API, "shop/api:2"), Optional.empty(), Map.of(MIGRATE, "shop/api:1"))
                .appliedTo(shop());
        assertThat(job(spec)).isEqualTo("shop/api:2");
    }

    @Test
    void thePinOfTheFileWinsOverWhatRanLast() {
        var spec = overrides(Map.of(), Optional.empty(), Map.of(EVENTS, "nats:2.11"))
                .appliedTo(shop());
        assertThat(image(spec, EVENTS)).isEqualTo("nats:2.12");
    }

    @Test
    void whatRanLastWinsOverAnImageThatTheFileLeavesOpen() {
        var spec = overrides(Map.of(), Optional.empty(), Map.of(API, "shop/api:1", MIGRATE, "shop/api:0"))
                .appliedTo(shop());
        assertThat(image(spec, API)).isEqualTo("shop/api:1");
        assertThat(job(spec)).isEqualTo("shop/api:0");
    }

    @Test
    void aJobThatIsNewInTheFileFollowsWhatItsWorkloadRanLast() {
        var spec =
                overrides(Map.of(), Optional.empty(), Map.of(API, "shop/api:1")).appliedTo(shop());
        assertThat(job(spec)).isEqualTo("shop/api:1");
    }

    @Test
    void aWorkloadThatIsNewInTheFileTakesTheFilesImage() {
        var spec = overrides(Map.of(), Optional.empty(), Map.of(new Key("gone"), "shop/gone:1"))
                .appliedTo(shop());
        assertThat(spec).isEqualTo(shop());
    }

    @Test
    void withoutOverridesTheFileStands() {
        assertThat(overrides(Map.of(), Optional.empty(), Map.of()).appliedTo(shop()))
                .isEqualTo(shop());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nats",
                "nats:2.12",
                "docker.io/library/nats:2.12",
                "localhost:5000/a/b",
                "a/b@sha256:0123456789abcdef0123456789abcdef"
            })
    void anImageMayHave(String value) {
        assertThat(new ImageReference(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Nats", "nats:", "nats:.x", "a//b", "a b", "nats@sha256:xyz", "-a"})
    void anImageMayNotBe(String value) {
        assertThatThrownBy(() -> new ImageReference(value)).hasMessageContaining("\"" + value + "\"");
    }

    @Test
    void aPortOfTheRegistryIsNoTag() {
        assertThat(new ImageReference("localhost:5000/a").isPinned()).isFalse();
        assertThat(new ImageReference("localhost:5000/a:1").isPinned()).isTrue();
    }
}
