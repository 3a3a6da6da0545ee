package dev.ephemera.sandbox.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients of one region and one set of credentials. They hold no state of a provider instance, so instances with the
 * same settings share them; each is made when it is first needed.
 */
final class AwsClients {
    private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(30);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(90);
    private static final Map<Settings, AwsClients> SHARED = new ConcurrentHashMap<>();
    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(10))
            .socketTimeout(ATTEMPT_LIMIT)
            .build();

    private final Settings settings;
    private final Map<Class<?>, Object> clients = new ConcurrentHashMap<>();

    /** Where and as whom AWS is called. */
    record Settings(URI endpoint, String region, AwsCredentials credentials) {}

    private AwsClients(Settings settings) {
        this.settings = settings;
    }

    static AwsClients of(Settings settings) {
        return SHARED.computeIfAbsent(settings, AwsClients::new);
    }

    String region() {
        return settings.region();
    }

    RdsClient rds() {
        return client(RdsClient.class, RdsClient::builder);
    }

    Route53Client route53() {
        return client(Route53Client.class, Route53Client::builder);
    }

    Ec2Client ec2() {
        return client(Ec2Client.class, Ec2Client::builder);
    }

    SqsClient sqs() {
        return client(SqsClient.class, SqsClient::builder);
    }

    StsClient sts() {
        return client(StsClient.class, StsClient::builder);
    }

    IamClient iam() {
        return client(IamClient.class, IamClient::builder);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            Class<C> type, Supplier<B> builder) {
        return type.cast(clients.computeIfAbsent(
                type,
                absent -> builder.get()
                        .httpClient(HTTP)
                        .endpointOverride(settings.endpoint())
                        .region(Region.of(settings.region()))
                        .credentialsProvider(StaticCredentialsProvider.create(settings.credentials()))
                        .overrideConfiguration(ClientOverrideConfiguration.builder()
                                .apiCallAttemptTimeout(ATTEMPT_LIMIT)
                                .apiCallTimeout(CALL_LIMIT)
                                .build())
                        .build()));
    }

    /**
     * Makes a call; a refusal becomes an {@link AwsFailure} that reads as the official provider's.
     *
     * @param action service and action, as in {@code RDS: DeleteDBInstance}
     */
    static <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (AwsServiceException refused) {
            var details = refused.awsErrorDetails();
            var code = details == null || details.errorCode() == null ? "" : details.errorCode();
            var text = details == null || details.errorMessage() == null ? "" : details.errorMessage();
            // What the service's model names prints bare, anything else as "api error", as in the Go SDK.
            var modelled = refused.getClass().getSuperclass() != AwsServiceException.class;
            throw new AwsFailure(
                    code,
                    "operation error " + action + ", https response error StatusCode: " + refused.statusCode()
                            + ", RequestID: " + refused.requestId() + ", " + (modelled ? "" : "api error ") + code
                            + ": " + text,
                    refused);
        } catch (SdkException noAnswer) {
            throw new AwsFailure(
                    "",
                    "operation error " + action + ", request send failed: " + noAnswer.getMessage()
                            + " (is the sandbox's AWS still running?)",
                    noAnswer);
        }
    }
}
