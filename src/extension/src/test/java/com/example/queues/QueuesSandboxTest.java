package com.example.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An environment from its first update to its end, with the real engine. SQS and the API server are asked what is there. */
@Tag("sandbox")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueuesSandboxTest {
    private static final String STACK = "pr-31";

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.pulumi("stack", "select", "--create", STACK);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static List<String> queues() {
        return sandbox.sqs().listQueues().queueUrls().stream()
                .filter(url -> url.contains("mail-" + STACK + "-"))
                .toList();
    }

    @Test
    @Order(1)
    void anUpdateMakesTheQueueAndAConsumerThatIsGivenIt() {
        sandbox.pulumi("up", "--stack", STACK, "--yes", "--skip-preview");
        assertThat(queues()).hasSize(1);
        var url = queues().get(0);
        assertThat(sandbox.sqs().listQueueTags(request -> request.queueUrl(url)).tags())
                .containsEntry("ephemera:project", "mail")
                .containsEntry("ephemera:stack", STACK)
                .containsEntry("ephemera:key", "letters");
        var namespace = sandbox.namespace(STACK).orElseThrow();
        assertThat(sandbox.secret(namespace, "letters")).isEqualTo(Map.of("url", url));
        var mailer = sandbox.kubernetes()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName("mailer")
                .get();
        assertThat(mailer.getStatus().getReadyReplicas()).isEqualTo(1);
        var variable = mailer.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
                .filter(each -> each.getName().equals("QUEUE_URL"))
                .findFirst()
                .orElseThrow();
        assertThat(variable.getValueFrom().getSecretKeyRef().getName()).isEqualTo("letters");
        assertThat(sandbox.pulumi("stack", "output", "--json", "--stack", STACK))
                .contains("\"letters\": \"" + url + "\"")
                .contains("\"url\": \"https://" + STACK + ".preview.example.com/\"");
    }

    @Test
    @Order(2)
    void theNextUpdateChangesNothing() {
        sandbox.pulumi("up", "--stack", STACK, "--yes", "--skip-preview", "--expect-no-changes");
    }

    @Test
    @Order(3)
    void aSecretThatTheStateKnowsByItsFormerNameStays() {
        var namespace = sandbox.namespace(STACK).orElseThrow();
        var uid = sandbox.uidOfSecret(namespace, "letters");
        var urn = sandbox.pulumi("stack", "--show-urns", "--stack", STACK)
                .lines()
                .map(String::strip)
                .filter(line -> line.endsWith("::letters-secret"))
                .map(line -> line.substring(line.indexOf("urn:")))
                .findFirst()
                .orElseThrow();
        sandbox.pulumi("state", "rename", urn, "letters-url", "--stack", STACK, "--yes");
        sandbox.pulumi("up", "--stack", STACK, "--yes", "--skip-preview", "--expect-no-changes");
        assertThat(sandbox.pulumi("stack", "--show-urns", "--stack", STACK))
                .contains("::letters-secret")
                .doesNotContain("::letters-url");
        assertThat(sandbox.uidOfSecret(namespace, "letters")).isEqualTo(uid);
    }

    @Test
    @Order(4)
    void nothingIsLeft() {
        sandbox.pulumi("destroy", "--stack", STACK, "--yes", "--skip-preview", "--remove");
        assertThat(queues()).isEmpty();
        assertThat(sandbox.namespace(STACK)).isEmpty();
    }
}
