package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackStatesTest {
    private static final String INSTANCE = "{\"type\": \"aws:rds/instance:Instance\", \"custom\": true}";
    private static final String STACK = "{\"type\": \"pulumi:pulumi:Stack\"}";
    private static final String COMPONENT = "{\"type\": \"ephemera:index:Workload\"}";
    private static final String PROVIDER = "{\"type\": \"pulumi:providers:aws\", \"custom\": true}";
    private static final String STASH = "{\"type\": \"pulumi:index:Stash\", \"custom\": true}";

    @TempDir
    Path state;

    @Test
    void aBackendThatNobodyUsedHoldsNothing() throws Exception {
        assertThat(StackStates.withResources(state)).isEmpty();
    }

    @Test
    void countsWhatExistsOutsideTheState() throws Exception {
        write("shop/pr-1.json", state(STACK + "," + COMPONENT + "," + PROVIDER + "," + STASH + "," + INSTANCE, ""));

        assertThat(StackStates.withResources(state)).isEqualTo(new TreeMap<>(Map.of("shop/pr-1", 1)));
    }

    @Test
    void aStackWithNothingOutsideIsNotNamed() throws Exception {
        write("shop/pr-1.json", state(STACK + "," + PROVIDER + "," + STASH, ""));
        write("shop/pr-2.json", "{\"version\": 3, \"checkpoint\": {\"stack\": \"organization/shop/pr-2\"}}");
        write("shop/pr-3.json.bak", state(INSTANCE, ""));

        assertThat(StackStates.withResources(state)).isEmpty();
    }

    @Test
    void whatWasBeingMadeWhenTheEngineWasKilledCounts() throws Exception {
        write("shop/pr-1.json", state(STACK, "{\"type\": \"creating\", \"resource\": " + INSTANCE + "}"));

        assertThat(StackStates.withResources(state)).containsEntry("shop/pr-1", 1);
    }

    @Test
    void readsCompressedStatesToo() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(state(INSTANCE + "," + INSTANCE, "").getBytes(StandardCharsets.UTF_8));
        }
        var file = file("shop/pr-9.json.gz");
        Files.write(file, bytes.toByteArray());

        assertThat(StackStates.describe(StackStates.withResources(state))).isEqualTo("shop/pr-9 (2 resources)");
    }

    @Test
    void aStateThatCannotBeReadIsNamedAndNotTakenForEmpty() throws Exception {
        write("shop/pr-1.json", "{\"version\": 3, \"checkpoint\": {\"la");

        assertThatThrownBy(() -> StackStates.withResources(state))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("shop/pr-1.json is not a state");
    }

    private static String state(String resources, String pending) {
        return "{\"version\": 3, \"checkpoint\": {\"latest\": {\"resources\": [" + resources
                + "], \"pending_operations\": [" + pending + "]}}}";
    }

    private void write(String name, String content) throws Exception {
        Files.writeString(file(name), content);
    }

    private Path file(String name) throws Exception {
        var file = state.resolve(".pulumi/stacks").resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }
}
