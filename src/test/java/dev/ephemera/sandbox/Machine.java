package dev.ephemera.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node could leave on this machine, asked of the kernel, a line for each interface, address, route, mount, control group
 * and firewall rule.
 */
record Machine(Set<String> lines) {

    /**
     * @param nft the program by that name
     */
    static Machine now(Path nft) throws IOException {
        var lines = new TreeSet<String>();
        lines.addAll(output("sh", "-c", "ip -o link | cut -d: -f2-"));
        lines.addAll(output("ip", "-o", "address"));
        lines.addAll(output("ip", "route", "show", "table", "all"));
        lines.addAll(Files.readAllLines(Path.of("/proc/self/mountinfo")));
        lines.addAll(output("find", "/sys/fs/cgroup", "-maxdepth", "2", "-name", "ephemera*"));
        lines.addAll(output(nft.toString(), "list", "ruleset"));
        return new Machine(lines);
    }

    /** What is there that was not there before, but for what other sandboxes have made meanwhile. */
    Set<String> since(Machine before, SandboxDirectory own) throws IOException {
        var network = Addresses.in(own).network();
        var others = Pattern.compile("eph-(?!%1$s)[0-9a-f]{8}|ephemera-(?!%1$s)[0-9a-f]{8}|198\\.1[89]\\.(?!%2$s|%3$s)"
                .formatted(own.hash(), thirdNumber(network.machine()), thirdNumber(network.databases())));
        return lines.stream()
                .filter(line -> !before.lines.contains(line))
                .filter(line -> !others.matcher(line).find())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String thirdNumber(String address) {
        return address.split("\\.")[2] + "\\.";
    }

    /** The network namespaces that a process or a mount holds; all firewall rules in one end with it. */
    static Set<String> networkNamespaces() throws IOException {
        return output("lsns", "--noheadings", "--type", "net", "--output", "NS").stream()
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    /** That of a process. */
    static String networkNamespace(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"))
                .toString()
                .replaceAll("[^0-9]", "");
    }

    /** What a person would find with ps. */
    static List<String> processesNaming(String text) throws IOException {
        return output("ps", "-eo", "pid=,stat=,args=").stream()
                .filter(line -> line.contains(text) && !line.contains("surefire"))
                .filter(line -> !line.strip().split(" +")[1].startsWith("Z"))
                .collect(Collectors.toList());
    }

    private static Set<String> output(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
