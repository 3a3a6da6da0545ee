package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.cloud.Objects;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.StackTags;
import dev.ephemera.naming.ProjectName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTagStoreTest {
    @TempDir
    private Path state;

    private StackTagStore store;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        store = new StackTagStore.Beside(Objects.at("file://" + state).orElseThrow(), new ProjectName("shop"));
        file = state.resolve(".pulumi/stacks/shop/pr-7.pulumi-tags");
        Files.createDirectories(file.getParent());
    }

    @Test
    void whatPulumiHasWrittenIsReadAndStays() throws Exception {
        Files.writeString(file, "{\"version\":1,\"tags\":{\"pulumi:project\":\"shop\"},\"later\":true}");

        store.change("pr-7", tags -> tags.with(StackTags.AUTHOR, "ann"));

        assertThat(file)
                .hasContent(
                        "{\"version\":1,\"tags\":{\"ephemera:author\":\"ann\",\"pulumi:project\":\"shop\"},\"later\":true}");
    }

    @Test
    void aStackWithoutTagsHasNoneAndGetsItsFirst() throws Exception {
        assertThat(store.read("pr-7")).isEqualTo(StackTags.NONE);
        store.change("pr-7", tags -> tags.with(StackTags.AUTHOR, "ann"));
        assertThat(file).hasContent("{\"version\":1,\"tags\":{\"ephemera:author\":\"ann\"}}");
        assertThat(store.read(List.of("pr-7", "pr-8")))
                .containsEntry("pr-8", StackTags.NONE)
                .hasEntrySatisfying(
                        "pr-7", tags -> assertThat(tags.text(StackTags.AUTHOR)).contains("ann"));
    }

    @Test
    void ofManyWhoChangeThemAtOnceNoneIsLost() {
        IntStream.range(0, 8)
                .parallel()
                .forEach(each -> store.change("pr-7", tags -> tags.with("ephemera:t" + each, "x")));
        assertThat(store.read("pr-7").values()).hasSize(8);
    }

    @Test
    void whatIsNoTagsFileIsNotTouched() throws Exception {
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> store.change("pr-7", tags -> tags.with(StackTags.AUTHOR, "ann")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("pr-7.pulumi-tags beside the state has no tags");
        assertThat(file).hasContent("[]");
    }
}
