package com.example.shop.web;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Markup: whatever is in it that came from elsewhere has been escaped. */
record Html(String markup) {
    private static final Pattern FIELD = Pattern.compile("\\{\\{(\\w+)}}");

    /** Text as it is to be read. */
    static Html text(String text) {
        return new Html(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    static Html element(String name, Html content) {
        return new Html("<" + name + ">" + content.markup + "</" + name + ">");
    }

    static Html together(List<Html> parts) {
        return new Html(parts.stream().map(Html::markup).collect(Collectors.joining()));
    }

    static Html table(List<String> columns, List<List<String>> rows) {
        return element(
                "table",
                together(List.of(
                        row("th", columns),
                        together(rows.stream().map(row -> row("td", row)).toList()))));
    }

    private static Html row(String cell, List<String> texts) {
        return element(
                "tr",
                together(texts.stream().map(text -> element(cell, text(text))).toList()));
    }

    /** {@code template} with each {@code {{name}}} replaced; fails when a name has no value. */
    static Html filled(String template, Map<String, Html> fields) {
        return new Html(FIELD.matcher(template).replaceAll(match -> {
            var field = fields.get(match.group(1));
            if (field == null) {
                throw new IllegalArgumentException("nothing for " + match.group());
            }
            return Matcher.quoteReplacement(field.markup);
        }));
    }
}
