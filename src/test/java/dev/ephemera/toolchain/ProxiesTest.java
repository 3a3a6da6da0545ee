package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private static final URI SOMEWHERE = URI.create("https://dl.example.com/file");

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy.example:3128, 3128",
        "https_proxy, proxy.example:8080, 8080",
        "HTTPS_PROXY, http://user:secret@proxy.example, 80"
    })
    void comeFromTheEnvironment(String variable, String value, int port) {
        List<Proxy> proxies = new Proxies(Map.of(variable, value)).select(SOMEWHERE);
        assertThat(proxies).hasSize(1);
        assertThat((InetSocketAddress) proxies.get(0).address())
                .extracting(InetSocketAddress::getHostString, InetSocketAddress::getPort)
                .containsExactly("proxy.example", port);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"example.com", ".example.com", "other, dl.example.com", "*"},
            delimiter = '|')
    void leaveOutWhatTheEnvironmentExcepts(String exceptions) {
        assertThat(new Proxies(Map.of("HTTPS_PROXY", "http://proxy:1", "NO_PROXY", exceptions)).select(SOMEWHERE))
                .containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void areNotUsedForThisMachineNorForAHostWhoseNameOnlyEndsAlike() {
        var proxies =
                new Proxies(Map.of("HTTP_PROXY", "http://p:1", "HTTPS_PROXY", "http://p:1", "NO_PROXY", "ample.com"));
        assertThat(proxies.select(URI.create("http://127.0.0.1:8080/"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies.select(SOMEWHERE)).doesNotContain(Proxy.NO_PROXY);
    }
}
