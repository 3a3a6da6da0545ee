package com.example.shop.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void textStaysTextWhateverItHolds() {
        assertThat(Html.text("<a href=\"x\">Tom & 'Co'</a>").markup())
                .isEqualTo("&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Co&#39;&lt;/a&gt;");
    }

    @Test
    void aTablesCellsAndHeadingsAreText() {
        assertThat(Html.table(List.of("<b>"), List.of(List.of("<script>"))).markup())
                .isEqualTo("<table><tr><th>&lt;b&gt;</th></tr><tr><td>&lt;script&gt;</td></tr></table>");
    }

    @Test
    void aFieldIsFilledOnceEvenWhereItsValueLooksLikeAField() {
        assertThat(Html.filled("[{{a}}]", Map.of("a", Html.text("{{b}} $1 \\"))).markup())
                .isEqualTo("[{{b}} $1 \\]");
    }

    @Test
    void aFieldWithoutAValueIsAMistake() {
        assertThatThrownBy(() -> Html.filled("{{a}}", Map.of())).hasMessageContaining("{{a}}");
    }
}
