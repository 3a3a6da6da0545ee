package dev.ephemera.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.PullRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileForgeTest {
    private static final String HEAD = "a".repeat(40);
    private static final String OPEN = entry(12, "open");

    @TempDir
    private Path directory;

    private static String entry(long number, String state) {
        return """
                {"number": %d, "state": "%s", "head": "%s", "branch": "$(touch x)", "author": "ann", "labels": ["a"], "fork": true}""".formatted(number, state, HEAD);
    }

    private Forge forge(boolean complete, String... entries) throws IOException {
        return forge("""
                {"complete": %s, "asOf": "2026-11-24T10:00:00Z", "pullRequests": [%s]}
                """.formatted(complete, String.join(",\n", entries)));
    }

    private Forge forge(String json) throws IOException {
        return Forge.at("file:" + Files.writeString(directory.resolve("forge.json"), json), Map.of());
    }

    private static void assertUndecided(ThrowingCallable asked, String... words) {
        var thrown = assertThatThrownBy(asked);
        for (var word : words) {
            thrown.hasMessageContaining(word);
        }
        thrown.extracting(failure -> ((Failure) failure).exit()).isEqualTo(Exit.UNDECIDED);
    }

    @Test
    void theOpenOnesAreListedAndTheOthersFound() throws IOException {
        var forge = forge(true, OPEN, entry(13, "closed"));
        assertThat(forge.open().open())
                .containsExactly(new PullRequest(12, true, HEAD, "$(touch x)", "ann", Set.of("a"), true));
        assertThat(forge.open().complete()).isTrue();
        assertThat(forge.find(13)).get().extracting(PullRequest::open).isEqualTo(false);
        assertThat(forge.find(14)).isEmpty();
    }

    @Test
    void whatAnIncompleteListLacksIsNotClosed() throws IOException {
        var forge = forge(false, OPEN);
        assertThat(forge.open().complete()).isFalse();
        assertThat(forge.find(12)).isPresent();
        assertUndecided(() -> forge.find(13), "the list is not complete");
    }

    @Test
    void aFileThatIsNoAnswerIsNotTakenForOne() throws IOException {
        for (var json : new String[] {
            "",
            "[]",
            "{\"complete\": true}",
            "{\"complete\": true, \"asOf\": \"2026-11-24T10:00:00Z\", \"pullRequests\": null}",
            "{\"complete\": true, \"asOf\": \"2026-11-24T10:00:00Z\", \"pullRequests\": [], \"more\": 1}",
            "{\"complete\": true, \"asOf\": \"2026-11-24T10:00:00Z\", \"pullRequests\": []} x",
            "{\"complete\": true, \"asOf\": \"2026-11-24T10:00:00Z\", \"pullRequests\": ["
        }) {
            var forge = forge(json);
            assertUndecided(forge::open, "forge.json");
        }
        assertUndecided(
                Forge.at("file:" + directory.resolve("absent.json"), Map.of())::open, "absent.json cannot be read");
    }

    @Test
    void allThatContradictsItselfIsToldAtOnce() throws IOException {
        var forge = forge("""
                {"complete": true, "asOf": "yesterday", "pullRequests": [%s, %s]}
                """.formatted(OPEN, entry(12, "merged").replace(HEAD, "main")));
        assertUndecided(
                forge::open,
                "asOf: got \"yesterday\"",
                "pull request 12 is there twice",
                "state: got \"merged\", want open or closed",
                "head: got \"main\"");
    }

    @Test
    void anotherAddressIsRefused() {
        assertThatThrownBy(() -> Forge.at("bitbucket", Map.of()))
                .hasMessageContaining("--forge: got \"bitbucket\"")
                .extracting(failure -> ((Failure) failure).exit())
                .isEqualTo(Exit.USAGE);
    }

    @Test
    void aCommentIsOneThatIsEdited() throws IOException {
        var forge = forge(true, OPEN);
        forge.say(12, "<!-- a -->", "up");
        forge.say(12, "<!-- a -->", "gone");
        forge.say(13, "<!-- a -->", "up");
        assertThat(directory.resolve("forge.json.comments.json"))
                .content()
                .contains("\"12 <!-- a -->\" : \"gone\"", "\"13 <!-- a -->\" : \"up\"")
                .doesNotContain("\"12 <!-- a -->\" : \"up\"");
    }
}
