package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.cloud.Objects;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateAttributesTest {
    @TempDir
    private Path state;

    private final List<String> told = new ArrayList<>();

    private Path file(String name, String text) throws Exception {
        var folder = Files.createDirectories(state.resolve(".pulumi/stacks/shop"));
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void onlyThoseOfTheStackThatAreNotWholeAreTakenAway() throws Exception {
        var empty = file("pr-7.json.attrs", "");
        var half = file("pr-7.json.bak.attrs", "{\"user.cache_control\":");
        var stays = List.of(
                file("pr-7.json", "{\"version\":"),
                file("pr-7.json.bak", ""),
                file("pr-7.json.gz.attrs", "{\"md5\": \"x\"}"),
                file("pr-70.json.attrs", ""));

        new StateAttributes(Objects.at("file://" + state).orElseThrow(), LeaseTest.NAMES).mend(told::add);

        assertThat(empty).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(stays).allSatisfy(file -> assertThat(file).exists());
        assertThat(told).hasSize(2);
    }
}
