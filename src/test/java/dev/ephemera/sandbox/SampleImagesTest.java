package dev.ephemera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.config.ApplicationReader;
import dev.ephemera.model.ImageOverrides;
import dev.ephemera.model.JobSpec;
import dev.ephemera.model.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleImagesTest {
    @TempDir
    private Path project;

    private Path sample;
    private Path natsServer;

    @BeforeEach
    void layOut() throws IOException {
        sample = project.resolve("src/sample");
        natsServer = Files.createFile(project.resolve("nats-server"));
        Files.createDirectories(sample.resolve("src/main"));
        Files.createDirectories(sample.resolve("push"));
        Files.writeString(sample.resolve("pom.xml"), "<project/>");
    }

    @Test
    void theSampleHasAnImageForWhateverTheStacksDeploy() {
        var shop = new ImageOverrides(Map.of(), Optional.of(SampleImages.SECOND_TAG), Map.of())
                .appliedTo(ApplicationReader.read(Path.of("stacks")));
        var deployed = Stream.concat(
                        shop.workloads().values().stream().map(WorkloadSpec::image),
                        shop.jobs().values().stream().map(JobSpec::image))
                .map(image -> image.value());
        assertThat(deployed)
                .containsOnly(
                        "registry.example.com/shop/web:1.1",
                        "registry.example.com/shop/api:1.1",
                        "registry.example.com/shop/worker:1.1",
                        SampleImages.BROKER);
    }

    @Test
    void whatIsThereAndUnchangedIsNotBuiltAgain() throws IOException {
        var images = new SampleImages(project, natsServer);
        Files.createDirectories(sample.resolve("target/images"));
        Files.writeString(sample.resolve("target/images.key"), SampleKey.of(sample, natsServer));
        for (var archive : images.archives()) {
            Files.createFile(archive);
        }
        var said = new ArrayList<String>();
        assertThat(images.provide(said::add)).hasSize(7).isEqualTo(images.archives());
        assertThat(said).isEmpty();
    }

    @Test
    void aChangedSourceAndAnotherBrokerAskForOtherImagesATestDoesNot() throws IOException {
        var before = SampleKey.of(sample, natsServer);
        Files.createDirectories(sample.resolve("src/test"));
        Files.writeString(sample.resolve("src/test/ATest.java"), "class ATest {}");
        assertThat(SampleKey.of(sample, natsServer)).isEqualTo(before);
        Files.writeString(sample.resolve("push/V3.sql"), "select 1");
        var pushed = SampleKey.of(sample, natsServer);
        assertThat(pushed).isNotEqualTo(before);
        assertThat(SampleKey.of(sample, Files.createFile(project.resolve("other"))))
                .isNotEqualTo(pushed);
    }
}
