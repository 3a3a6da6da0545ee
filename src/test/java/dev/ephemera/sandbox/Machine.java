package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a node could leave on this machine, asked of the kernel. */
record Machine(
        Set<String> interfaces,
        Set<String> addresses,
        Set<String> mounts,
        Set<String> namespaces,
        Set<String> controlGroups,
        Set<String> firewallRules) {

    /**
     * @param nft the program by that name
     */
    static Machine now(Path nft) throws IOException {
        return new Machine(
                lines("ip", "-o", "link"),
                lines("sh", "-c", "ip -o address; ip route show table all"),
                new TreeSet<>(Files.readAllLines(Path.of("/proc/self/mountinfo"))),
                // Namespaces, and with them all firewall rules in them, live as long as a process or a mount holds
                // them.
                lines("lsns", "--noheadings", "--type", "net", "--output", "NS"),
                lines("find", "/sys/fs/cgroup", "-maxdepth", "2", "-name", "ephemera*"),
                lines(nft.toString(), "list", "ruleset"));
    }

    /** What a person would find with ps. */
    static List<String> processesNaming(String text) throws IOException {
        return lines("ps", "-eo", "pid=,stat=,args=").stream()
                .filter(line -> line.contains(text) && !line.contains("surefire"))
                .filter(line -> !line.strip().split(" +")[1].startsWith("Z"))
                .collect(Collectors.toList());
    }

    private static Set<String> lines(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
