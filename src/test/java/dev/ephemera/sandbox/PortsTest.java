package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path directory;

    @Test
    void aSandboxKeepsItsPorts() throws Exception {
        var file = directory.resolve("ports");

        assertThat(Ports.in(file)).isEqualTo(Ports.in(file));
    }

    @Test
    void everyPartOnTheLoopbackNetworkHasAPortOfItsOwn() {
        var ports = new Ports(20_000);

        assertThat(Arrays.stream(Part.values())
                        .filter(part -> part.place() == Part.Place.LOOPBACK)
                        .map(ports::of))
                .doesNotHaveDuplicates()
                .doesNotContain(ports.etcdPeer());
    }

    @Test
    void aBlockInWhichSomebodyListensIsLeftOut() throws Exception {
        var file = directory.resolve("ports");
        var wanted = Ports.in(file);
        java.nio.file.Files.delete(file);
        try (var other = new ServerSocket(wanted.of(Part.MOTO), 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(other.getLocalPort())).isFalse();

            assertThat(Ports.in(file)).isNotEqualTo(wanted);
        }
    }
}
