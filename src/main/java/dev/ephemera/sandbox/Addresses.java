package dev.ephemera.sandbox;

import dev.ephemera.sandbox.node.NodeNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** Where the parts of one sandbox listen. */
record Addresses(Ports ports, NodeNetwork network) {
    private static final int LIMIT_MILLIS = 1_000;

    /** Those that were chosen for this directory; chosen now, when none were. */
    static Addresses in(SandboxDirectory directory) throws IOException {
        return new Addresses(Ports.in(directory.ports()), NodeNetwork.in(directory.network()));
    }

    /** Empty for a part that listens on no port. */
    Optional<InetSocketAddress> of(Part part) {
        return switch (part.place()) {
            case LOOPBACK -> Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.of(part)));
            case MACHINE ->
                Optional.of(new InetSocketAddress(
                        network.machine(), part == Part.APISERVER_LINK ? ports.of(Part.KUBE_APISERVER) : part.port()));
            case NODE -> Optional.of(new InetSocketAddress(network.node(), part.port()));
            case NOWHERE -> Optional.empty();
        };
    }

    /** {@code 127.0.0.1:20001}; "no port" for a part without. */
    String describe(Part part) {
        return of(part).map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .orElse("no port");
    }

    /** Whether somebody accepts connections there; true of a part that listens on no port. */
    boolean answers(Part part) {
        return of(part).map(Addresses::answers).orElse(true);
    }

    private static boolean answers(InetSocketAddress address) {
        try (var socket = new Socket()) {
            // On this machine, so a second is long.
            socket.connect(address, LIMIT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
