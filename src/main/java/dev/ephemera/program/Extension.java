package dev.ephemera.program;

import com.pulumi.core.Output;
import dev.ephemera.components.PreviewEnvironment;
import java.util.Map;

/**
 * What an environment has beyond the kit's own.
 *
 * @param <A> the application as {@code stacks/} says it
 */
@FunctionalInterface
public interface Extension<A> {
    /**
     * Declares it. A resource whose parent is {@code environment} uses its providers: the one cluster, account and region.
     *
     * @return further outputs of the stack, by their names; a name that every environment has already is refused
     */
    Map<String, Output<?>> declare(A application, PreviewEnvironment environment);
}
