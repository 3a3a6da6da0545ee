package dev.ephemera.cloud;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** How every client of AWS here is made, and how its failures are told. */
final class AwsRequests {
    private AwsRequests() {}

    /** The JDK's own HTTP connection: it starts fastest, and nothing here makes many requests at once. */
    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String region) {
        return builder.region(Region.of(region))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** What {@code request} answers; a {@link Failure} that names {@code what} could not be done otherwise. */
    static <T> T answer(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new Failure(Exit.UNDECIDED, "%s failed: %s".formatted(what, e.getMessage()), e);
        }
    }
}
