package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import dev.ephemera.model.ApplicationSpec;
import dev.ephemera.model.Default;
import dev.ephemera.model.Range;
import dev.ephemera.model.Refers;
import dev.ephemera.model.Unwrapped;
import dev.ephemera.naming.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with blocks of an extension. */
class ExtendedApplicationTest {
    private static final String REST = """
            workloads: {web: {image: a}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    record Extended(@Unwrapped ApplicationSpec application, Map<Key, Topic> topics, Map<Key, Reader> readers) {}

    record Topic(@Default("4") @Range(least = 1, most = 10) int partitions, Optional<String> note) {
        Topic {
            if (partitions % 2 != 0) {
                throw new IllegalArgumentException("got %d partitions, want an even number".formatted(partitions));
            }
        }
    }

    record Reader(@Refers("topics") Key topic) {}

    @TempDir
    private Path stacks;

    private Extended read(String yaml) throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), yaml + REST);
        return ApplicationReader.read(stacks, Extended.class);
    }

    private void refuses(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(Failure.class).hasMessageContaining(message);
    }

    @Test
    void isReadByItsRecordsBesideTheRest() throws IOException {
        var extended = read("topics: {mails: {}}\nreaders: {mailer: {topic: mails}}\n");
        assertThat(extended.topics()).isEqualTo(Map.of(new Key("mails"), new Topic(4, Optional.empty())));
        assertThat(extended.readers()).isEqualTo(Map.of(new Key("mailer"), new Reader(new Key("mails"))));
        assertThat(extended.application().workloads()).containsOnlyKeys(new Key("web"));
    }

    @Test
    void isReadStrictly() {
        refuses(
                "topics: {mails: {partitons: 2}}\n",
                "topics.mails.partitons: unknown key; did you mean \"partitions\"?");
        refuses("topics: {mails: {partitions: 12}}\n", "got 12, want a whole number from 1 to 10");
        refuses("topic: {}\n", "topic: unknown key; did you mean \"topics\"?");
        refuses("readers: {mailer: {topic: mail}}\n", "got \"mail\", want one of topics: there is none");
    }

    @Test
    void isRefusedWithItsLineWhereItsOwnRecordRefusesIt() {
        refuses(
                "topics:\n  mails: {partitions: 3}\n",
                "application.yaml:2: topics.mails: got 3 partitions, want an even number");
    }

    @Test
    void hasNoNameThatAnotherThingOfTheNamespaceHas() {
        refuses("topics: {web: {}}\n", "topics.web: \"web\" is one of workloads too, want one name for one thing");
        refuses("topics: {a: {}}\nreaders: {a: {topic: a}}\n", "\"a\" is one of topics too");
    }

    @Test
    void isInItsJsonSchema() {
        assertThat(JsonSchema.ofApplication(Extended.class)).contains("\"topics\"", "\"workloads\"");
        assertThat(JsonSchema.ofPreview(Extended.class)).contains("\"topics\"");
        assertThat(JsonSchema.ofApplication()).doesNotContain("\"topics\"");
    }

    @Test
    void isUnknownToAProgramWithoutTheExtension() throws IOException {
        Files.writeString(stacks.resolve("application.yaml"), "topics: {}\n" + REST);
        assertThatThrownBy(() -> ApplicationReader.read(stacks)).hasMessageContaining("topics: unknown key");
    }
}
