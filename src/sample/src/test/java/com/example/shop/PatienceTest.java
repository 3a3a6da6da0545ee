package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void triesAgainAfterAFailure() throws Exception {
        var tries = new AtomicInteger();
        Patience.until("the database", () -> {
            if (tries.incrementAndGet() == 1) {
                throw new IOException("refused");
            }
            return true;
        });
        assertThat(tries).hasValue(2);
    }

    @Test
    void givesUpWithTheReason() {
        assertThatThrownBy(() -> Patience.until("the database", Duration.ZERO, () -> {
                    throw new IOException("refused");
                }))
                .hasMessage("the database is not there after 0 s: refused");
    }
}
