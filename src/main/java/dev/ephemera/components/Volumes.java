package dev.ephemera.components;

import com.pulumi.kubernetes.core.v1.inputs.ConfigMapVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.EmptyDirVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretVolumeSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeArgs;
import com.pulumi.kubernetes.core.v1.inputs.VolumeMountArgs;
import dev.ephemera.model.ContainerSpec;
import dev.ephemera.model.MountPath;
import dev.ephemera.model.PodSpec;
import dev.ephemera.model.Volume;
import dev.ephemera.naming.ShortHash;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The volumes of a pod and where its containers mount them. Containers that say the same at the same path share it: that is
 * how an init container leaves files for the container after it.
 */
final class Volumes {
    private Volumes() {}

    /** Those of all containers, each once. */
    static List<VolumeArgs> of(PodSpec pod) {
        var volumes = new LinkedHashMap<String, VolumeArgs>();
        pod.containers()
                .flatMap(container -> container.volumes().entrySet().stream())
                .forEach(mount -> volumes.putIfAbsent(
                        name(mount.getKey(), mount.getValue()), volume(mount.getKey(), mount.getValue())));
        return List.copyOf(volumes.values());
    }

    /** One container's. */
    static List<VolumeMountArgs> mounts(ContainerSpec container) {
        return container.volumes().entrySet().stream()
                .map(mount -> VolumeMountArgs.builder()
                        .name(name(mount.getKey(), mount.getValue()))
                        .mountPath(mount.getKey().value())
                        .readOnly(!(mount.getValue() instanceof Volume.EmptyDir))
                        .build())
                .toList();
    }

    private static VolumeArgs volume(MountPath path, Volume volume) {
        var named = VolumeArgs.builder().name(name(path, volume));
        if (volume instanceof Volume.OfConfigMap of) {
            return named.configMap(ConfigMapVolumeSourceArgs.builder()
                            .name(of.configMap().value())
                            .build())
                    .build();
        }
        if (volume instanceof Volume.OfSecret of) {
            return named.secret(SecretVolumeSourceArgs.builder()
                            .secretName(of.secret().value())
                            .build())
                    .build();
        }
        var source = EmptyDirVolumeSourceArgs.builder();
        ((Volume.EmptyDir) volume).emptyDir().sizeLimit().ifPresent(limit -> source.sizeLimit(limit.value()));
        return named.emptyDir(source.build()).build();
    }

    private static String name(MountPath path, Volume volume) {
        return "volume-" + ShortHash.of(path.value(), String.join("\n", words(volume)));
    }

    /** What tells a volume from others, for names and fingerprints. */
    static List<String> words(Volume volume) {
        if (volume instanceof Volume.OfConfigMap of) {
            return List.of("configMap", of.configMap().value());
        }
        if (volume instanceof Volume.OfSecret of) {
            return List.of("secret", of.secret().value());
        }
        return ((Volume.EmptyDir) volume)
                .emptyDir()
                .sizeLimit()
                .map(limit -> List.of("emptyDir", limit.value()))
                .orElse(List.of("emptyDir"));
    }
}
