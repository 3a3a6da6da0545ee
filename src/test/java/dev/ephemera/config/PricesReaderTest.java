package dev.ephemera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ephemera.cost.PriceBook;
import dev.ephemera.cost.PriceItem;
import dev.ephemera.cost.PriceLine;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.AwsRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesReaderTest {
    private static final AwsRegion US_EAST = new AwsRegion("us-east-1");
    private static final String NODE = "node: {item: ec2/m6i.large, cpu: '2', memory: 8Gi}\n";
    private static final String LINE = "{region: us-east-1, item: ec2/m6i.large, unit: Hours, price: '0.096',"
            + " date: 2026-07-20, source: a list}";

    @TempDir
    private Path stacks;

    private PriceBook read(String prices) throws IOException {
        Files.writeString(stacks.resolve("prices.yaml"), prices);
        return PricesReader.read(stacks).orElseThrow();
    }

    private AbstractThrowableAssert<?, ?> refusing(String prices) {
        return assertThatThrownBy(() -> read(prices))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.USAGE));
    }

    private static List<?> faults(String yaml) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(yaml);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonSchema.ofPrices())
                .validate(tree);
    }

    @Test
    void theShippedPricesAreReadAsTheyStand() throws IOException {
        var book = PricesReader.read(Path.of("stacks")).orElseThrow();
        assertThat(book.find(US_EAST, PriceItem.instance("postgres", false, "db.t4g.micro"))
                        .map(PriceLine::price))
                .hasToString("Optional[0.016]");
        assertThat(book.find(US_EAST, book.node().orElseThrow().item())).isPresent();
        assertThat(book.shared().keySet())
                .allSatisfy(item -> assertThat(book.find(US_EAST, item)).isPresent());
        assertThat(faults(Files.readString(Path.of("stacks/prices.yaml")))).isEmpty();
    }

    @Test
    void theSchemaBesideThemIsWhatFollowsFromTheRecords() throws IOException {
        var generated = JsonSchema.ofPrices();
        var file = Path.of("stacks/prices.schema.json");
        var fresh =
                Files.writeString(Files.createDirectories(Path.of("target")).resolve("prices.schema.json"), generated);
        assertThat(file).as("cp %s %s", fresh, file).exists().hasContent(generated);
    }

    @Test
    void withoutAFileThereAreNoPrices() {
        assertThat(PricesReader.read(stacks)).isEmpty();
    }

    @Test
    void aPriceIsKeptToItsLastDigitWithWhoSaysSoAndWhen() throws IOException {
        var line = read(NODE + "prices: [" + LINE.replace("0.096", "0.0000004") + "]")
                .find(US_EAST, PriceItem.machine("m6i.large"))
                .orElseThrow();
        assertThat(line.price()).hasToString("0.0000004");
        assertThat(line.date()).isEqualTo(LocalDate.of(2026, 7, 20));
        assertThat(line.source()).isEqualTo("a list");
    }

    @ParameterizedTest(name = "[{index}] {0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                ", source: a list            |                        | source: missing, want text that is not blank",
                "source: a list              | source: '  '           | source: got \"  \", want text that is not blank",
                "price: '0.096'              | price: 0.096           | price: got 0.096, want US dollars above 0 such as",
                "price: '0.096'              | price: '0'             | price: got \"0\", want US dollars above 0",
                "price: '0.096'              | price: '-1'            | price: got \"-1\", want US dollars above 0",
                "price: '0.096'              | price: '1e3'           | price: got \"1e3\", want US dollars above 0",
                "price: '0.096'              | price: unknown         | price: got \"unknown\", want US dollars above 0",
                "unit: Hours                 | unit: hours            | unit: got \"hours\", want one of Hours, Months, GB-Month",
                "date: 2026-07-20            | date: 2026-02-30       | date: got \"2026-02-30\", want a date such as",
                "date: 2026-07-20            | date: July             | date: got \"July\", want a date such as",
                "region: us-east-1           | region: Virginia       | region: got \"Virginia\", want an AWS region",
                "item: ec2/m6i.large         | item: m6i.large        | item: got \"m6i.large\", want an item such as",
                "item: ec2/m6i.large         | itme: ec2/m6i.large    | itme: unknown key; did you mean \"item\"?",
            })
    void aLineThatSaysTooLittleOrAnotherThingIsRefused(String part, String instead, String message) throws IOException {
        var line = LINE.replace(part, instead == null ? "" : instead);
        assertThat(line).isNotEqualTo(LINE);
        refusing(NODE + "prices:\n  - " + line + "\n").hasMessageContaining("prices.yaml:3: prices[0]." + message);
    }

    @ParameterizedTest
    @CsvSource({"price: '0.096', price: 0.096", "unit: Hours, unit: hours", "date: 2026-07-20, date: July"})
    void theSchemaRefusesWhatItCan(String part, String instead) throws IOException {
        assertThat(faults(NODE + "prices: [" + LINE + "]")).isEmpty();
        assertThat(faults(NODE + "prices: [" + LINE.replace(part, instead) + "]"))
                .isNotEmpty();
    }

    @Test
    void aPriceByAnotherUnitThanTheItemsIsRefused() {
        refusing(NODE + "prices:\n  - " + LINE.replace("Hours", "GB-Month") + "\n")
                .hasMessageContaining("prices.yaml:3: prices[0]: got ec2/m6i.large by GB-Month, want it by Hours");
    }

    @Test
    void twoPricesForOneThingAreRefused() {
        refusing(NODE + "prices:\n  - " + LINE + "\n  - " + LINE.replace("0.096", "0.1") + "\n")
                .hasMessageContaining(
                        "prices.yaml:4: prices[1]: prices[0] is the price of ec2/m6i.large in us-east-1 too");
    }

    @Test
    void everyFaultIsToldAtOnce() {
        refusing("node: {item: rds/backup, cpu: '2', memory: 8Gi}\nshared: {eks/cluster: 0}\nprices:\n"
                        + "  - {region: us-east-1}\n  - " + LINE + "\n  - " + LINE + "\n")
                .hasMessageContaining("the configuration has 8 faults:")
                .hasMessageContaining("prices.yaml:1: node: got rds/backup, want a machine such as ec2/m6i.large")
                .hasMessageContaining("prices.yaml:2: shared.eks/cluster: got 0, want a whole number from 1 to 1000")
                .hasMessageContaining("prices.yaml:4: prices[0].source: missing")
                .hasMessageContaining("prices.yaml:6: prices[2]: prices[1] is the price");
    }
}
