package dev.ephemera.sandbox.node;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where the programs of a real node are.
 *
 * @param ctr containerd's command line
 * @param cniPlugins a directory
 * @param traefikDefinitions a directory: the definitions of Traefik's own kinds
 * @param busybox one without shared libraries: the only program of the image that holds a pod's namespaces
 * @param searchPath the directories of what these start by name, for PATH: containerd's shim, runc, iptables, ipset, nft
 */
public record NodePrograms(
        Path containerd,
        Path ctr,
        Path kubelet,
        Path kubeProxy,
        Path kubeRouter,
        Path coreDns,
        Path traefik,
        Path traefikDefinitions,
        Path etcd,
        Path cniPlugins,
        Path busybox,
        Path nft,
        String searchPath) {

    /** Changes when a program is another one. */
    public String version() {
        return Integer.toHexString(toString().hashCode());
    }

    /** The directories that hold all these, and what they are linked to. The system's own are left out. */
    Set<Path> directories() {
        var directories = new TreeSet<Path>();
        Stream.of(containerd, ctr, kubelet, kubeProxy, kubeRouter, traefik, busybox)
                .map(Path::getParent)
                .map(Objects::requireNonNull)
                .forEach(directories::add);
        directories.add(cniPlugins);
        for (var directory : searchPath.split(":", -1)) {
            directories.add(Path.of(directory));
        }
        // Programs of packages are linked from "bin" to "packages" beside it.
        var whole = new TreeSet<Path>();
        for (var directory : directories) {
            var name = Objects.requireNonNull(directory.getFileName()).toString();
            whole.add(
                    name.equals("bin") || name.equals("cni")
                            ? Objects.requireNonNull(directory.getParent())
                            : directory);
        }
        whole.removeIf(directory -> Stream.of("/", "/usr", "/bin", "/sbin", "/lib", "/opt")
                .anyMatch(system -> directory.equals(Path.of(system)) || directory.startsWith("/usr")));
        return whole;
    }
}
