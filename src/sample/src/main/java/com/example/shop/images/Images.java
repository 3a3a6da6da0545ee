package com.example.shop.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the shop's images as archives, from what is on this machine: no registry, no daemon, no base image.
 *
 * <p>web, api and worker have the same layers and differ in the program that they start, so a node unpacks each layer once.
 */
public final class Images {
    private static final String REPOSITORY = "registry.example.com/shop/";
    /** A user whom nobody else is; pods that must not run as root want a number. */
    private static final String NOBODY = "65532:65532";

    private final Path target;

    private Images(Path target) {
        this.target = target;
    }

    /**
     * @param arguments the project's directory, the tags of the first and of the second release, the broker's image, and the
     *     {@code nats-server} that goes into it, "none" for no such image
     */
    public static void main(String[] arguments) throws Exception {
        var project = Path.of(arguments[0]);
        var images = new Images(project.resolve("target"));
        Files.createDirectories(images.archives());
        var application = Application.make(project.resolve("target"));
        var releases = new Releases(project);
        images.shop(application, releases.first(arguments[1]), arguments[1]);
        images.shop(application, releases.second(arguments[2]), arguments[2]);
        if (!arguments[4].equals("none")) {
            images.broker(arguments[3], Path.of(arguments[4]));
        }
    }

    private void shop(Application application, Path release, String tag) throws Exception {
        var releaseLayer = FileEntriesLayer.builder()
                .setName("release")
                .addEntry(release, Application.HOME.resolve("lib/app/" + Application.RELEASE_JAR))
                .build();
        for (var program : List.of("web", "api", "worker")) {
            var image = scratch(List.of(application.platform(), application.programs(), releaseLayer))
                    .setEnvironment(Map.of("PATH", Application.HOME + "/bin"))
                    .setEntrypoint(Application.HOME + "/bin/" + program);
            if (!program.equals("worker")) {
                image.setExposedPorts(Port.tcp(8080));
            }
            write(image, REPOSITORY + program + ":" + tag, program + "-" + tag);
        }
    }

    private void broker(String name, Path server) throws Exception {
        var layer = new Layer("nats-server").add(server, AbsoluteUnixPath.get("/nats-server"));
        var image =
                scratch(List.of(layer.build())).setEntrypoint("/nats-server").setExposedPorts(Port.tcp(4222));
        write(image, name, "nats");
    }

    private static JibContainerBuilder scratch(List<FileEntriesLayer> layers) {
        var processor = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return Jib.fromScratch()
                .setPlatforms(Set.of(new Platform(processor, "linux")))
                .setFileEntriesLayers(layers)
                .setUser(NOBODY);
    }

    private void write(JibContainerBuilder image, String name, String file) throws Exception {
        var cache = target.resolve("layers");
        image.containerize(
                Containerizer.to(TarImage.at(archives().resolve(file + ".tar")).named(ImageReference.parse(name)))
                        .setApplicationLayersCache(cache)
                        .setBaseImageLayersCache(cache)
                        .setOfflineMode(true));
    }

    private Path archives() {
        return target.resolve("images");
    }
}
