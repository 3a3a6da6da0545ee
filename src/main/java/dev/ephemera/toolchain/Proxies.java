package dev.ephemera.toolchain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The proxies of {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, as Go and pip read them; Java does not. */
final class Proxies extends ProxySelector {
    private final Map<String, String> environment;

    Proxies(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(@Nullable URI address) {
        if (address == null || address.getHost() == null || isLocal(address.getHost()) || excepted(address.getHost())) {
            return List.of(Proxy.NO_PROXY);
        }
        String proxy = variable(address.getScheme() + "_proxy");
        if (proxy.isEmpty()) {
            return List.of(Proxy.NO_PROXY);
        }
        try {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port)));
        } catch (IllegalArgumentException e) {
            // Not to be understood here; the direct way then fails or not, and a build has its own idea of proxies.
            return List.of(Proxy.NO_PROXY);
        }
    }

    @Override
    public void connectFailed(@Nullable URI address, @Nullable SocketAddress proxy, @Nullable IOException reason) {
        // The caller is told by the exception.
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private boolean excepted(String host) {
        for (String entry : variable("no_proxy").split(",")) {
            String domain = entry.strip().replaceFirst("^\\*?\\.", "");
            if (entry.strip().equals("*")
                    || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
                return true;
            }
        }
        return false;
    }

    private String variable(String name) {
        String lower = environment.getOrDefault(name, "");
        return lower.isEmpty() ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "") : lower;
    }
}
