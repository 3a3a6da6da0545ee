package dev.ephemera.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.cost.Accrual;
import dev.ephemera.cost.Amount;
import dev.ephemera.cost.CostReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostPartTest {
    private static final Accrual CENTS = new Accrual(amount("0.1249"), List.of());

    private static Amount amount(String dollars) {
        return Amount.of(new BigDecimal(dollars));
    }

    private static CostReading costs(String hourly) {
        return new CostReading(Optional.of(amount(hourly)), Optional.of(Amount.ZERO), List.of());
    }

    private static CostReading unknown(String... names) {
        return new CostReading(Optional.empty(), Optional.empty(), List.of(names));
    }

    private static String part(CostReading before, CostReading now) {
        return new CostPart(Optional.of(before), now, Optional.of(CENTS)).markdown();
    }

    @Test
    void itSaysWhatADayCostsWhatItHasCostAndWhatThePushChanges() {
        assertThat(part(costs("0.03"), costs("0.034"))).isEqualTo("""
                Cost, from list prices, without discounts and traffic:

                - a day if left on: 0.82 USD
                - so far: 0.12 USD
                - by this push: 0.10 USD a day more""");
        assertThat(part(costs("0.034"), costs("0.03"))).endsWith("by this push: 0.10 USD a day less");
        assertThat(part(costs("0.034"), costs("0.034"))).endsWith("by this push: nothing");
        assertThat(part(costs("0.03"), costs("0.0301"))).endsWith("by this push: less than 0.01 USD a day more");
    }

    @Test
    void theFirstTimeNothingHasChangedAndWithoutALedgerNothingIsSaidOfIt() {
        assertThat(new CostPart(Optional.empty(), costs("0"), Optional.empty()).markdown())
                .endsWith("\n- a day if left on: 0.00 USD");
    }

    @Test
    void whereSomethingIsNotKnownThereIsItsNameAndNoMoney() {
        assertThat(part(unknown("web: ec2/vcpu"), unknown("a", "b", "c", "d", "e")))
                .contains("- a day if left on: unknown (a, b, c, and 2 more)\n")
                .endsWith("- by this push: unknown (web: ec2/vcpu) before");
        assertThat(part(costs("0.03"), unknown("aws:sqs/queue:Queue")))
                .endsWith("- by this push: unknown (aws:sqs/queue:Queue)");
        var since = List.of(Instant.parse("2026-11-24T08:00:00Z"), Instant.parse("2026-11-25T08:00:00Z"));
        assertThat(new CostPart(Optional.empty(), costs("1"), Optional.of(new Accrual(amount("5"), since))).markdown())
                .endsWith("- so far: unknown (its cost from 2026-11-24 08:00 UTC on)");
    }

    @Test
    void aNameThatSomebodyHasChosenIsNoMarkdown() {
        assertThat(part(costs("1"), unknown("[click](https://evil.example) @all <b>")))
                .contains("unknown (?click??https://evil.example? ?all ?b?)");
    }
}
