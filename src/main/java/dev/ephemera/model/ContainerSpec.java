package dev.ephemera.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container of a pod.
 *
 * @param command what it runs instead of the image's entry point; empty for the image's own
 * @param args what the command is given; empty for the image's own
 * @param env its environment variables, in the file's order
 * @param volumes what is mounted where
 */
public record ContainerSpec(
        ImageReference image,
        List<String> command,
        List<String> args,
        Map<VariableName, Variable> env,
        ResourcesSpec resources,
        Map<MountPath, Volume> volumes) {

    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        volumes = Collections.unmodifiableMap(new LinkedHashMap<>(volumes));
    }

    /** {@code image} as it starts by itself, at the default size. */
    public static ContainerSpec of(ImageReference image) {
        return new ContainerSpec(image, List.of(), List.of(), Map.of(), ResourcesSpec.DEFAULT, Map.of());
    }

    /** The same container with one more environment variable, or another value of one. */
    public ContainerSpec with(VariableName name, Variable value) {
        var more = new LinkedHashMap<>(env);
        more.put(name, value);
        return new ContainerSpec(image, command, args, more, resources, volumes);
    }

    /** The same container running {@code other}. */
    public ContainerSpec withImage(ImageReference other) {
        return new ContainerSpec(other, command, args, env, resources, volumes);
    }
}
