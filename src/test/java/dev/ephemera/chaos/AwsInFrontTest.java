package dev.ephemera.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsInFrontTest {
    private static final String DELETE = "Action=DeleteDBInstance&DBInstanceIdentifier=x";
    private static final String DESCRIBE = "Action=DescribeDBInstances";

    private final List<String> carriedOut = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer aws;
    private AwsInFront front;

    @BeforeEach
    void open() throws IOException {
        aws = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        aws.createContext("/", exchange -> {
            carriedOut.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        aws.start();
        front = new AwsInFront(address());
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + aws.getAddress().getPort());
    }

    @AfterEach
    void close() {
        front.close();
        aws.stop(0);
    }

    private int call(AwsInFront through, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(through.endpoint()))
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/rds/aws4_request")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    @Test
    void withoutAFaultItIsNotThere() throws Exception {
        assertThat(call(front, DELETE)).isEqualTo(200);
        assertThat(carriedOut).containsExactly(DELETE);
    }

    @Test
    void anAnswerIsLostAfterTheCallWasCarriedOutAndOnlyOneThatChangesSomething() throws Exception {
        var armed = front.arm(Fault.ANSWER_LOST, 1);
        assertThat(call(front, DESCRIBE)).isEqualTo(200);
        assertThat(armed.hits()).isZero();

        assertThatThrownBy(() -> call(front, DELETE)).isInstanceOf(IOException.class);

        assertThat(carriedOut).contains(DELETE);
        assertThat(armed.isUsedUp()).isTrue();
        assertThat(call(front, DELETE)).as("the next one").isEqualTo(200);
    }

    @Test
    void whatIsThrottledOrRefusedIsNotCarriedOut() throws Exception {
        front.arm(Fault.THROTTLED, 1);
        assertThat(call(front, DELETE)).isEqualTo(400);
        var refused = front.arm(Fault.REFUSED, 2);
        assertThat(call(front, DELETE)).isEqualTo(503);
        front.disarm(refused);
        assertThat(carriedOut).isEmpty();
        assertThat(refused.hits()).isEqualTo(1);
        assertThat(call(front, DELETE)).isEqualTo(200);
    }

    @Test
    void aRestoreIsCountedForWhomItsTagsName() throws Exception {
        call(front, "Action=RestoreDBInstanceFromDBSnapshot&Tags.Tag.1.Value=pr-7");
        assertThat(front.restores(7)).isEqualTo(1);
        assertThat(front.restores(71)).isZero();
    }

    @Test
    void oneThatHidesDatabasesStillCarriesOutTheRest() throws Exception {
        try (var blind = AwsInFront.withoutDatabases(address())) {
            assertThat(call(blind, DESCRIBE)).isEqualTo(200);
            assertThat(carriedOut).isEmpty();
            call(blind, DELETE);
            assertThat(carriedOut).containsExactly(DELETE);
        }
    }
}
