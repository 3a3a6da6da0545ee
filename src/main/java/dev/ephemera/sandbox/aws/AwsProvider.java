package dev.ephemera.sandbox.aws;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The AWS provider's stand-in as a process: {@code --port N --restore-time-file F}. An engine attaches to it with
 * {@code PULUMI_DEBUG_PROVIDERS=aws:N}. Credentials, region and the AWS to call come from its own environment
 * ({@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL}).
 */
@Command(name = "aws-provider", description = "Serves the AWS provider of the sandbox on the loopback interface.")
public final class AwsProvider implements AutoCloseable {
    private static final int MOST_BYTES_IN_A_MESSAGE = 64 * 1024 * 1024;

    private static final int SECONDS_TO_END = 5;

    private final Server server;
    private final Connection.Transports transports;

    private AwsProvider(Server server, Connection.Transports transports) {
        this.server = server;
        this.transports = transports;
    }

    /** Serves until it is told to stop by a signal. Prints the port once it answers. */
    public static void main(String[] arguments) {
        var command = new Arguments();
        var line = new CommandLine(command);
        try {
            line.parseArgs(arguments);
        } catch (CommandLine.ParameterException wrong) {
            System.err.println("aws-provider: " + wrong.getMessage() + "; want --port N --restore-time-file F");
            System.exit(Exit.USAGE.code());
            return;
        }
        try (var provider = start(command.port, command.restoreTimeFile, System.getenv())) {
            // A signal ends the process through this hook: engines still hear what they have made.
            Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
            System.out.println(provider.port());
            provider.server.awaitTermination();
        } catch (Failure failure) {
            System.err.println("aws-provider: " + failure.getMessage());
            System.exit(failure.exit().code());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts serving.
     *
     * @param port 0 for any free one
     * @param restoreTimeFile holds the restore time, such as {@code 2s}; read at each wait
     */
    static AwsProvider start(int port, Path restoreTimeFile, Map<String, String> environment) {
        var endpoint = environment.get("AWS_ENDPOINT_URL");
        if (endpoint == null || endpoint.isBlank()) {
            // Without one the SDK would call the real AWS, with whatever credentials it finds.
            throw new Failure(
                    Exit.USAGE,
                    "AWS_ENDPOINT_URL is not set; the sandbox's AWS provider only works against the sandbox's own AWS, so "
                            + "start it with `ci/sandbox`");
        }
        var accounts = new Accounts(environment, URI.create(endpoint));
        var transports = new Connection.Transports();
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .maxInboundMessageSize(MOST_BYTES_IN_A_MESSAGE)
                .addTransportFilter(transports)
                .intercept(new Connection.Calls())
                .addService(new ProviderService(accounts, environment, new Pace(restoreTimeFile)))
                .build();
        try {
            return new AwsProvider(server.start(), transports);
        } catch (IOException taken) {
            throw new Failure(
                    Exit.FAILED,
                    "the sandbox's AWS provider cannot listen on 127.0.0.1:" + port + " (" + taken.getMessage()
                            + "); stop what uses that port, or choose another",
                    taken);
        }
    }

    int port() {
        return server.getPort();
    }

    /** Ends the waits, lets the answers go out, and stops. */
    @Override
    public void close() {
        server.shutdown();
        transports.cancelAll();
        try {
            if (!server.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static final class Arguments {
        @Option(names = "--port", required = true)
        private int port;

        @Option(names = "--restore-time-file", required = true)
        private Path restoreTimeFile = Path.of("");
    }
}
