package dev.ephemera.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real ci/launch in a project of its own, with a Maven, a Java and a jar tool that only note that they were called. */
@Timeout(60)
class LaunchTest {
    @TempDir
    private Path project;

    private Path jar;
    private Path builds;

    @BeforeEach
    void layOut() throws IOException {
        jar = project.resolve("target/ephemera.jar");
        builds = project.resolve("builds");
        Files.createDirectories(project.resolve("ci"));
        Files.createDirectories(project.resolve("src/main/java"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.copy(Path.of("ci/launch"), project.resolve("ci/launch"), StandardCopyOption.COPY_ATTRIBUTES);
        Scripts.write(bin(), "java", "echo \"java $*\"");
        Scripts.write(bin(), "javac", "");
        Scripts.write(bin(), "jar", "grep -q whole target/ephemera.jar");
        maven("echo whole > target/ephemera.jar");
    }

    @Test
    void buildsOnceAndStartsJavaWithTheArgumentsAsTheyAre() throws Exception {
        assertThat(launch("a.B", "one two", "$x"))
                .isEqualTo(new Result(
                        0,
                        "Building target/ephemera.jar (a minute or two the first time, 20 s later) ...\n"
                                + "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dephemera.root="
                                + project
                                + " -cp " + jar + " a.B one two $x\n"));
        assertThat(launch("a.B").output()).doesNotContain("Building");
        assertThat(builds).content().hasLineCount(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerAndWhenOneIsGone() throws Exception {
        Path source = Files.writeString(project.resolve("src/main/java/A.java"), "a");
        launch("a.B");
        tomorrow(source);
        launch("a.B");
        assertThat(builds).content().hasLineCount(2);
    }

    @Test
    void buildsAgainWhenASourceWasSavedDuringTheBuild() throws Exception {
        maven("sleep 0.2; touch src/main/java/A.java; sleep 0.2; echo whole > target/ephemera.jar");
        launch("a.B");
        launch("a.B");
        assertThat(builds).content().hasLineCount(2);
    }

    @Test
    void doesNotBelieveAJarThatAKilledBuildLeft() throws Exception {
        launch("a.B");
        Files.writeString(jar, "half");
        tomorrow(jar);
        launch("a.B");
        assertThat(builds).content().hasLineCount(2);
    }

    @Test
    void believesAWholeJarThatSomebodyBuiltByHand() throws Exception {
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "whole");
        assertThat(launch("a.B").output()).startsWith("java ");
        assertThat(builds).doesNotExist();
    }

    @Test
    void buildsOnceWhenTwoAreStartedAtTheSameTime() throws Exception {
        maven("sleep 1; echo whole > target/ephemera.jar");
        Process first = start("a.B");
        Process second = start("a.B");
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds).content().hasLineCount(1);
    }

    @Test
    void buildsOnceWithoutFlockAsWell() throws Exception {
        onlyTheseSystemTools();
        maven("sleep 1; echo whole > target/ephemera.jar");
        Process first = start("a.B");
        Process second = start("a.B");
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(builds).content().hasLineCount(1);
        assertThat(project.resolve("target/.build.lock.d")).doesNotExist();
    }

    @Test
    void takesOverALockWithoutFlockWhoseOwnerIsGone() throws Exception {
        onlyTheseSystemTools();
        Process gone = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        gone.waitFor();
        Path lock = Files.createDirectories(project.resolve("target/.build.lock.d"));
        Files.writeString(lock.resolve("owner"), gone.pid() + "\n");
        assertThat(launch("a.B").exit()).isZero();
    }

    @Test
    void showsWhatMavenSaidWhenTheBuildFails() throws Exception {
        maven("echo '[ERROR] A.java:[1,2] broken'; exit 1");
        Result result = launch("a.B");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output())
                .contains("[ERROR] A.java:[1,2] broken\nci/launch: target/ephemera.jar could not be built")
                .doesNotContain("java -XX");
    }

    @Test
    void saysHowToGetWhatIsMissing() throws Exception {
        onlyTheseSystemTools();
        Files.delete(bin().resolve("mvn"));
        assertThat(launch("a.B"))
                .isEqualTo(new Result(
                        2,
                        "ci/launch: mvn is missing: install Maven, 3.8 or newer (Debian: apt-get install maven; macOS: brew"
                                + " install maven), and run again\n"));
        Files.delete(bin().resolve("java"));
        assertThat(launch("a.B").output()).startsWith("ci/launch: java is missing: install a JDK");
    }

    private record Result(int exit, String output) {}

    private String path = "";

    private Result launch(String... arguments) throws Exception {
        Process process = start(arguments);
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private Process start(String... arguments) throws IOException {
        var line =
                new java.util.ArrayList<>(List.of(project.resolve("ci/launch").toString()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().put("PATH", path.isEmpty() ? bin() + ":" + Scripts.SYSTEM_PATH : path);
        return builder.start();
    }

    private void maven(String body) throws IOException {
        Scripts.write(bin(), "mvn", "echo build >> " + builds + "\nmkdir -p target\n" + body);
    }

    /** As on a system without flock, and without a Maven or Java of its own. */
    private void onlyTheseSystemTools() throws IOException {
        for (String tool : List.of(
                "bash", "cat", "env", "find", "grep", "head", "mkdir", "mv", "rm", "sh", "sleep", "tail", "touch")) {
            Path original = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Scripts.write(bin(), tool, "exec " + original + " \"$@\"");
        }
        path = bin().toString();
    }

    private Path bin() {
        return project.resolve("bin");
    }

    private static void tomorrow(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(86_400)));
    }
}
