package dev.ephemera.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.AwsRegion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On extracts made by hand, in the shape of the files that AWS publishes. */
class OfferFileTest {
    private static final AwsRegion US_EAST = new AwsRegion("us-east-1");
    private static final String RDS = "rds-offer.json";
    private static final String ROUTE53 = "route53-offer.json";
    private static final String POSTGRES = "rds/instance/postgres/single-az/";

    private static final String HERE = "'locationType': 'AWS Region', 'regionCode': 'us-east-1', ";
    private static final String MICRO = HERE + "'instanceType': 'db.t4g.micro',"
            + " 'databaseEngine': 'PostgreSQL', 'deploymentOption': 'Single-AZ'";

    private static String text(String name) {
        try (var file = OfferFileTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static OfferPrices read(String text, AwsRegion region, String... items) {
        return OfferFile.read(
                stream(text), region, Arrays.stream(items).map(PriceItem::new).toList(), "the list");
    }

    private static OfferPrices read(String text, String... items) {
        return read(text, US_EAST, items);
    }

    @Test
    void theSmallestDatabaseInVirginiaCostsWhatAwsSays() {
        var prices = read(text(RDS), POSTGRES + "db.t4g.micro");
        assertThat(prices.absent()).isEmpty();
        assertThat(prices.lines())
                .containsExactly(new PriceLine(
                        US_EAST,
                        PriceItem.instance("postgres", false, "db.t4g.micro"),
                        PriceUnit.HOURS,
                        Price.of("0.016"),
                        LocalDate.of(2026, 7, 20),
                        "the list"));
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "rds-offer.json, rds/instance/postgres/multi-az/db.t4g.micro, 0.032",
        "rds-offer.json, rds/storage/single-az/gp3, 0.115",
        "rds-offer.json, rds/backup, 0.095",
        "route53-offer.json, route53/zone, 0.5",
        "route53-offer.json, route53/queries, 0.0000004"
    })
    void ofSeveralTiersTheDearestAndOfSeveralNumbersTheOnePrice(String file, String item, String price) {
        assertThat(read(text(file), item).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.price()).hasToString(price));
    }

