package dev.ephemera.policies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.OwnerMarks;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import dev.ephemera.sandbox.aws.RecordedCall;
import dev.ephemera.sandbox.aws.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles in ci/iam may do in AWS, and what not. */
class PoliciesTest {
    private static final Map<String, String> TOKENS = Map.of(
            "ACCOUNT",
            Calls.ACCOUNT,
            "REGION",
            "eu-west-1",
            "PROJECT",
            "shop",
            "NAMES",
            "shop",
            "ZONE",
            Calls.ZONE,
            "ZONE_ID",
            Calls.ZONE_ID,
            "STATE_BUCKET",
            Calls.BUCKET,
            "CLUSTER",
            "previews");

    private static final Map<String, String> OTHERS_MARKS =
            new EnvironmentNames(new ProjectName("mail"), new StackName("pr-7")).tags(Calls.ORDERS);
    private static final String OTHERS_INSTANCE =
            new EnvironmentNames(new ProjectName("mail"), new StackName("pr-7")).physical(Calls.ORDERS);
    private static final String PRODUCTION = "shop-orders";

    /** A role is no user, so AWS refuses this one anyway; the provider asks STS then, which needs no rights. */
    private static final String WHO_AM_I = "iam:GetUser";

    private static final String IDENTITY = "sts:GetCallerIdentity";

    /** What makes something new: on anybody's account it is ours if it gets our marks. */
    private static final Set<String> MAKING =
            Actions.sorted(Set.of("rds:RestoreDBInstanceFromDBSnapshot", "ec2:CreateSecurityGroup", "s3:PutObject"));

    /** What {@code up} changes: all of it, so that what is allowed by and by has to be written here too. */
    private static final Set<String> CHANGED_BY_PREVIEWS = Actions.sorted(Set.of(
            "ec2:AuthorizeSecurityGroupIngress",
            "ec2:CreateSecurityGroup",
            "ec2:DeleteSecurityGroup",
            "ec2:ModifySecurityGroupRules",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
            "rds:AddTagsToResource",
            "rds:DeleteDBInstance",
            "rds:ModifyDBInstance",
            "rds:RestoreDBInstanceFromDBSnapshot",
            "rds:StartDBInstance",
            "rds:StopDBInstance",
            "route53:ChangeResourceRecordSets",
            "s3:DeleteObject",
            "s3:PutObject"));

    private static final Set<String> CHANGED_BY_SWEEPS = Actions.sorted(Set.of(
            "ec2:DeleteSecurityGroup",
            "ec2:RevokeSecurityGroupEgress",
            "ec2:RevokeSecurityGroupIngress",
            "rds:DeleteDBInstance",
            "rds:StartDBInstance",
            "rds:StopDBInstance",
            "route53:ChangeResourceRecordSets",
            "s3:DeleteObject",
            "s3:PutObject"));

    /** What reap, sleep and wake do not call of what stands in cloud: snapshots are looked for by the program only. */
    private static final Set<String> NOT_OF_SWEEPS = Set.of("rds:DescribeDBSnapshots", "rds:DescribeDBSubnetGroups");

    /** The stand-in can do these for programs of others; ours never changes a tag, and queues are the extension's. */
    private static final Pattern NOT_OURS =
            Pattern.compile("sqs:.*|ec2:(CreateTags|DeleteTags)|rds:RemoveTagsFromResource");

    enum Role {
        PREVIEW("preview.json"),
        SWEEP("sweep.json");

        private final Policy policy;

        Role(String file) {
            this.policy = Policy.read(Path.of("ci/iam", file), TOKENS);
        }

        boolean may(String action, Calls calls) {
            return calls.of(action)
                    .filter(requests -> requests.stream().allMatch(policy::allows))
                    .isPresent();
        }
    }

    private static Stream<RecordedCall> recorded(String... steps) throws IOException {
        var all = Recording.read().steps();
        return Stream.of(steps).flatMap(step -> all.get(step).stream());
    }

    /** Its action, as IAM knows it. */
    private static String action(RecordedCall call) {
        if (!call.service().equals("route53")) {
            return call.service() + ":" + call.action();
        }
        var path = call.action().replaceFirst("/2013-04-01", "");
        return "route53:"
                + (path.startsWith("POST ")
                        ? "ChangeResourceRecordSets"
                        : path.startsWith("GET /change/")
                                ? "GetChange"
                                : path.startsWith("GET /tags/")
                                        ? "ListTagsForResource"
                                        : path.endsWith("/rrset")
                                                ? "ListResourceRecordSets"
                                                : path.equals("GET /hostedzone") ? "ListHostedZones" : "GetHostedZone");
    }

