package com.example.queues;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import dev.ephemera.components.PreviewEnvironment;
import dev.ephemera.program.Program;
import java.util.Map;
import java.util.TreeMap;

/** What {@code pulumi up} runs. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Program.run(QueueApplication.class, QueueApplication::running, Main::declare);
    }

    private static Map<String, Output<?>> declare(QueueApplication application, PreviewEnvironment environment) {
        var options = ComponentResourceOptions.builder().parent(environment).build();
        var urls = new TreeMap<String, Output<String>>();
        application.queues().forEach((key, spec) -> {
            var args = new Queue.Args(key, spec, environment.spec().names(), environment.namespaceName());
            urls.put(key.value(), new Queue(key.value(), args, options).url());
        });
        return Map.of("queues", Output.of(urls));
    }
}
