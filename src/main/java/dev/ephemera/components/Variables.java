package dev.ephemera.components;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretKeySelectorArgs;
import dev.ephemera.model.Variable;
import dev.ephemera.model.VariableName;
import dev.ephemera.naming.EnvironmentNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container's environment variables, in the order they are given in: {@code $(NAME)} stands for an earlier one. */
final class Variables {
    private static final String STACK = "EPHEMERA_STACK";

    private Variables() {}

    /** What every container is told of its environment, then its own. */
    static List<EnvVarArgs> of(Map<VariableName, Variable> own, EnvironmentNames names, StartSecrets secrets) {
        var all = new ArrayList<EnvVarArgs>();
        if (!own.containsKey(new VariableName(STACK))) {
            all.add(EnvVarArgs.builder()
                    .name(STACK)
                    .value(names.stack().value())
                    .build());
        }
        own.forEach((name, variable) -> all.add(of(name.value(), variable, secrets)));
        return all;
    }

    private static EnvVarArgs of(String name, Variable variable, StartSecrets secrets) {
        if (variable instanceof Variable.Literal literal) {
            return EnvVarArgs.builder().name(name).value(literal.value()).build();
        }
        if (variable instanceof Variable.OfDatabase of) {
            return ofSecret(name, secrets.holding(of.database()), DatabaseAccess.variable(of.database(), of.field()));
        }
        if (variable instanceof Variable.OfSecret of) {
            return ofSecret(name, Output.of(of.secret().value()), of.key().value());
        }
        throw new IllegalArgumentException(
                "variable %s is the address of a workload, want it as text: EnvironmentSpec.workloads() and jobs() have it so"
                        .formatted(name));
    }

    private static EnvVarArgs ofSecret(String name, Output<String> secret, String key) {
        return EnvVarArgs.builder()
                .name(name)
                .valueFrom(EnvVarSourceArgs.builder()
                        .secretKeyRef(SecretKeySelectorArgs.builder()
                                .name(secret)
                                .key(key)
                                .build())
                        .build())
                .build();
    }
}
