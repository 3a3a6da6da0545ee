package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.cloud.Objects;
import dev.ephemera.naming.ProjectName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacksTest {
    @Test
    void whatLiesBesideAStateIsNoStackAndABrokenOneHidesNoOther(@TempDir Path state) throws Exception {
        for (var name : new String[] {
            "shop/pr-1.json",
            "shop/pr-1.json.attrs",
            "shop/pr-1.json.bak",
            "shop/pr-1.json.bak.attrs",
            "shop/pr-1.pulumi-tags",
            "shop/pr-2.json.gz",
            "shop/pr-3.json.zst",
            "shop/production.json",
            "shop-eu/pr-9.json"
        }) {
            var file = state.resolve(".pulumi/stacks").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        var objects = Objects.at("file://" + state).orElseThrow();
        assertThat(Stacks.names(objects, new ProjectName("shop")))
                .containsExactly("pr-1", "pr-2", "pr-3", "production");
        assertThat(Stacks.names(objects, new ProjectName("nobody"))).isEmpty();
    }
}
