package dev.ephemera.sandbox;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The ports of one sandbox on 127.0.0.1: a block of eight, one for each part and one between etcd and itself. They are
 * chosen once, so that a part that is started again answers where the others look for it.
 *
 * @param first the lowest of the block
 */
record Ports(int first) {
    private static final int BLOCK = 8;

    /** 20000 to 31999: below what Linux and macOS hand out to outgoing connections, so that a port stays free. */
    private static final int LOWEST = 20_000;

    private static final int BLOCKS = 1_500;

    /** What the file says; chosen and written when there is none. */
    static Ports in(Path file) throws IOException {
        try {
            return new Ports(Integer.parseInt(Files.readString(file).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return choose(file);
        }
    }

    private static Ports choose(Path file) throws IOException {
        // Begins at a place of its own for each directory: two that are started together do not meet.
        var start = Math.floorMod(file.toString().hashCode(), BLOCKS);
        for (var i = 0; i < BLOCKS; i++) {
            var ports = new Ports(LOWEST + (start + i) % BLOCKS * BLOCK);
            if (ports.areAllFree()) {
                WholeFile.write(file, ports.first + "\n");
                return ports;
            }
        }
        throw new Failure(
                Exit.FAILED,
                "no eight free ports in a row from " + LOWEST + " to " + (LOWEST + BLOCKS * BLOCK - 1)
                        + " on 127.0.0.1; end what listens there");
    }

    /** Of a part that listens on the loopback network. */
    int of(Part part) {
        if (part.place() != Part.Place.LOOPBACK) {
            throw new IllegalArgumentException(part + " has none of these ports");
        }
        return first + part.port();
    }

    int etcdPeer() {
        return first + BLOCK - 1;
    }

    private boolean areAllFree() {
        for (var port = first; port < first + BLOCK; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
