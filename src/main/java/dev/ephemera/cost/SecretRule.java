package dev.ephemera.cost;

import java.util.List;
import java.util.Optional;

/** A secret of Secrets Manager. What asks for it is not counted: a pod does so when it starts. */
record SecretRule(Prices prices) implements CostRule {
    static final String TYPE = "aws:secretsmanager/secret:Secret";

    @Override
    public List<CostLine> lines(StackResource secret) {
        return List.of(prices.kept(secret.name(), PriceItem.SECRET, Optional.of(Amount.ONE)));
    }
}
