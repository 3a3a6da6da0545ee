package dev.ephemera.sandbox.aws;

import static dev.ephemera.sandbox.aws.Doing.about;

import dev.ephemera.failure.Exit;
import dev.ephemera.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

/**
 * RDS instances restored from a snapshot, in the calls of the official provider. The resource's id is the instance's
 * DBI resource id, as in version 6.
 */
final class Instances implements ResourceKind {
    private static final Duration CREATE_LIMIT = Duration.ofMinutes(40);
    private static final Duration UPDATE_LIMIT = Duration.ofMinutes(80);
    private static final Duration DELETE_LIMIT = Duration.ofMinutes(60);

    @Override
    public Schema schema() {
        return InstanceSchema.SCHEMA;
    }

    @Override
    public List<Fault> faults(Properties inputs) {
        return InstanceFaults.of(inputs);
    }

    @Override
    public boolean isSame(Property property, Object actual, Object wanted, Properties olds, Properties news) {
        return switch (property.name()) {
            case "engine", "maintenanceWindow" -> actual.toString().equalsIgnoreCase(wanted.toString());
            // With autoscaling on, an instance may have grown beyond what the program says.
            case "allocatedStorage" -> {
                var has = Properties.asNumber(actual).orElse(0);
                var wants = Properties.asNumber(wanted).orElse(0);
                yield has.equals(wants)
                        || has > wants && news.number("maxAllocatedStorage").orElse(0) > wants;
            }
            default -> ResourceKind.super.isSame(property, actual, wanted, olds, news);
        };
    }

    @Override
    public void refuse(Properties inputs) {
        if (inputs.text("snapshotIdentifier").isEmpty() && !inputs.isUnknown("snapshotIdentifier")) {
            throw new Failure(
                    Exit.USAGE,
                    schema().token() + ": an instance without snapshotIdentifier is not implemented in the sandbox; "
                            + "set one, or use the official AWS provider");
        }
    }

    @Override
    public Resource create(Operation operation, Properties inputs) {
        var aws = operation.aws();
        var identifier = inputs.text("identifier")
                .orElseGet(
                        () -> UniqueNames.after(inputs.text("identifierPrefix").orElse("terraform-")));
        var restore = new InstanceRestore(inputs);
        var deadline = operation.deadline(CREATE_LIMIT);
        var restored = about(
                "creating RDS DB Instance (restore from snapshot) (" + identifier + ")",
                () -> AwsClients.call(
                        "RDS: RestoreDBInstanceFromDBSnapshot",
                        () -> aws.rds()
                                .restoreDBInstanceFromDBSnapshot(restore.request(identifier))
                                .dbInstance()));
        var id = restored.dbiResourceId();
        // From here on the instance exists and costs money, so every way out carries its id.
        try {
            about(
                    "waiting for RDS DB Instance (" + identifier + ") create",
                    () -> InstanceWaits.untilReady(operation, deadline, identifier));
            if (restore.needsModification()) {
                modify(operation, id, identifier, restore.modification(identifier), new Deadline(UPDATE_LIMIT));
            }
            var created = about(
                    "reading RDS DB Instance (" + id + ")",
                    () -> InstanceLookup.byId(aws, id).orElseThrow(() -> new WaitFailure("couldn't find resource")));
            return new Resource(id, InstanceOutputs.of(created, inputs));
        } catch (Failure | AwsFailure | WaitFailure failure) {
            throw new HalfMade(id, InstanceOutputs.of(restored, inputs), String.valueOf(failure.getMessage()), failure);
        }
    }

    @Override
    public Optional<Resource> read(Operation operation, String id, Properties known) {
        // AWS tells neither; an import that wanted a final snapshot could not be deleted without naming one.
        var base = known.values().isEmpty()
                ? known.with("skipFinalSnapshot", true).with("deleteAutomatedBackups", true)
                : known;
        return about("reading RDS DB Instance (" + id + ")", () -> InstanceLookup.byId(operation.aws(), id))
                .map(found -> new Resource(found.dbiResourceId(), InstanceOutputs.of(found, base)));
    }

