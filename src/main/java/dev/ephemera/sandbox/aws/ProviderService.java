package dev.ephemera.sandbox.aws;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import pulumirpc.Plugin.PluginAttach;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.InvokeRequest;
import pulumirpc.Provider.InvokeResponse;
import pulumirpc.Provider.PropertyDiff;
import pulumirpc.Provider.ProviderHandshakeRequest;
import pulumirpc.Provider.ProviderHandshakeResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc;

/** Pulumi's provider protocol: unpacks a request, has it done, packs the answer or the failure. */
final class ProviderService extends ResourceProviderGrpc.ResourceProviderImplBase {
    private final Accounts accounts;
    private final Map<String, String> environment;
    private final Pace pace;

    ProviderService(Accounts accounts, Map<String, String> environment, Pace pace) {
        this.accounts = accounts;
        this.environment = environment;
        this.pace = pace;
    }

    @Override
    public void handshake(ProviderHandshakeRequest request, StreamObserver<ProviderHandshakeResponse> answer) {
        Answers.send(
                answer,
                "",
                () -> ProviderHandshakeResponse.newBuilder()
                        .setAcceptSecrets(true)
                        .build());
    }

    @Override
    public void attach(PluginAttach request, StreamObserver<Empty> answer) {
        Answers.send(answer, "", Empty::getDefaultInstance);
    }