    /** On what it was on, with the marks that the program gives, which the recording had not. */
    private static Calls on(RecordedCall call) {
        var parameters = call.parameters();
        var calls = Calls.ofTheShop();
        var instance = parameters.getOrDefault("DBInstanceIdentifier", calls.instance());
        return parameters.containsKey("Name")
                ? calls.changing(
                        parameters.get("Action"), parameters.get("Name").replaceFirst("\\.$", ""))
                : calls.onMarked(instance, calls.marks());
    }

    private static List<String> refused(Role role, Stream<RecordedCall> calls) {
        return calls.filter(call -> !role.may(action(call), on(call)))
                .map(call -> "%s %s".formatted(action(call), call.parameters()))
                .toList();
    }

    @Test
    void everyCallOfTheOfficialProviderThatWasRecordedIsAllowedToPreviewsButThatOnProduction() throws IOException {
        var all =
                Recording.read().steps().values().stream().flatMap(List::stream).toList();
        assertThat(all).hasSizeGreaterThan(60);
        assertThat(refused(Role.PREVIEW, all.stream()))
                .singleElement()
                .asString()
                .startsWith("rds:RestoreDBInstanceFromDBSnapshot")
                .contains("DBInstanceIdentifier=" + PRODUCTION);
    }

    @Test
    void itsCallsThatDeleteAreAllowedToSweepsToo() throws IOException {
        assertThat(refused(Role.SWEEP, recorded("delete", "r53 delete"))).isEmpty();
    }

    @Test
    void whatTheProviderAsksWhoItIsIsNoRightOfOurs() throws IOException {
        assertThat(Recording.read().starts()).isPositive();
        assertThat(Role.values()).noneMatch(role -> role.policy.allows(Request.of(WHO_AM_I, "*")));
    }

    @Test
    void everyCallThatTheStandInKnowsOfTheProviderIsAllowedToPreviews() {
        assertThat(Actions.namedIn(Path.of("src/main/java/dev/ephemera/sandbox/aws")))
                .hasSizeGreaterThan(20)
                .filteredOn(action -> !NOT_OURS.matcher(action).matches())
                .filteredOn(action -> !Set.of(WHO_AM_I, IDENTITY).contains(action))
                .allMatch(action -> Role.PREVIEW.may(action, Calls.ofTheShop()));
    }

    @Test
    void theProviderMarksARuleWhenItHasMadeIt() {
        var mark = Request.of("ec2:CreateTags", "arn:aws:ec2:eu-west-1:123456789012:security-group-rule/sgr-1")
                .tagging(Calls.ofTheShop().given());
        assertThat(Role.PREVIEW.policy.allows(mark)).isTrue();
        assertThat(Role.PREVIEW.policy.allows(mark.onTagged(OTHERS_MARKS))).isFalse();
        assertThat(Role.SWEEP.policy.allows(mark)).isFalse();
    }

    @Test
    void itLooksForWhatStillUsesAGroupBeforeItDeletesIt() {
        assertThat(Role.values()).allMatch(role -> role.may("ec2:DescribeNetworkInterfaces", Calls.ofTheShop()));
    }

    @Test
    void everyCallOfOurOwnIsAllowed() {
        var called = Actions.calledIn(Path.of("src/main/java/dev/ephemera/cloud"));
        assertThat(called).hasSizeGreaterThan(15).contains("tag:GetResources", "s3:ListBucket", "rds:StopDBInstance");
        assertThat(called)
                .filteredOn(action -> !action.equals(IDENTITY))
                .allMatch(action -> Role.PREVIEW.may(action, Calls.ofTheShop()))
                .filteredOn(action -> !NOT_OF_SWEEPS.contains(action))
                .allMatch(action -> Role.SWEEP.may(action, Calls.ofTheShop()));
    }

    @Test
    void previewsChangeNothingElseOfTheirOwn() {
        assertThat(changed(Role.PREVIEW)).isEqualTo(CHANGED_BY_PREVIEWS);
    }

    @Test
    void sweepsMakeAndChangeNothingButTheStateAndDelete() {
        assertThat(changed(Role.SWEEP)).isEqualTo(CHANGED_BY_SWEEPS);
    }

