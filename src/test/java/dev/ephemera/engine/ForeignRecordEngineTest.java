package dev.ephemera.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** A host name that somebody else has: theirs stays theirs, and the message says what is in the way. */
@Tag("engine")
class ForeignRecordEngineTest {
    private static final String STACK = "pr-561";
    private static final String HOST = "pr-561.preview.example.com";
    private static final String MARK = "_ephemera." + HOST;
    private static final String APPLICATION = """
            workloads:
              web: {image: "registry.example.com/shop/web:1.0", port: 8080, expose: {}, env: {API: "http://nobody:8080"}}
            dns: {zone: preview.example.com, gateway: {namespace: gateway, name: shared}}
            aws: {region: eu-west-1}
            """;

    private final List<ResourceRecordSet> foreign = new ArrayList<>();
    private TestProject project;
    private Clouds clouds;

    @BeforeEach
    void aStack(@TempDir Path directory) {
        clouds = new Clouds();
        project = TestProject.below(directory).withApplication(APPLICATION);
        project.pulumi("stack", "select", "--create", STACK).succeeded();
    }

    @AfterEach
    void removeWhatIsTheirs() {
        project.destroy(STACK);
        foreign.forEach(record -> change(ChangeAction.DELETE, record));
        clouds.close();
    }

    @Test
    void aRecordMadeByHandStaysAndIsNamedWithTheNextStep() {
        make(HOST, "A", "198.51.100.7");

        assertThat(project.up(STACK).failed().output())
                .contains("host %s is taken: got an A record".formatted(HOST))
                .contains("no TXT record %s".formatted(MARK))
                .contains("nothing was changed", "run again")
                .doesNotContain("Exception");

        assertThat(theirs()).containsExactlyElementsOf(foreign);
        assertThat(clouds.namespace(STACK)).isEmpty();
        project.destroy(STACK).succeeded();
        assertThat(theirs()).containsExactlyElementsOf(foreign);
    }

    @Test
    void anotherProjectsRecordStaysAndTheMessageSaysWhoseItIs() {
        make(HOST, "CNAME", "lb.example.net");
        make(MARK, "TXT", "\"ephemera:project=bakery ephemera:stack=pr-561\"");

        assertThat(project.up(STACK).failed().output())
                .contains("host %s belongs to ephemera:project=bakery ephemera:stack=pr-561".formatted(HOST))
                .contains("TXT record " + MARK)
                .contains("nothing was changed", "dns.sharedZone: true", "run again")
                .doesNotContain("Exception");

        assertThat(theirs()).containsExactlyElementsOf(foreign);
        project.destroy(STACK).succeeded();
        assertThat(theirs()).containsExactlyElementsOf(foreign);
    }

    /** As after a lost state: whether it is this stack's cannot be told from outside, so Route53's refusal has to do. */
    @Test
    void aRecordUnderTheStacksOwnMarkThatItsStateDoesNotKnowStays() {
        make(HOST, "A", "198.51.100.7");
        make(MARK, "TXT", "\"ephemera:project=shop ephemera:stack=pr-561\"");

        assertThat(project.up(STACK).failed().output())
                .contains(MARK)
                .contains("already exists")
                .doesNotContain("Exception:");

        assertThat(theirs()).containsExactlyElementsOf(foreign);
        project.destroy(STACK).succeeded();
        assertThat(theirs()).containsExactlyElementsOf(foreign);
    }

    @Test
    void whenTheirsIsGoneTheNextUpdateSucceedsAndLaterOnesDoNotTakeTheStacksOwnForForeign() {
        make(HOST, "A", "198.51.100.7");
        project.up(STACK).failed();
        foreign.forEach(record -> change(ChangeAction.DELETE, record));
        foreign.clear();

        project.up(STACK).succeeded();
        assertThat(clouds.records(STACK)).hasSize(2);
        project.up(STACK, "--expect-no-changes").succeeded();
    }

    private void make(String name, String type, String value) {
        var record = ResourceRecordSet.builder()
                .name(name + ".")
                .type(type)
                .ttl(300L)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build();
        change(ChangeAction.CREATE, record);
        foreign.add(record);
    }

    private void change(ChangeAction action, ResourceRecordSet record) {
        clouds.route53.changeResourceRecordSets(request -> request.hostedZoneId(zone())
                .changeBatch(batch -> batch.changes(Change.builder()
                        .action(action)
                        .resourceRecordSet(record)
                        .build())));
    }

    /** All records of the host and its mark, whoever made them, in the order of the test's own. */
    private List<ResourceRecordSet> theirs() {
        return clouds
                .route53
                .listResourceRecordSets(request -> request.hostedZoneId(zone()))
                .resourceRecordSets()
                .stream()
                .filter(record ->
                        record.name().equals(HOST + ".") || record.name().equals(MARK + "."))
                .sorted((one, other) ->
                        Boolean.compare(one.name().startsWith("_"), other.name().startsWith("_")))
                .toList();
    }

    private String zone() {
        return clouds.route53.listHostedZones().hostedZones().get(0).id();
    }
}
