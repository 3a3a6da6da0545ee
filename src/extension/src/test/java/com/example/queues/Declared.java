package com.example.queues;

import com.pulumi.test.Mocks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Answers in the engine's place, and keeps what was declared. */
final class Declared implements Mocks {
    private final Map<String, Map<String, Object>> inputs = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
        inputs.put(args.type, args.inputs);
        var state = new HashMap<>(args.inputs);
        if (args.type.equals("aws:sqs/queue:Queue")) {
            state.put("url", "https://sqs.example.com/" + args.inputs.get("name"));
        }
        return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(args.name + "-id"), state));
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
        throw new IllegalArgumentException("nobody is to call " + args.token);
    }

    /** The arguments of the one resource of {@code type}. */
    Map<String, Object> only(String type) {
        return inputs.get(type);
    }
}
