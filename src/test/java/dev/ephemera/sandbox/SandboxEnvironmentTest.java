package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephemera.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxEnvironmentTest {
    private static final Path TRUSTED = Path.of("/somewhere/trusted.pem");

    private final SandboxDirectory directory = new SandboxDirectory(Path.of("/somewhere/box"));

    @ParameterizedTest(name = "<{0}>")
    @ValueSource(strings = {"", "plain", "two words", "it's", "''", "$HOME `id` $(id) \\ \" ! *", "a\nb", "-n", "ä€"})
    void aShellGetsEachValueAsItIs(String value) throws Exception {
        var lines = environment(Map.of("VALUE", value)).toShell(0);

        assertThat(shell(lines + "printf %s \"$VALUE\"")).isEqualTo(value);
    }

    @Test
    void theCommandIsWhatFollowsTheOptions() throws Exception {
        var lines = environment(Map.of()).toShell(2);

        assertThat(shell("set -- --restore-time 1s echo 'a b'\n" + lines + "exec \"$@\""))
                .isEqualTo("a b\n");
    }

    @Test
    void withARealNodeTheCommandLooksNamesUpInTheSandbox() {
        var environment = SandboxEnvironment.of(
                directory, new Ports(20_000), Optional.of(Path.of("/some where/resolv.conf")), TRUSTED);

        assertThat(environment.toShell(0)).contains("unshare --mount").contains("'/some where/resolv.conf'");
        assertThat(environment.limitedTo(options("--kubernetes=mine")).toShell(0))
                .doesNotContain("unshare");
    }

    @Test
    void aVariableThatMustNotBeSeenIsRemoved() throws Exception {
        var lines = new SandboxEnvironment(new TreeMap<>(), new TreeSet<>(List.of("SECRET_ONE"))).toShell(0);

        assertThat(shell("export SECRET_ONE=x\n" + lines + "printf %s \"${SECRET_ONE-gone}\""))
                .isEqualTo("gone");
    }

    @Test
    void aNameThatAShellWouldRunAsACommandIsLeftOut() {
        var lines = new SandboxEnvironment(new TreeMap<>(), new TreeSet<>(List.of("AWS_X; id"))).toShell(0);

        assertThat(lines).isEqualTo("shift 0\n");
    }

    @Test
    void aDevelopersRealCredentialsAreNeverUsed() {
        var caller = Map.of(
                "AWS_PROFILE", "production",
                "AWS_SESSION_TOKEN", "real",
                "AWS_ROLE_ARN", "arn:aws:iam::1:role/x",
                "AWS_ENDPOINT_URL_RDS", "https://rds.example.com",
                "AWS_ACCESS_KEY_ID", "AKIAREAL",
                "AWS_SECRET_ACCESS_KEY", "real");

        var seen = SandboxEnvironment.of(directory, new Ports(20_000), Optional.empty(), TRUSTED)
                .over(caller, directory);

        assertThat(seen.unset()).contains("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_ENDPOINT_URL_RDS");
        assertThat(seen.set())
                .containsEntry("AWS_ACCESS_KEY_ID", "sandbox")
                .containsEntry("AWS_SECRET_ACCESS_KEY", "sandbox")
                .containsEntry("AWS_ENDPOINT_URL", "http://127.0.0.1:20005");
        assertThat(seen.set().values()).noneMatch(value -> value.contains("real"));
    }

    @Test
    void ourProgramsComeFirstOnThePathAndOnlyOnce() {
        var once = environment(Map.of()).over(Map.of("PATH", "/bin"), directory);
        var twice = environment(Map.of()).over(once.set(), directory);

        assertThat(once.set()).containsEntry("PATH", "/somewhere/box/sandbox/bin:/bin");
        assertThat(twice.set()).containsEntry("PATH", "/somewhere/box/sandbox/bin:/bin");
    }

    @Test
    void aProxyIsNotAskedForThisMachine() {
        var seen = environment(Map.of()).over(Map.of("NO_PROXY", "corp.example.com"), directory);

        assertThat(seen.set())
                .containsEntry("NO_PROXY", "corp.example.com,127.0.0.1,localhost")
                .containsEntry("no_proxy", "127.0.0.1,localhost");
    }

    @Test
    void withAClusterOfOnesOwnItsKubeconfigStays() {
        var mine = SandboxEnvironment.of(directory, new Ports(20_000), Optional.empty(), TRUSTED)
                .limitedTo(options("--kubernetes=mine"));

        assertThat(mine.set()).doesNotContainKey("KUBECONFIG").containsKey("PULUMI_DEBUG_PROVIDERS");
        assertThat(mine.unset()).doesNotContain("KUBECONFIG");
    }

    @Test
    void withTheOfficialProviderTheEngineIsNotLedToOurs() {
        var official = SandboxEnvironment.of(directory, new Ports(20_000), Optional.empty(), TRUSTED)
                .limitedTo(options("--aws-provider=official"));

        assertThat(official.set()).doesNotContainKey("PULUMI_DEBUG_PROVIDERS").containsKey("KUBECONFIG");
        assertThat(official.unset()).contains("PULUMI_DEBUG_PROVIDERS");
    }

    @Test
    void itsFileHoldsAllOfIt() {
        var written = SandboxEnvironment.of(directory, new Ports(20_000), Optional.empty(), TRUSTED);

        assertThat(SandboxEnvironment.fromLines(written.toLines().lines().toList()))
                .isEqualTo(written);
    }

    @Test
    void aLineBreakIsRefusedInTheFile() {
        assertThatThrownBy(() -> environment(Map.of("A", "b\nPATH=/evil")).toLines())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("A would have a line break");
    }

    private static SandboxOptions options(String... arguments) {
        return SandboxOptions.parse(List.of(arguments));
    }

    private static SandboxEnvironment environment(Map<String, String> set) {
        return new SandboxEnvironment(new TreeMap<>(set), new TreeSet<>());
    }

    private static String shell(String script) throws Exception {
        var process =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