    @Override
    public void getPluginInfo(Empty request, StreamObserver<PluginInfo> answer) {
        Answers.send(
                answer,
                "",
                () -> PluginInfo.newBuilder().setVersion(Catalogue.VERSION).build());
    }

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> answer) {
        Answers.send(
                answer,
                "",
                () -> GetSchemaResponse.newBuilder()
                        .setSchema(Catalogue.schema())
                        .build());
    }

    @Override
    public void cancel(Empty request, StreamObserver<Empty> answer) {
        Answers.send(answer, "", () -> {
            Connection.current().cancellation().cancel();
            return Empty.getDefaultInstance();
        });
    }

    @Override
    public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> answer) {
        Answers.send(answer, "", () -> {
            var marked = Structs.decode(request.getNews());
            var settings = Properties.of(marked);
            var response = CheckResponse.newBuilder();
            var faults = Configuration.faults(settings, environment);
            faults.forEach(fault -> response.addFailures(failure(fault)));
            // The region goes into the state, as it does with the official provider: a destroy needs it.
            accounts.read(settings).region().ifPresent(region -> marked.putIfAbsent("region", region));
            return response.setInputs(Structs.encode(marked)).build();
        });
    }

    @Override
    public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> answer) {
        Answers.send(answer, "", () -> {
            var olds = Properties.of(Structs.decode(request.getOldInputs()));
            var news = Properties.of(Structs.decode(request.getNews()));
            var response = DiffResponse.newBuilder();
            var names = new TreeSet<>(olds.values().keySet());
            names.addAll(news.values().keySet());
            for (var name : names) {
                if (!Objects.equals(olds.get(name), news.get(name)) && !name.equals("version")) {
                    response.addDiffs(name);
                }
            }
            // What stands in one region cannot be managed from another.
            if (response.getDiffsList().contains("region") && !news.isUnknown("region")) {
                response.addReplaces("region");
            }
            return response.setChanges(
                            response.getDiffsCount() == 0
                                    ? DiffResponse.DiffChanges.DIFF_NONE
                                    : DiffResponse.DiffChanges.DIFF_SOME)
                    .build();
        });
    }

    @Override
    public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> answer) {
        Answers.send(answer, "", () -> {
            var configuration = accounts.read(Properties.of(Structs.decode(request.getArgs())));
            Connection.current().configure(accounts.open(configuration));
            return ConfigureResponse.newBuilder()
                    .setAcceptSecrets(true)
                    .setSupportsPreview(true)
                    .build();
        });
    }

    @Override
    public void invoke(InvokeRequest request, StreamObserver<InvokeResponse> answer) {
        Answers.send(answer, "invoking " + request.getTok(), () -> {
            var function = Catalogue.function(request.getTok());
            var arguments = Properties.of(Structs.decode(request.getArgs()));
            var response = InvokeResponse.newBuilder();
            for (var name : arguments.values().keySet()) {
                if (!function.arguments().contains(name)) {
                    response.addFailures(failure(new Fault(
                            name,
                            function.token() + ": argument \"" + name
                                    + "\" is not implemented in the sandbox; leave it "
                                    + "out here, or use the official AWS provider")));
                }
            }
            return response.getFailuresCount() > 0
                    ? response.build()
                    : response.setReturn(Structs.encode(function.call(operation(0), arguments)))
                            .build();
        });
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
        Answers.send(answer, "", () -> {
            var defaultTags =
                    Connection.current().configured().map(Account::defaultTags).orElse(Map.of());
            var check = Check.of(
                    Catalogue.resource(Urn.type(request.getUrn())),
                    Urn.name(request.getUrn()),
                    Structs.decode(request.getNews()),
                    Properties.of(Structs.decode(request.getOlds())),
                    defaultTags);
            var response = CheckResponse.newBuilder().setInputs(Structs.encode(check.inputs()));
            check.faults().forEach(fault -> response.addFailures(failure(fault)));
            return response.build();
        });
    }

    @Override
    public void diff(DiffRequest request, StreamObserver<DiffResponse> answer) {
        Answers.send(answer, "diffing " + request.getUrn(), () -> {
            var kind = Catalogue.resource(Urn.type(request.getUrn()));
            var olds = Properties.of(Structs.decode(request.getOlds()));
            var news = Properties.of(Structs.decode(request.getNews()));
            var plan = Plan.of(kind, olds, news, request.getIgnoreChangesList());
            var response = DiffResponse.newBuilder()
                    .setHasDetailedDiff(true)
                    .setChanges(
                            plan.changes().isEmpty()
                                    ? DiffResponse.DiffChanges.DIFF_NONE
                                    : DiffResponse.DiffChanges.DIFF_SOME);
            for (var change : plan.changes()) {
                response.addDiffs(change.property());
                response.putDetailedDiff(
                        change.property(),
                        PropertyDiff.newBuilder().setKind(kind(change)).build());
                if (change.replaces()) {
                    response.addReplaces(change.property());
                }
            }
            return response.setDeleteBeforeReplace(
                            response.getReplacesCount() > 0 && kind.deletesBeforeReplacing(olds, news))
                    .build();
        });
    }

    @Override
    public void create(CreateRequest request, StreamObserver<CreateResponse> answer) {
        Answers.send(answer, "creating " + request.getUrn(), () -> {
            var kind = Catalogue.resource(Urn.type(request.getUrn()));
            var inputs = Properties.of(Structs.decode(request.getProperties()));
            kind.refuse(inputs);
            if (request.getPreview()) {
                var planned = Outputs.beforeCreation(kind.schema(), inputs);
                return CreateResponse.newBuilder()
                        .setProperties(Outputs.marked(kind.schema(), planned, inputs))
                        .build();
            }
            try {
                var made = kind.create(begin(request.getTimeout()), inputs);
                return CreateResponse.newBuilder()
                        .setId(made.id())
                        .setProperties(Outputs.marked(kind.schema(), made.outputs(), inputs))
                        .build();
            } catch (HalfMade half) {
                throw new Answers.Recorded(half, Outputs.marked(kind.schema(), half.outputs(), inputs));
            }
        });
    }

    @Override
    public void read(ReadRequest request, StreamObserver<ReadResponse> answer) {
        Answers.send(answer, "reading " + request.getUrn(), () -> {
            var kind = Catalogue.resource(Urn.type(request.getUrn()));
            var known = Properties.of(Structs.decode(request.getProperties()));
            var inputs = Properties.of(Structs.decode(request.getInputs()));
            return kind.read(begin(request.getTimeout()), request.getId(), known)
                    .map(found -> ReadResponse.newBuilder()
                            .setId(found.id())
                            .setProperties(Outputs.marked(kind.schema(), found.outputs(), inputs, known))
                            .setInputs(Outputs.marked(
                                    kind.schema(), Outputs.inputs(kind, inputs, found.outputs()), inputs, known))
                            .build())
                    .orElseGet(ReadResponse::getDefaultInstance);
        });
    }

    @Override
    public void update(UpdateRequest request, StreamObserver<UpdateResponse> answer) {
        Answers.send(answer, "updating " + request.getUrn(), () -> {
            var kind = Catalogue.resource(Urn.type(request.getUrn()));
            var olds = Properties.of(Structs.decode(request.getOlds()));
            var news = Properties.of(Structs.decode(request.getNews()));
            var plan = Plan.of(kind, olds, news, request.getIgnoreChangesList());
            if (request.getPreview()) {
                return UpdateResponse.newBuilder()
                        .setProperties(Outputs.marked(kind.schema(), Outputs.beforeUpdate(kind.schema(), plan), news))
                        .build();
            }
            try {
                var outputs = kind.update(begin(request.getTimeout()), request.getId(), plan);
                return UpdateResponse.newBuilder()
                        .setProperties(Outputs.marked(kind.schema(), outputs, news))
                        .build();
            } catch (HalfMade half) {
                throw new Answers.Recorded(half, Outputs.marked(kind.schema(), half.outputs(), news));
            }
        });
    }

    @Override
    public void delete(DeleteRequest request, StreamObserver<Empty> answer) {
        Answers.send(answer, "deleting " + request.getUrn(), () -> {
            var kind = Catalogue.resource(Urn.type(request.getUrn()));
            var known = Properties.of(Structs.decode(request.getProperties()));
            kind.delete(begin(request.getTimeout()), request.getId(), known);
            return Empty.getDefaultInstance();
        });
    }

    private Operation begin(double timeoutSeconds) {
        Connection.current().cancellation().throwIfCancelled();
        return operation(timeoutSeconds);
    }

    private Operation operation(double timeoutSeconds) {
        var connection = Connection.current();
        return new Operation(
                connection.account(),
                pace,
                connection.cancellation(),
                Duration.ofMillis(Math.round(timeoutSeconds * 1000)));
    }

    private static CheckFailure failure(Fault fault) {
        return CheckFailure.newBuilder()
                .setProperty(fault.property())
                .setReason(fault.reason())
                .build();
    }

    private static PropertyDiff.Kind kind(Change change) {
        return switch (change.kind()) {
            case ADD -> change.replaces() ? PropertyDiff.Kind.ADD_REPLACE : PropertyDiff.Kind.ADD;
            case DELETE -> change.replaces() ? PropertyDiff.Kind.DELETE_REPLACE : PropertyDiff.Kind.DELETE;
            case UPDATE -> change.replaces() ? PropertyDiff.Kind.UPDATE_REPLACE : PropertyDiff.Kind.UPDATE;
        };
    }
}
