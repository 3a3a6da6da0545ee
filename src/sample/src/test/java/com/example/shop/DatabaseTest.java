package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    @Test
    void asksForTlsUnlessToldOtherwise() {
        assertThat(Database.from(environment("orders.rds.example.com")).url())
                .isEqualTo("jdbc:postgresql://orders.rds.example.com:5432/shop?sslmode=require");
    }

    @Test
    void aMissingVariableIsNamed() {
        assertThatThrownBy(() -> Database.from(environment(""))).hasMessageContaining("ORDERS_HOST");
    }

    @Test
    void doesNotTellThePassword() {
        assertThat(Database.from(environment("db"))).asString().doesNotContain("secret");
    }

    private static Map<String, String> environment(String host) {
        return Map.of(
                "ORDERS_HOST", host,
                "ORDERS_PORT", "5432",
                "ORDERS_DATABASE", "shop",
                "ORDERS_USERNAME", "app",
                "ORDERS_PASSWORD", "secret");
    }
}