    @Override
    public Properties update(Operation operation, String id, Plan plan) {
        var wanted = plan.wanted();
        if (plan.changes("tags")) {
            var arn = plan.olds().requiredText("arn");
            about("updating tags for RDS DB Instance (" + id + ")", () -> {
                InstanceTags.update(operation, arn, plan.olds().textMap("tags"), wanted.textMap("tags"));
                return Optional.empty();
            });
        }
        var modification = new InstanceModification(plan);
        if (modification.isNeeded()) {
            var request = modification.request();
            modify(operation, id, request.dbInstanceIdentifier(), request, operation.deadline(UPDATE_LIMIT));
        }
        return about(
                "reading RDS DB Instance (" + id + ")",
                () -> InstanceLookup.byId(operation.aws(), id)
                        .map(found -> InstanceOutputs.of(found, wanted))
                        .orElseThrow(() -> new WaitFailure("couldn't find resource")));
    }

    @Override
    public void delete(Operation operation, String id, Properties known) {
        var identifier = known.text("identifier").orElse(id);
        var request = DeleteDbInstanceRequest.builder()
                .dbInstanceIdentifier(identifier)
                .deleteAutomatedBackups(known.flag("deleteAutomatedBackups"))
                .skipFinalSnapshot(known.flag("skipFinalSnapshot"));
        if (!known.flag("skipFinalSnapshot")) {
            request.finalDBSnapshotIdentifier(known.text("finalSnapshotIdentifier")
                    .orElseThrow(() -> new Failure(
                            Exit.USAGE, "final_snapshot_identifier is required when skip_final_snapshot is false")));
        }
        var deadline = operation.deadline(DELETE_LIMIT);
        try {
            delete(operation, id, known, request.build());
        } catch (AwsFailure failure) {
            if (failure.is("DBInstanceNotFound")) {
                return;
            }
            if (!failure.says("InvalidDBInstanceState", "is already being deleted")) {
                throw new Failure(
                        Exit.FAILED, "deleting RDS DB Instance (" + identifier + "): " + failure.getMessage(), failure);
            }
        }
        about(
                "waiting for RDS DB Instance (" + identifier + ") delete",
                () -> InstanceWaits.untilGone(operation, deadline, id));
    }

    /** Lifts a protection that the program has given up, but only where changes are to be applied at once. */
    private static void delete(Operation operation, String id, Properties known, DeleteDbInstanceRequest request) {
        try {
            AwsClients.call("RDS: DeleteDBInstance", () -> operation.aws().rds().deleteDBInstance(request));
        } catch (AwsFailure failure) {
            var mayLift = !known.flag("deletionProtection") && known.flag("applyImmediately");
            if (!failure.says("InvalidParameterCombination", "disable deletion pro") || !mayLift) {
                throw failure;
            }
            var unprotect = ModifyDbInstanceRequest.builder()
                    .applyImmediately(true)
                    .dbInstanceIdentifier(request.dbInstanceIdentifier())
                    .deletionProtection(false)
                    .build();
            modify(operation, id, request.dbInstanceIdentifier(), unprotect, new Deadline(UPDATE_LIMIT));
            AwsClients.call("RDS: DeleteDBInstance", () -> operation.aws().rds().deleteDBInstance(request));
        }
    }

    private static void modify(
            Operation operation, String id, String identifier, ModifyDbInstanceRequest request, Deadline deadline) {
        about(
                "updating RDS DB Instance (" + identifier + ")",
                () -> AwsClients.call(
                        "RDS: ModifyDBInstance", () -> operation.aws().rds().modifyDBInstance(request)));
        about(
                "waiting for RDS DB Instance (" + identifier + ") update",
                () -> InstanceWaits.untilReady(operation, deadline, id));
    }
}