    @Test
    void ofSeveralTermsThatWhichBeganLast() {
        assertThat(read(text(RDS), POSTGRES + "db.t4g.small").lines())
                .singleElement()
                .satisfies(line -> assertThat(line.price()).hasToString("0.032"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "rds/instance/postgres/single-az/db.r6g.large   | the list does not have it in us-east-1",
                "rds/instance/postgres/single-az/db.t4g.medium  | MEDIUMRESERVED01 is not sold on demand",
                "rds/instance/postgres/single-az/db.t4g.large   | the list has it at several prices: 0.129, 0.131",
                "rds/instance/postgres/single-az/db.t4g.xlarge  | its price is not in US dollars",
                "rds/instance/postgres/single-az/db.t4g.2xlarge | it is listed without a price above 0",
                "rds/instance/mysql/single-az/db.t4g.micro      | it is sold by \"Days\", want Hours",
                "rds/storage/single-az/gp2                      | the list does not have it in us-east-1",
            })
    void whatHasNoOnePriceIsToldWithWhyAndHasNoLine(String item, String because) {
        var prices = read(text(RDS), item, POSTGRES + "db.t4g.micro");
        assertThat(prices.absent()).containsExactly(entry(new PriceItem(item), because));
        assertThat(prices.lines()).hasSize(1);
    }

    @Test
    void anotherRegionsPriceIsNotTaken() {
        var ireland = new AwsRegion("eu-west-1");
        assertThat(read(text(RDS), ireland, POSTGRES + "db.t4g.micro").lines())
                .singleElement()
                .satisfies(line -> assertThat(line.price()).hasToString("0.099"));
        assertThat(read(text(ROUTE53), ireland, "route53/zone").lines())
                .as("one service for all regions")
                .hasSize(1);
    }

    @ParameterizedTest(name = "{1} -> {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ec2/m6i.large         | Compute Instance          | Hrs     | 'instanceType': 'm6i.large', 'operatingSystem': 'Linux', 'tenancy': 'Shared', 'preInstalledSw': 'NA', 'capacitystatus': 'Used'",
                "vpc/nat-gateway       | NAT Gateway               | Hrs     | 'usagetype': 'EU-NatGateway-Hours'",
                "elb/application       | Load Balancer-Application | Hrs     | 'usagetype': 'LoadBalancerUsage'",
                "eks/cluster           | Compute                   | hours   | 'usagetype': 'USE1-AmazonEKS-Hours:perCluster'",
                "secretsmanager/secret | Secret                    | Secrets | 'usagetype': 'USE1-AWSSecretsManager-Secrets'",
            })
    void theOtherServicesThingsAreKnownByFamilyAndAttributes(
            String item, String family, String unit, String attributes) {
        assertThat(read(offer(family, HERE + attributes, unit), item).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.price()).hasToString("0.5"));
    }

    @ParameterizedTest(name = "{1} {2} is not {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ec2/m6i.large   | Compute Instance          | 'instanceType': 'm6i.large', 'operatingSystem': 'Windows', 'tenancy': 'Shared', 'preInstalledSw': 'NA', 'capacitystatus': 'Used'",
                "ec2/m6i.large   | Compute Instance          | 'instanceType': 'm6i.large', 'operatingSystem': 'Linux', 'tenancy': 'Dedicated', 'preInstalledSw': 'NA', 'capacitystatus': 'Used'",
                "ec2/m6i.large   | Compute Instance          | 'instanceType': 'm6i.large', 'operatingSystem': 'Linux', 'tenancy': 'Shared', 'preInstalledSw': 'SQL Web', 'capacitystatus': 'Used'",
                "ec2/m6i.large   | Compute Instance          | 'instanceType': 'm6i.large', 'operatingSystem': 'Linux', 'tenancy': 'Shared', 'preInstalledSw': 'NA', 'capacitystatus': 'UnusedCapacityReservation'",
                "vpc/nat-gateway | NAT Gateway               | 'usagetype': 'NatGateway-Bytes'",
                "elb/application | Load Balancer-Application | 'usagetype': 'LCUUsage'",
                "eks/cluster     | Compute                   | 'usagetype': 'USE1-AmazonEKS-Hours:extendedSupport'",
            })
    void whatIsSoldBesideThemIsAnotherThing(String item, String family, String attributes) {
        assertThat(read(offer(family, HERE + attributes, "Hrs"), item).absent()).hasSize(1);
    }

    private static String offer(String family, String attributes, String unit) {
        return """
                {"publicationDate": "2026-07-20T21:00:00Z",
                 "products": {"A": {"sku": "A", "productFamily": "%s",
                   "attributes": {%s}}},
                 "terms": {"OnDemand": {"A": {"A.1": {"effectiveDate": "2026-07-01T00:00:00Z", "priceDimensions":
                   {"A.1.1": {"unit": "%s", "pricePerUnit": {"USD": "0.5000000000"}}}}}}}}
                """.formatted(family, attributes.replace('\'', '"'), unit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>Service Unavailable</html>",
                "{}",
                "{\"publicationDate\": \"2026-07-20T21:00:00Z\"}",
                "{\"publicationDate\": \"yesterday\", \"products\": {}}",
                "{\"publicationDate\": \"2026-07-20T21:00:00Z\", \"products\": {}, \"terms\": {}}",
                "{\"products\": {}, \"terms\": {\"OnDemand\": {}}}",
                "{\"publicationDate\": \"2026-07-20T21:00:00Z\", \"terms\": {\"OnDemand\": {}}, \"products\": {}}",
                "{\"publicationDate\": \"2026-07-20T21:00:00Z\", \"products\": []}",
            })
    void whatIsNoPriceListIsRefused(String text) {
        refusing(text);
    }

    @Test
    void aPartOfAPriceListIsRefusedWhereverItEnds() {
        var whole = text(RDS).strip();
        for (int end = 0; end < whole.length(); end += 97) {
            refusing(whole.substring(0, end));
        }
        refusing(whole.substring(0, whole.length() - 1));
    }

    private static void refusing(String text) {
        assertThatThrownBy(() -> read(text, POSTGRES + "db.t4g.micro"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exit()).isEqualTo(Exit.UNDECIDED))
                .hasMessageStartingWith("the list is not a whole price list of AWS: ");
    }

    /** Of 200,000 products nothing is kept but the one that was asked for: they would be 60 MB and more. */
    @Test
    void aLargeListIsReadAsItComes() {
        var kept = new ArrayList<Long>();
        var product = offer("Database Instance", MICRO, "Hrs");
        var parts = new ArrayList<Supplier<String>>();
        parts.add(() -> {
            kept.add(used());
            return product.substring(0, product.indexOf("\"A\": {\"sku\""));
        });
        IntStream.range(0, 200)
                .forEach(part -> parts.add(() -> IntStream.range(0, 1_000)
                        .mapToObj(i -> "\"SKU%d-%d\": {\"productFamily\": \"Database Instance\", \"attributes\": {%s}},"
                                .formatted(part, i, MICRO.replace('\'', '"').replace("micro", "x" + i)))
                        .collect(Collectors.joining())));
        parts.add(() -> {
            kept.add(used());
            return product.substring(product.indexOf("\"A\": {\"sku\""));
        });
        var prices = OfferFile.read(
                new SequenceInputStream(Collections.enumeration(parts.stream()
                        .map(part -> (InputStream) new Lazily(part))
                        .toList())),
                US_EAST,
                List.of(new PriceItem(POSTGRES + "db.t4g.micro")),
                "the list");
        assertThat(prices.lines()).hasSize(1);
        assertThat(kept.get(1) - kept.get(0)).isLessThan(10L << 20);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Makes its text when it is asked for the first byte, and lets go of it at the end. */
    private static final class Lazily extends InputStream {
        private final Supplier<String> text;
        private Optional<InputStream> made = Optional.empty();

        Lazily(Supplier<String> text) {
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (made.isEmpty()) {
                made = Optional.of(stream(text.get()));
            }
            var read = made.get().read(into, from, length);
            if (read < 0) {
                made = Optional.of(InputStream.nullInputStream());
            }
            return read;
        }
    }
}
