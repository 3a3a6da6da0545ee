package dev.ephemera.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ephemera.engine.StackState;
import dev.ephemera.model.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
    private static final Path NOWHERE = Path.of("no", "such", "project");
    private static final Path SAMPLE = Path.of("");

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static StackState.Resource resource(String type, String name, String inputs, String outputs) {
        return new StackState.Resource(
                "urn:pulumi:pr-7::shop::" + type + "::" + name, type, "id", json(inputs), json(outputs));
    }

    private static StackState.Resource record(String name) {
        return resource("aws:route53/record:Record", name, "{\"name\": \"" + name + "\"}", "{}");
    }

    private static StackState state(StackState.Resource... more) {
        var resources = new ArrayList<>(List.of(
                resource("pulumi:providers:aws", "elsewhere", "{\"region\": \"us-east-1\"}", "{}"),
                resource("pulumi:providers:aws", "aws", "{\"region\": \"eu-central-1\"}", "{}"),
                resource("pulumi:providers:kubernetes", "cluster", "{\"context\": \"previews\"}", "{}"),
                resource(
                        "pulumi:index:Stash",
                        "home",
                        "{}",
                        "{\"output\": {\"cluster\": \"uid\", \"account\": \"123456789012\"}}")));
        resources.addAll(List.of(more));
        return new StackState(resources, List.of());
    }

    @Test
    void theStateAloneSaysItWhereItIsWhole() {
        assertThat(Whereabouts.of(
                        state(record("mail.example.org"), record("_ephemera.pr-7--api.previews.example.com")), NOWHERE))
                .isEqualTo(new Whereabouts(
                        Optional.of("previews"),
                        "eu-central-1",
                        "previews.example.com",
                        Optional.of(new Home("uid", "123456789012"))));
    }

    @Test
    void whatTheStateLacksTheConfigurationSays() {
        assertThat(Whereabouts.of(state(), SAMPLE))
                .isEqualTo(new Whereabouts(
                        Optional.of("previews"),
                        "eu-central-1",
                        "preview.example.com",
                        Optional.of(new Home("uid", "123456789012"))));
        assertThat(Whereabouts.of(new StackState(List.of(), List.of()), SAMPLE))
                .isEqualTo(new Whereabouts(Optional.empty(), "eu-west-1", "preview.example.com", Optional.empty()));
    }
}
