package dev.ephemera.sandbox.aws;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;

/** Speaks to the provider as an engine does: one connection, one provider instance. */
final class TestEngine implements AutoCloseable {
    static final String INSTANCE = "aws:rds/instance:Instance";
    static final String DESIRED_STATE = "aws:rds/instanceDesiredState:InstanceDesiredState";
    static final String QUEUE = "aws:sqs/queue:Queue";
    static final String RECORD = "aws:route53/record:Record";
    static final String GROUP = "aws:ec2/securityGroup:SecurityGroup";
    static final String INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    static final String EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

    private final ManagedChannel channel;
    private final ResourceProviderGrpc.ResourceProviderBlockingStub provider;

    /** A resource as the engine keeps it. */
    record State(String type, String id, Map<String, Object> inputs, Map<String, Object> outputs) {
        Properties plain() {
            return Properties.of(outputs);
        }

        State with(String name, Object value) {
            var changedInputs = new HashMap<>(inputs);
            var changedOutputs = new HashMap<>(outputs);
            changedInputs.put(name, value);
            changedOutputs.put(name, value);
            return new State(type, id, changedInputs, changedOutputs);
        }
    }

    TestEngine(int port) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
        provider = ResourceProviderGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
    }

    ResourceProviderGrpc.ResourceProviderBlockingStub raw() {
        return provider;
    }

    TestEngine configure(Map<String, Object> settings) {
        provider.configure(
                ConfigureRequest.newBuilder().setArgs(Structs.encode(settings)).build());
        return this;
    }

    CheckResponse check(String type, Map<String, Object> inputs) {
        return provider.check(CheckRequest.newBuilder()
                .setUrn(urn(type))
                .setNews(Structs.encode(inputs))
                .build());
    }

    /** Check and Create, as for a resource that is new in the program. */
    State create(String type, Map<String, Object> inputs) {
        return create(type, inputs, 0);
    }

    State create(String type, Map<String, Object> inputs, double timeoutSeconds) {
        var checked = checked(type, inputs);
        var made = provider.create(CreateRequest.newBuilder()
                .setUrn(urn(type))
                .setProperties(Structs.encode(checked))
                .setTimeout(timeoutSeconds)
                .build());
        return new State(type, made.getId(), checked, Structs.decode(made.getProperties()));
    }

    CompletableFuture<State> createLater(String type, Map<String, Object> inputs) {
        return CompletableFuture.supplyAsync(() -> create(type, inputs));
    }

    Map<String, Object> previewCreate(String type, Map<String, Object> inputs) {
        return Structs.decode(provider.create(CreateRequest.newBuilder()
                        .setUrn(urn(type))
                        .setProperties(Structs.encode(checked(type, inputs)))
                        .setPreview(true)
                        .build())
                .getProperties());
    }

    DiffResponse diff(State state, Map<String, Object> inputs) {
        return provider.diff(DiffRequest.newBuilder()
                .setUrn(urn(state.type()))
                .setId(state.id())
                .setOldInputs(Structs.encode(state.inputs()))
                .setOlds(Structs.encode(state.outputs()))
                .setNews(Structs.encode(checked(state.type(), inputs)))
                .build());
    }

    State update(State state, Map<String, Object> inputs) {
        return update(state, inputs, false);
    }

    State update(State state, Map<String, Object> inputs, boolean preview) {
        var checked = checked(state.type(), inputs);
        var updated = provider.update(UpdateRequest.newBuilder()
                .setUrn(urn(state.type()))
                .setId(state.id())
                .setOldInputs(Structs.encode(state.inputs()))
                .setOlds(Structs.encode(state.outputs()))
                .setNews(Structs.encode(checked))
                .setPreview(preview)
                .build());
        return new State(state.type(), state.id(), checked, Structs.decode(updated.getProperties()));
    }

    /** Empty where it is gone. */
    Optional<State> refresh(State state) {
        var request = ReadRequest.newBuilder()
                .setUrn(urn(state.type()))
                .setId(state.id())
                .setProperties(Structs.encode(state.outputs()))
                .setInputs(Structs.encode(state.inputs()));
        return found(state.type(), provider.read(request.build()));
    }

    Optional<State> importById(String type, String id) {
        return found(
                type,
                provider.read(
                        ReadRequest.newBuilder().setUrn(urn(type)).setId(id).build()));
    }

    void delete(State state) {
        provider.delete(DeleteRequest.newBuilder()
                .setUrn(urn(state.type()))
                .setId(state.id())
                .setProperties(Structs.encode(state.outputs()))
                .build());
    }

    Map<String, Object> invoke(String token, Map<String, Object> arguments) {
        var response = provider.invoke(InvokeRequest.newBuilder()
                .setTok(token)
                .setArgs(Structs.encode(arguments))
                .build());
        if (response.getFailuresCount() > 0) {
            throw new AssertionError(response.getFailuresList().toString());
        }
        return Structs.decode(response.getReturn());
    }

    void cancel() {
        provider.cancel(Empty.getDefaultInstance());
    }

    /** What the engine would record of a creation that failed. */
    static Optional<ErrorResourceInitFailed> recorded(StatusRuntimeException failure) {
        var status = StatusProto.fromThrowable(failure);
        return status.getDetailsList().stream()
                .filter(detail -> detail.is(ErrorResourceInitFailed.class))
                .findFirst()
                .map(detail -> {
                    try {
                        return detail.unpack(ErrorResourceInitFailed.class);
                    } catch (InvalidProtocolBufferException impossible) {
                        throw new AssertionError(impossible);
                    }
                });
    }

    static String urn(String type) {
        return "urn:pulumi:pr-1::shop::" + type + "::db";
    }

    static Map<String, Object> with(Map<String, Object> inputs, Object... namesAndValues) {
        var changed = new LinkedHashMap<>(inputs);
        for (var i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] == null) {
                changed.remove(namesAndValues[i]);
            } else {
                changed.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return changed;
    }

    private Map<String, Object> checked(String type, Map<String, Object> inputs) {
        var checked = check(type, inputs);
        if (checked.getFailuresCount() > 0) {
            throw new AssertionError(List.copyOf(checked.getFailuresList()).toString());
        }
        return Structs.decode(checked.getInputs());
    }

    private static Optional<State> found(String type, ReadResponse response) {
        return response.getId().isEmpty()
                ? Optional.empty()
                : Optional.of(new State(
                        type,
                        response.getId(),
                        Structs.decode(response.getInputs()),
                        Structs.decode(response.getProperties())));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
