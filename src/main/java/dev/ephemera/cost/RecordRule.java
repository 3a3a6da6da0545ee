package dev.ephemera.cost;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DNS record: its share of the hosted zone, and what is asked for it. A TXT record, which says whose another one is, nobody
 * asks for.
 */
record RecordRule(Prices prices) implements CostRule {
    static final String TYPE = "aws:route53/record:Record";

    /** The most that a zone holds (Route53's quota), so the least that a record takes of it. */
    private static final Amount RECORDS_OF_A_ZONE = Amount.of(10_000);

    private static final Amount SECONDS_OF_AN_HOUR = Amount.of(3_600);

    @Override
    public List<CostLine> lines(StackResource record) {
        var share = prices.kept(record.name(), PriceItem.ZONE, Optional.of(Amount.ONE.dividedBy(RECORDS_OF_A_ZONE)));
        var isAsked = record.text("type").filter("TXT"::equals).isEmpty()
                && record.inputs().path("aliases").isEmpty();
        return Stream.concat(
                        Stream.of(share),
                        isAsked
                                ? Stream.of(prices.kept(record.name(), PriceItem.QUERIES, queries(record)))
                                : Stream.empty())
                .toList();
    }

    /** Of an hour, by one resolver whose users never pause: it asks again whenever its answer is out of date. */
    private static Optional<Amount> queries(StackResource record) {
        return record.number("ttl").filter(ttl -> !ttl.isZero()).map(SECONDS_OF_AN_HOUR::dividedBy);
    }
}
