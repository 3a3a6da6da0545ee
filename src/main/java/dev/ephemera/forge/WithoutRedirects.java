package dev.ephemera.forge;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Configuration;
import java.util.concurrent.Future;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;
import org.glassfish.jersey.client.spi.ConnectorProvider;

/**
 * Goes to no other server than the one that was asked: the JDK's client would take the token there. GitLab's library insists
 * on following, and makes this by its name.
 */
public final class WithoutRedirects implements ConnectorProvider {
    @Override
    public Connector getConnector(Client client, Configuration configuration) {
        return new Staying(new HttpUrlConnectorProvider().getConnector(client, configuration));
    }

    private record Staying(Connector connector) implements Connector {
        @Override
        public ClientResponse apply(ClientRequest request) {
            return connector.apply(staying(request));
        }

        @Override
        public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
            return connector.apply(staying(request), callback);
        }

        private static ClientRequest staying(ClientRequest request) {
            request.setProperty(ClientProperties.FOLLOW_REDIRECTS, false);
            return request;
        }

        @Override
        public String getName() {
            return connector.getName();
        }

        @Override
        public void close() {
            connector.close();
        }
    }
}