    private static Set<String> changed(Role role) {
        var actions = Actions.changing();
        assertThat(actions).hasSizeGreaterThan(800);
        return Actions.sorted(actions.stream()
                // On any of what it touches: what is refused elsewhere today may be allowed there tomorrow.
                .filter(action -> Calls.ofTheShop().of(action).orElse(anywhere(action, Calls.ofTheShop())).stream()
                        .filter(request -> request.action().equals(action))
                        .anyMatch(role.policy::allows))
                .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatChangesAnythingIsAllowedOnWhatIsAnothersOrNobodys(Role role) {
        var given = Calls.ofTheShop().given();
        var others = Calls.ofTheShop()
                .inZone("Z2")
                .inStateOf("mail")
                .restoring(Map.of())
                .onMarked(OTHERS_INSTANCE, OTHERS_MARKS);
        var nobodys = others.onMarked(PRODUCTION, Map.of());
        for (var calls : List.of(others, nobodys)) {
            assertThat(Actions.changing())
                    .filteredOn(action -> !MAKING.contains(action))
                    .noneMatch(action -> role.may(action, calls.giving(given)))
                    .noneMatch(action ->
                            anywhere(action, calls.giving(given)).stream().anyMatch(role.policy::allows));
            assertThat(Actions.changing())
                    .noneMatch(action -> role.may(action, calls.giving(OTHERS_MARKS)))
                    .noneMatch(action -> role.may(action, calls.giving(Map.of())));
        }
    }

    /** What nobody has looked up, on one thing of each kind. */
    private static List<Request> anywhere(String action, Calls calls) {
        if (calls.of(action).isPresent()) {
            return List.of();
        }
        return Stream.of(
                        "*",
                        "arn:aws:rds:eu-west-1:123456789012:db:" + calls.instance(),
                        "arn:aws:rds:eu-west-1:123456789012:snapshot:shop-orders-masked",
                        "arn:aws:rds:eu-west-1:123456789012:cluster:shop",
                        "arn:aws:rds:eu-west-1:123456789012:subgrp:private",
                        "arn:aws:rds:eu-west-1:123456789012:pg:default.postgres16",
                        "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1",
                        "arn:aws:ec2:eu-west-1:123456789012:security-group-rule/sgr-1",
                        "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1",
                        "arn:aws:ec2:eu-west-1:123456789012:instance/i-1",
                        "arn:aws:ec2:eu-west-1:123456789012:network-interface/eni-1",
                        "arn:aws:route53:::hostedzone/" + calls.zone(),
                        "arn:aws:route53:::change/C1",
                        "arn:aws:s3:::" + Calls.BUCKET,
                        "arn:aws:s3:::%s/.pulumi/stacks/%s/pr-7.json".formatted(Calls.BUCKET, calls.project()),
                        "arn:aws:s3:::shop-production/customers",
                        "arn:aws:sqs:eu-west-1:123456789012:shop-pr-7",
                        "arn:aws:iam::123456789012:role/preview-web",
                        "arn:aws:iam::123456789012:user/ann")
                .map(resource -> Request.of(action, resource)
                        .onTagged(calls.marks())
                        .withEach("rds:snapshot-tag/", calls.snapshot())
                        .tagging(calls.given()))
                .toList();
    }

    @Test
    void onlyAMaskedSnapshotIsRestored() {
        var restore = "rds:RestoreDBInstanceFromDBSnapshot";
        assertThat(Role.PREVIEW.may(restore, Calls.ofTheShop())).isTrue();
        assertThat(Role.PREVIEW.may(restore, Calls.ofTheShop().restoring(Map.of())))
                .isFalse();
        assertThat(Role.PREVIEW.may(restore, Calls.ofTheShop().restoring(Map.of(OwnerMarks.TAG_MASKED, "false"))))
                .isFalse();
        assertThat(Role.PREVIEW.may(restore, Calls.ofTheShop().restoring(OTHERS_MARKS)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rds:RestoreDBInstanceFromDBSnapshot", "ec2:CreateSecurityGroup"})
    void whatIsMadeHasTheMarksOfThisProjectAndOfAPreview(String make) {
        var marks = Calls.ofTheShop().given();
        assertThat(Role.PREVIEW.may(make, Calls.ofTheShop().giving(marks))).isTrue();
        assertThat(Role.PREVIEW.may(make, Calls.ofTheShop().giving(OTHERS_MARKS)))
                .isFalse();
        assertThat(Role.PREVIEW.may(make, Calls.ofTheShop().giving(Map.of(OwnerMarks.TAG_PROJECT, "shop"))))
                .isFalse();
        assertThat(Role.PREVIEW.may(
                        make,
                        Calls.ofTheShop()
                                .giving(Map.of(OwnerMarks.TAG_PROJECT, "shop", OwnerMarks.TAG_STACK, "production"))))
                .isFalse();
    }

    /** Beside that it could not be marked, which the call needs too. */
    @Test
    void theRestoreItselfNeedsMarksAndAPreviewsName() {
        var instance = "arn:aws:rds:eu-west-1:123456789012:db:";
        var marks = Calls.ofTheShop().given();
        var restore = Request.of(
                "rds:RestoreDBInstanceFromDBSnapshot",
                instance + Calls.ofTheShop().instance());
        assertThat(Role.PREVIEW.policy.allows(restore.tagging(marks))).isTrue();
        assertThat(Role.PREVIEW.policy.allows(restore)).isFalse();
        assertThat(Role.PREVIEW.policy.allows(restore.tagging(OTHERS_MARKS))).isFalse();
        assertThat(Role.PREVIEW.policy.allows(
                        restore.tagging(marks).with("aws:RequestTag/" + OwnerMarks.TAG_STACK, "production")))
                .isFalse();
        assertThat(Role.PREVIEW.policy.allows(
                        Request.of(restore.action(), instance + PRODUCTION).tagging(marks)))
                .isFalse();
    }

    @Test
    void noInstanceGetsMarksThatIsAnothersOrHasNoPreviewsName() {
        var mark = "rds:AddTagsToResource";
        var own = Calls.ofTheShop();
        var withTeam = new TreeMap<>(own.given());
        withTeam.put("team", "a");
        assertThat(Role.PREVIEW.may(mark, own)).isTrue();
        assertThat(Role.PREVIEW.may(mark, own.onMarked(own.instance(), Map.of())))
                .isTrue();
        assertThat(Role.PREVIEW.may(mark, own.onMarked(own.instance(), OTHERS_MARKS)))
                .isFalse();
        assertThat(Role.PREVIEW.may(mark, own.onMarked(PRODUCTION, Map.of()))).isFalse();
        assertThat(Role.PREVIEW.may(mark, own.giving(withTeam))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void noSnapshotIsMadeChangedMarkedOrDeletedWhateverElseTheRoleIsGiven(Role role) {
        var everything = new Policy.Statement("all", Policy.Effect.ALLOW, List.of("*"), List.of("*"), Map.of());
        var statements = new ArrayList<>(role.policy.statements());
        statements.add(everything);
        var generous = new Policy(role.policy.version(), statements);
        var snapshot = "arn:aws:rds:eu-west-1:123456789012:snapshot:shop-orders-masked";
        assertThat(generous.allows(Request.of("rds:DescribeDBSnapshots", snapshot)))
                .isTrue();
        assertThat(List.of(
                        "rds:CopyDBSnapshot",
                        "rds:CreateDBSnapshot",
                        "rds:DeleteDBSnapshot",
                        "rds:ModifyDBSnapshot",
                        "rds:ModifyDBSnapshotAttribute",
                        "rds:AddTagsToResource",
                        "rds:RemoveTagsFromResource"))
                .noneMatch(action -> generous.allows(Request.of(action, snapshot)
                        .onTagged(Calls.ofTheShop().marks())
                        .tagging(Calls.ofTheShop().given())));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "preview.example.com",
                "www.preview.example.com",
                "*.preview.example.com",
                "_ephemera.preview.example.com",
                "pr-7.other.example.com"
            })
    void noRecordIsChangedThatIsNoPreviews(String name) {
        assertThat(Role.PREVIEW.may(
                        "route53:ChangeResourceRecordSets", Calls.ofTheShop().changing("UPSERT", name)))
                .isFalse();
        assertThat(Role.PREVIEW.may(
                        "route53:ChangeResourceRecordSets",
                        Calls.ofTheShop().changing("UPSERT", "pr-7.preview.example.com", name)))
                .isFalse();
    }

    @Test
    void recordsOfBranchesAndOfFurtherWorkloadsAreChangedToo() {
        for (var stack : List.of(new StackName("pr-7"), StackName.ofBranch("feature/checkout"))) {
            for (var sharedZone : List.of(true, false)) {
                var host = new EnvironmentNames(new ProjectName("shop"), stack)
                                .hostLabel(Optional.of(Calls.ORDERS), sharedZone)
                        + "." + Calls.ZONE;
                assertThat(Role.PREVIEW.may(
                                "route53:ChangeResourceRecordSets",
                                Calls.ofTheShop().changing("CREATE", host, OwnerMarks.recordName(host))))
                        .as(host)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE", "UPSERT"})
    void sweepsOnlyDeleteRecords(String change) {
        var host = "pr-7.preview.example.com";
        assertThat(Role.SWEEP.may(
                        "route53:ChangeResourceRecordSets", Calls.ofTheShop().changing("DELETE", host)))
                .isTrue();
        assertThat(Role.SWEEP.may(
                        "route53:ChangeResourceRecordSets", Calls.ofTheShop().changing(change, host)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void noPartOfAnotherProjectsStateIsReadOrWritten(Role role) {
        for (var action : List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject")) {
            assertThat(Calls.ofTheShop().inStateOf("mail").of(action).orElseThrow())
                    .hasSize(5)
                    .noneMatch(role.policy::allows);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLedgerIsWrittenAndNeverDeleted(Role role) {
        var key = ".ephemera/ledger/shop/2026-11/1.json";
        assertThat(role.policy.allows(Calls.state("s3:PutObject", key))).isTrue();
        assertThat(role.policy.allows(Calls.state("s3:DeleteObject", key))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void encryptedSnapshotsAreOpenedByRdsOnly(Role role) {
        var grant = Request.of("kms:CreateGrant", "arn:aws:kms:eu-west-1:123456789012:key/1");
        assertThat(role.policy.allows(grant)).isFalse();
        assertThat(role.policy.allows(grant.with("kms:ViaService", "ec2.eu-west-1.amazonaws.com")))
                .isFalse();
        assertThat(role.policy.allows(grant.with("kms:ViaService", "rds.eu-west-1.amazonaws.com")))
                .isEqualTo(role == Role.PREVIEW);
    }

    @Test
    void podIdentitiesAreGivenWithMarksAndTakeRolesOfPreviewsOnly() {
        var policy = Policy.read(Path.of("ci/iam/pod-identity.json"), TOKENS);
        var own = Calls.ofTheShop();
        var give =
                Request.of("eks:CreatePodIdentityAssociation", "arn:aws:eks:eu-west-1:123456789012:cluster/previews");
        assertThat(policy.allows(give.tagging(own.given()))).isTrue();
        assertThat(policy.allows(give.tagging(OTHERS_MARKS))).isFalse();
        var pass = Request.of("iam:PassRole", "arn:aws:iam::123456789012:role/preview-web");
        assertThat(policy.allows(pass.with("iam:PassedToService", "pods.eks.amazonaws.com")))
                .isTrue();
        assertThat(policy.allows(pass.with("iam:PassedToService", "ec2.amazonaws.com")))
                .isFalse();
        assertThat(policy.allows(Request.of("iam:PassRole", "arn:aws:iam::123456789012:role/admin")
                        .with("iam:PassedToService", "pods.eks.amazonaws.com")))
                .isFalse();
        var end = Request.of(
                "eks:DeletePodIdentityAssociation",
                "arn:aws:eks:eu-west-1:123456789012:podidentityassociation/previews/a-1");
        for (var each : List.of(policy, Role.SWEEP.policy)) {
            assertThat(each.allows(end.onTagged(own.marks()))).isTrue();
            assertThat(each.allows(end.onTagged(OTHERS_MARKS))).isFalse();
            assertThat(each.allows(end)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"preview.json", "sweep.json", "pod-identity.json"})
    void aPolicyFitsIntoAManagedPolicyAndReadmeNamesAllThatIsToBeFilledIn(String file) throws IOException {
        var text = Files.readString(Path.of("ci/iam", file));
        // AWS's limit, without white space; what is filled in may be longer than its token.
        assertThat(text.replaceAll("\\s", "")).hasSizeLessThan(6144 - 300);
        var readme = Files.readString(Path.of("README.md"));
        assertThat(Pattern.compile("\\$\\{(\\w+)}").matcher(text).results().map(token -> token.group(1)))
                .isNotEmpty()
                .allMatch(token -> readme.contains("`" + token + "`"));
    }
}
