package dev.ephemera.cost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import dev.ephemera.model.AwsRegion;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * AWS's public price list of one service ({@code offers/v1.0/aws/AmazonRDS/current/eu-west-1/index.json}). It has hundreds of
 * megabytes, so it is read as it comes, and only what was asked for is kept: first which products those are, then what they
 * cost on demand.
 */
public final class OfferFile {
    /** Its keys are product numbers, hundreds of thousands of them, each there twice: not to be kept for the next time. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final AwsRegion region;
    private final Set<PriceItem> wanted;

    private Optional<Instant> published = Optional.empty();
    private boolean hasProducts;
    private boolean hasTerms;
    /** The items that were asked for, by the numbers that AWS sells them under. */
    private final Map<String, PriceItem> products = new HashMap<>();

    private final Map<String, List<OfferTerm>> terms = new HashMap<>();

    private OfferFile(JsonParser parser, AwsRegion region, Collection<PriceItem> wanted) {
        this.parser = parser;
        this.region = region;
        this.wanted = new HashSet<>(wanted);
    }

    /**
     * Reads it to its end.
     *
     * @param wanted the items to look for
     * @param source where the file is from; every line says so
     * @throws Failure when it is no price list, or only a part of one
     */
    public static OfferPrices read(InputStream file, AwsRegion region, Collection<PriceItem> wanted, String source) {
        try (var parser = JSON.createParser(file)) {
            var offer = new OfferFile(parser, region, wanted);
            offer.document();
            return offer.prices(source);
        } catch (JsonProcessingException e) {
            throw failure(source, e.getOriginalMessage());
        } catch (IOException | DateTimeException | NumberFormatException e) {
            throw failure(source, String.valueOf(e.getMessage()));
        }
    }

    private static Failure failure(String source, String because) {
        return new Failure(
                Exit.UNDECIDED,
                "%s is not a whole price list of AWS: %s"
                        .formatted(source, because.lines().findFirst().orElse("")));
    }

    private void document() throws IOException {
        parser.nextToken();
        object(key -> {
            switch (key) {
                case "publicationDate" -> published = Optional.of(Instant.parse(parser.getText()));
                case "products" -> {
                    object(this::product);
                    hasProducts = true;
                }
                case "terms" ->
                    object(kind -> {
                        if (kind.equals("OnDemand")) {
                            onDemand();
                        } else {
                            parser.skipChildren();
                        }
                    });
                default -> parser.skipChildren();
            }
        });
    }

    private void product(String sku) throws IOException {
        var family = new StringBuilder();
        var attributes = new HashMap<String, String>();
        object(key -> {
            if (key.equals("productFamily")) {
                family.append(parser.getText());
            } else if (key.equals("attributes")) {
                object(attribute -> {
                    if (parser.currentToken() == JsonToken.VALUE_STRING) {
                        attributes.put(attribute, parser.getText());
                    } else {
                        parser.skipChildren();
                    }
                });
            } else {
                parser.skipChildren();
            }
        });
        new OfferProduct(family.toString(), attributes)
                .item(region)
                .filter(wanted::contains)
                .ifPresent(item -> products.put(sku, item));
    }

    private void onDemand() throws IOException {
        if (!hasProducts) {
            // Which of the terms are wanted only the products say, and all of them are too many to keep.
            throw new IOException("its terms stand before its products");
        }
        object(sku -> {
            if (products.containsKey(sku)) {
                var offers = terms.computeIfAbsent(sku, first -> new ArrayList<>());
                object(code -> offers.add(term()));
            } else {
                parser.skipChildren();
            }
        });
        hasTerms = true;
    }

    private OfferTerm term() throws IOException {
        var effective = new ArrayList<Instant>();
        var tiers = new ArrayList<OfferTerm.Tier>();
        object(key -> {
            switch (key) {
                case "effectiveDate" -> effective.add(Instant.parse(parser.getText()));
                case "priceDimensions" -> object(rate -> tiers.add(tier()));
                default -> parser.skipChildren();
            }
        });
        if (effective.isEmpty()) {
            throw new IOException("a term has no effectiveDate");
        }
        return new OfferTerm(effective.get(0), tiers);
    }

    private OfferTerm.Tier tier() throws IOException {
        var unit = new StringBuilder();
        var usd = new ArrayList<BigDecimal>();
        object(key -> {
            switch (key) {
                case "unit" -> unit.append(parser.getText());
                case "pricePerUnit" ->
                    object(currency -> {
                        if (currency.equals("USD")) {
                            usd.add(new BigDecimal(parser.getText()));
                        }
                    });
                default -> parser.skipChildren();
            }
        });
        return new OfferTerm.Tier(unit.toString(), usd.stream().findFirst());
    }

    private OfferPrices prices(String source) throws IOException {
        var date = published.orElseThrow(() -> new IOException("it has no publicationDate"));
        if (!hasTerms) {
            throw new IOException("it has no products with terms on demand");
        }
        var lines = new TreeMap<PriceItem, PriceLine>();
        var absent = new TreeMap<PriceItem, String>();
        for (var item : wanted) {
            try {
                var price = price(item, date);
                lines.put(
                        item,
                        new PriceLine(
                                region,
                                item,
                                item.unit(),
                                price,
                                date.atZone(ZoneOffset.UTC).toLocalDate(),
                                source));
            } catch (OfferTerm.Refused e) {
                absent.put(item, String.valueOf(e.getMessage()));
            }
        }
        return new OfferPrices(List.copyOf(lines.values()), absent);
    }

    /** Some things are sold under several numbers, at one price. */
    private Price price(PriceItem item, Instant date) throws OfferTerm.Refused {
        var prices = new TreeMap<BigDecimal, String>();
        for (var product : products.entrySet()) {
            if (product.getValue().equals(item)) {
                for (var term : current(product.getKey(), date)) {
                    prices.put(term.price(item).usd(), product.getKey());
                }
            }
        }
        if (prices.isEmpty()) {
            throw new OfferTerm.Refused("the list does not have it in " + region);
        }
        if (prices.size() > 1) {
            throw new OfferTerm.Refused("the list has it at several prices: "
                    + String.join(
                            ", ",
                            prices.keySet().stream()
                                    .map(BigDecimal::toPlainString)
                                    .toList()));
        }
        return new Price(prices.firstKey());
    }

    /** Those that hold on the day of the list; what it announces for later does not hold yet. */
    private List<OfferTerm> current(String sku, Instant date) throws OfferTerm.Refused {
        var begun = terms.getOrDefault(sku, List.of()).stream()
                .filter(term -> !term.effective().isAfter(date))
                .toList();
        var newest = begun.stream()
                .map(OfferTerm::effective)
                .max(Instant::compareTo)
                .orElseThrow(() -> new OfferTerm.Refused("%s is not sold on demand".formatted(sku)));
        return begun.stream().filter(term -> term.effective().equals(newest)).toList();
    }

    /** Reads what stands under one key. */
    private interface Value {
        void read(String key) throws IOException;
    }

    /** Reads the block at which the parser is, key by key. */
    private void object(Value value) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("a block is missing in line "
                    + parser.currentTokenLocation().getLineNr());
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = parser.currentName();
            parser.nextToken();
            value.read(key);
        }
    }
}
