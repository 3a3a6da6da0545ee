package dev.ephemera.sandbox.aws;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One engine's one provider instance. An engine that attaches opens a connection for each of its provider instances
 * (default and explicit, of every stack at once), and all of them meet the same process: what belongs to one of them
 * hangs here, on its connection.
 *
 * <p>A connection on which nothing happens for half an hour is closed by the engine's side and opened anew, unconfigured;
 * then {@link #account()} says so instead of working with somebody else's settings.
 */
final class Connection {
    private static final Attributes.Key<Connection> ATTRIBUTE = Attributes.Key.create("connection");
    private static final Context.Key<Connection> CURRENT = Context.key("connection");

    private final Cancellation cancellation = new Cancellation();
    private volatile @Nullable Account account;

    Cancellation cancellation() {
        return cancellation;
    }

    void configure(Account configured) {
        account = configured;
    }

    /** Empty before the engine has configured this instance. */
    Optional<Account> configured() {
        return Optional.ofNullable(account);
    }

    Account account() {
        return configured()
                .orElseThrow(() -> new Failure(
                        Exit.FAILED,
                        "the AWS provider on this connection has no configuration (the connection was idle for long, or "
                                + "the sandbox was restarted during the update); run the command again"));
    }

    /** The connection over which the current call came. */
    static Connection current() {
        var connection = CURRENT.get();
        if (connection == null) {
            throw new IllegalStateException("not called through the server that knows connections");
        }
        return connection;
    }

    /** Gives each connection its own state, and ends its waits with it: an engine that is gone waits for nothing. */
    static final class Transports extends ServerTransportFilter {
        private final Set<Connection> open = ConcurrentHashMap.newKeySet();

        /** Ends all waits, so that every engine still gets to know what it has made. */
        void cancelAll() {
            open.forEach(connection -> connection.cancellation.cancel());
        }

        @Override
        public Attributes transportReady(Attributes attributes) {
            var connection = new Connection();
            open.add(connection);
            return attributes.toBuilder().set(ATTRIBUTE, connection).build();
        }

        @Override
        public void transportTerminated(Attributes attributes) {
            var connection = attributes == null ? null : attributes.get(ATTRIBUTE);
            if (connection != null) {
                open.remove(connection);
                connection.cancellation.cancel();
            }
        }
    }

    /** Makes the connection known to the methods that serve its calls. */
    static final class Calls implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            var connection = call.getAttributes().get(ATTRIBUTE);
            return Contexts.interceptCall(Context.current().withValue(CURRENT, connection), call, headers, next);
        }
    }
}
