package dev.ephemera.engine;

import java.time.Duration;

/**
 * What the engine did to one resource.
 *
 * @param urn whose
 * @param operation as the engine calls it, for example {@code create}
 * @param begin since the update began
 * @param end since the update began
 * @param failed whether it ended with an error
 */
public record Step(String urn, String operation, Duration begin, Duration end, boolean failed) {

    /** The resource's name in the program. */
    public String name() {
        return urn.substring(urn.lastIndexOf("::") + 2);
    }

    /** The resource's type without those of its parents, for example {@code aws:rds/instance:Instance}. */
    public String type() {
        var types = urn.split("::", 4)[2];
        return types.substring(types.lastIndexOf('$') + 1);
    }

    public Duration length() {
        return end.minus(begin);
    }
}
