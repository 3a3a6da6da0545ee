package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;

import java.util.Map;
import java.util.Set;

/** {@code aws:index/getCallerIdentity:getCallerIdentity}. */
final class GetCallerIdentity implements CloudFunction {
    @Override
    public String token() {
        return "aws:index/getCallerIdentity:getCallerIdentity";
    }

    @Override
    public Set<String> arguments() {
        return Set.of("id");
    }

    @Override
    public Map<String, Object> call(Operation operation, Properties arguments) {
        return about("reading STS Caller Identity", () -> {
            var caller = AwsClients.call(
                    "STS: GetCallerIdentity", () -> operation.aws().sts().getCallerIdentity());
            return Map.of(
                    "id", caller.account(),
                    "accountId", caller.account(),
                    "arn", caller.arn(),
                    "userId", caller.userId());
        });
    }
}
