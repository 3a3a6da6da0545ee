package dev.ephemera.components;

import com.pulumi.test.Mocks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Answers as the engine and the clouds would, and keeps what was declared. */
final class RecordingMocks implements Mocks {
    /** Slow enough that whatever does not wait for a thing is asked for before it is made. */
    private static final Executor SLOWLY = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);

    private final List<ResourceArgs> declared = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private String slow = "";
    private String resourceId = "db-FIRST";
    private Map<String, Object> restored = Map.of();

    @Override
    public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
        declared.add(args);
        events.add("asked for " + args.name + " " + args.type);
        var state = new HashMap<String, Object>(args.inputs);
        switch (args.type) {
            case "pulumi:index:Stash" -> state.put("output", args.inputs.get("input"));
            case "aws:rds/instance:Instance" -> {
                state.putAll(Map.of("address", "orders.internal", "port", 5432, "resourceId", resourceId));
                state.putAll(restored);
            }
            case "kubernetes:gateway.networking.k8s.io/v1:Gateway" ->
                state.put(
                        "status", Map.of("addresses", List.of(Map.of("type", "Hostname", "value", "lb.example.com"))));
            default -> {}
        }
        var made = ResourceResult.of(Optional.of(id(args)), state);
        return args.name.equals(slow)
                ? CompletableFuture.supplyAsync(
                        () -> {
                            events.add("made " + args.name + " " + args.type);
                            return made;
                        },
                        SLOWLY)
                : CompletableFuture.completedFuture(made);
    }

    /** The one thing that takes a while to be made. */
    void delay(String name) {
        slow = name;
    }

    /** What RDS calls the instances that it makes from now on. */
    void restore(String newResourceId) {
        resourceId = newResourceId;
    }

    /** How large RDS makes the instances from now on; until then it does not say. */
    void allocate(int gib) {
        restored = Map.of("allocatedStorage", gib, "storageType", "gp3", "iops", 3000, "storageThroughput", 125);
    }

    private static String id(ResourceArgs args) {
        return args.inputs.get("metadata") instanceof Map<?, ?> metadata
                ? String.valueOf(metadata.get("name"))
                : args.name + "-id";
    }

    @Override
    public CompletableFuture<Map<String, Object>> callAsync(CallArgs args) {
        return CompletableFuture.completedFuture(
                switch (args.token) {
                    case "aws:rds/getSubnetGroup:getSubnetGroup" ->
                        Map.of("vpcId", "vpc-1", "name", "private", "subnetIds", List.of("subnet-b", "subnet-a"));
                    case "aws:ec2/getSubnet:getSubnet" ->
                        Map.of("cidrBlock", args.args.get("id").equals("subnet-a") ? "10.0.1.0/24" : "10.0.2.0/24");
                    case "aws:ec2/getVpc:getVpc" -> Map.of("cidrBlock", "10.0.0.0/16", "id", "vpc-1");
                    case "aws:route53/getZone:getZone" -> Map.of("zoneId", "Z1", "name", "preview.example.com");
                    default -> throw new IllegalArgumentException("nobody is to call " + args.token);
                });
    }

    /**
     * What came to the engine, in its order: {@code asked for web kubernetes:apps/v1:Deployment}, and {@code made ...} of what
     * takes a while.
     */
    List<String> events() {
        return List.copyOf(events);
    }

    /** The types of all that was declared. */
    Set<String> types() {
        return declared.stream().map(each -> each.type).collect(Collectors.toSet());
    }

    /** What was declared of {@code type}, by its logical name. */
    Map<String, Map<String, Object>> declared(String type) {
        var found = new HashMap<String, Map<String, Object>>();
        declared.stream()
                .filter(each -> each.type.equals(type))
                .forEach(each -> found.put(each.name, Map.copyOf(each.inputs)));
        return found;
    }
}
