package dev.ephemera.sandbox.aws;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Finds out where a configured provider works, and whether it may. */
final class Accounts {
    private final Map<String, String> environment;
    private final URI endpoint;

    /** @param environment of this process: an engine that attaches does not hand over its own */
    Accounts(Map<String, String> environment, URI endpoint) {
        this.environment = environment;
        this.endpoint = endpoint;
    }

    Configuration read(Properties settings) {
        return Configuration.of(settings, environment);
    }

    Account open(Configuration configuration) {
        var region = configuration.region().orElseThrow(() -> new WaitFailure("no AWS region is configured"));
        var aws = AwsClients.of(new AwsClients.Settings(endpoint, region, credentials(configuration)));
        var id = account(aws, configuration);
        configuration.check(id);
        return new Account(aws, id, configuration.defaultTags());
    }

    /** The call that checks the credentials tells the account too; without that check IAM is asked, and STS if it fails. */
    private static String account(AwsClients aws, Configuration configuration) {
        if (configuration.checksCredentials()) {
            try {
                return caller(aws);
            } catch (AwsFailure failure) {
                throw new WaitFailure(
                        "validating provider credentials: retrieving caller identity from STS: " + failure.getMessage(),
                        failure);
            }
        }
        if (!configuration.looksUpAccount()) {
            return "";
        }
        try {
            return AwsClients.call("IAM: GetUser", () -> aws.iam().getUser())
                    .user()
                    .arn()
                    .split(":", -1)[4];
        } catch (AwsFailure notAllowed) {
            return caller(aws);
        }
    }

    private static String caller(AwsClients aws) {
        return AwsClients.call("STS: GetCallerIdentity", () -> aws.sts().getCallerIdentity())
                .account();
    }

    private static AwsCredentials credentials(Configuration configuration) {
        var key = configuration.accessKey();
        var secret = configuration.secretKey();
        if (key.isEmpty() || secret.isEmpty()) {
            throw new WaitFailure("unable to validate AWS credentials. Details: no valid credential sources found. "
                    + "The sandbox's AWS provider takes them from its settings or from AWS_ACCESS_KEY_ID and "
                    + "AWS_SECRET_ACCESS_KEY of the sandbox");
        }
        return configuration
                .token()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(key.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(key.get(), secret.get()));
    }
}
