package com.example.shop.web;

import com.example.shop.Release;
import com.example.shop.Summary;
import com.example.shop.Summary.Product;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one page of the shop. */
final class Page {
    private static final String PAGE = Release.text("page.html");
    private static final String CONTENT = Release.text("content.html");

    private Page() {}

    /** @param stack which preview this is */
    static String of(String stack, Summary summary) {
        var migrations = summary.migrations();
        return page(
                stack,
                Html.filled(
                        CONTENT,
                        Map.of(
                                "web", Html.text(Release.VERSION),
                                "api", Html.text(summary.version()),
                                "postgresql", Html.text(summary.postgresql()),
                                "schema",
                                        Html.text(
                                                migrations.isEmpty()
                                                        ? "none"
                                                        : migrations
                                                                .get(migrations.size() - 1)
                                                                .version()),
                                "broker", Html.text(summary.broker().toLowerCase(Locale.ROOT)),
                                "counts", counts(summary),
                                "customers",
                                        Html.table(
                                                summary.customers().columns(),
                                                summary.customers().rows()),
                                "orders",
                                        Html.table(
                                                summary.orders().columns(),
                                                summary.orders().rows()),
                                "products", products(summary.products()),
                                "migrations",
                                        Html.table(
                                                List.of("version", "description", "installed"),
                                                migrations.stream()
                                                        .map(step ->
                                                                List.of(step.version(), step.description(), step.at()))
                                                        .toList()))));
    }

    /** While the api does not answer. */
    static String unavailable(String stack, String reason) {
        return page(
                stack,
                Html.element("p", Html.text("The api does not answer yet (" + reason + "). Reload in a moment.")));
    }

    private static String page(String stack, Html content) {
        return Html.filled(PAGE, Map.of("environment", Html.text(stack), "content", content))
                .markup();
    }

    private static Html counts(Summary summary) {
        return Html.together(summary.counts().entrySet().stream()
                .map(count -> Html.element(
                        "li",
                        Html.together(List.of(
                                Html.element("b", Html.text("%,d".formatted(count.getValue()))),
                                Html.text(" " + count.getKey().replace('_', ' '))))))
                .toList());
    }

    private static Html products(List<Product> products) {
        return Html.together(products.stream()
                .map(product -> new Html("<option value=\"%d\">%s</option>"
                        .formatted(
                                product.id(),
                                Html.text("%s (%s)".formatted(product.name(), price(product.cents())))
                                        .markup())))
                .toList());
    }

    private static String price(int cents) {
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }
}
