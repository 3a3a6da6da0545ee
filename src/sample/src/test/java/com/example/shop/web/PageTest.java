package com.example.shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Summary;
import com.example.shop.Summary.Migration;
import com.example.shop.Summary.Product;
import com.example.shop.Summary.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String EVIL = "<script>alert(1)</script>";

    private static final Summary SUMMARY = new Summary(
            "1.1",
            "18.6",
            List.of(new Migration("1", "the restored snapshot", "now"), new Migration("2", EVIL, "now")),
            Map.of("customers", 2001L),
            0,
            EVIL,
            List.of(new Product(7, EVIL, 1050)),
            new Table(List.of("name"), List.of(List.of("Masked 7"), List.of(EVIL))),
            new Table(List.of("id", "status"), List.of(List.of("5001", "confirmed"))));

    @Test
    void showsTheEnvironmentTheReleaseTheSchemaAndWhatIsInTheDatabase() {
        assertThat(Page.of("pr-123", SUMMARY))
                .contains("<h1>pr-123</h1>", "pr-123")
                .contains("<dd id=\"api\">1.1</dd>", "<dd id=\"schema\">2</dd>")
                .contains("<b>2,001</b> customers", "<td>Masked 7</td>", "<td>confirmed</td>")
                .contains("(10.50)</option>");
    }

    @Test
    void runsNothingThatTheDatabaseOrTheBrowserSends() {
        assertThat(Page.of(EVIL, SUMMARY)).doesNotContain("<script>");
        assertThat(Page.unavailable(EVIL, EVIL)).doesNotContain("<script>");
    }
}
