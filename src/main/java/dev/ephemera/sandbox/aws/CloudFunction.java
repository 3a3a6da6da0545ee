package dev.ephemera.sandbox.aws;

import java.util.Map;
import java.util.Set;

/** A function that looks something up in AWS and changes nothing. */
interface CloudFunction {

    /** As in the SDK: {@code aws:route53/getZone:getZone}. */
    String token();

    /** The arguments it takes; any other is refused by name. */
    Set<String> arguments();

    /** Null values are left out of the answer. */
    Map<String, Object> call(Operation operation, Properties arguments);
}
