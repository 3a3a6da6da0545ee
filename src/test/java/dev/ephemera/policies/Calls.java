package dev.ephemera.policies;

import dev.ephemera.naming.EnvironmentNames;
import dev.ephemera.naming.Key;
import dev.ephemera.naming.OwnerMarks;
import dev.ephemera.naming.ProjectName;
import dev.ephemera.naming.StackName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What IAM is asked when an action is called: which resources, with which condition keys. So AWS's service authorization
 * reference lists it for each action.
 *
 * @param project whose state is worked on
 * @param instance the database's name
 * @param marks the tags of what is there already
 * @param given the tags that the call sets
 * @param snapshot the tags of what is restored
 * @param zone the hosted zone's id
 * @param records names of records
 * @param change what is done to the records
 */
record Calls(
        String project,
        String instance,
        Map<String, String> marks,
        Map<String, String> given,
        Map<String, String> snapshot,
        String zone,
        List<String> records,
        String change) {
    static final String ACCOUNT = "123456789012";
    static final String ZONE = "preview.example.com";
    static final String ZONE_ID = "Z1";
    static final String BUCKET = "states";
    static final Map<String, String> MASKED = Map.of(OwnerMarks.TAG_MASKED, "true");
    static final Key ORDERS = new Key("orders");

    private static final String RDS = "arn:aws:rds:eu-west-1:%s:".formatted(ACCOUNT);
    private static final String EC2 = "arn:aws:ec2:eu-west-1:%s:".formatted(ACCOUNT);

    /** On what belongs to pull request 7 of the shop. */
    static Calls ofTheShop() {
        var names = new EnvironmentNames(new ProjectName("shop"), new StackName("pr-7"));
        var host = names.hostLabel(Optional.empty(), false) + "." + ZONE;
        return new Calls(
                "shop",
                names.physical(ORDERS),
                names.tags(ORDERS),
                names.tags(ORDERS),
                MASKED,
                ZONE_ID,
                List.of(host, OwnerMarks.recordName(host)),
                "DELETE");
    }

    /** On what has other tags, or none; what the call itself says stays. */
    Calls onMarked(String name, Map<String, String> others) {
        return new Calls(project, name, others, given, snapshot, zone, records, change);
    }

    /** Setting other tags, or none. */
    Calls giving(Map<String, String> others) {
        return new Calls(project, instance, marks, others, snapshot, zone, records, change);
    }

    /** Of a snapshot with other tags, or none. */
    Calls restoring(Map<String, String> others) {
        return new Calls(project, instance, marks, given, others, zone, records, change);
    }

    Calls inZone(String other) {
        return new Calls(project, instance, marks, given, snapshot, other, records, change);
    }

    Calls changing(String how, String... names) {
        return new Calls(project, instance, marks, given, snapshot, zone, List.of(names), how);
    }

    Calls inStateOf(String other) {
        return new Calls(other, instance, marks, given, snapshot, zone, records, change);
    }

    /**
     * Each has to be allowed for the call to be.
     *
     * @param action in small or capital letters, as it comes
     * @return empty for an action that nobody here has looked up
     */
    Optional<List<Request>> of(String action) {
        var asked = new ArrayList<Request>();
        switch (action.toLowerCase(Locale.ROOT)) {
            case "rds:restoredbinstancefromdbsnapshot" -> {
                asked.add(Request.of(action, RDS + "db:" + instance).tagging(given));
                asked.add(Request.of("rds:AddTagsToResource", RDS + "db:" + instance)
                        .tagging(given));
                asked.add(Request.of(action, RDS + "snapshot:shop-orders-masked")
                        .withEach("rds:snapshot-tag/", snapshot)
                        .onTagged(snapshot));
                asked.addAll(groups(action));
            }
            case "rds:modifydbinstance" -> {
                asked.add(instance(action));
                asked.addAll(groups(action));
            }
            case "rds:deletedbinstance", "rds:startdbinstance", "rds:stopdbinstance" -> asked.add(instance(action));
            case "rds:addtagstoresource", "rds:removetagsfromresource" ->
                asked.add(instance(action).tagging(given));
            case "ec2:createsecuritygroup" -> {
                asked.add(Request.of(action, EC2 + "security-group/*").tagging(given));
                asked.add(Request.of(action, EC2 + "vpc/vpc-1"));
                asked.add(Request.of("ec2:CreateTags", EC2 + "security-group/sg-1")
                        .tagging(given)
                        .with("ec2:CreateAction", "CreateSecurityGroup"));
            }
            case "ec2:authorizesecuritygroupingress" -> {
                asked.add(group(action));
                asked.add(Request.of(action, EC2 + "security-group-rule/*").tagging(given));
                asked.add(Request.of("ec2:CreateTags", EC2 + "security-group-rule/sgr-1")
                        .tagging(given)
                        .with("ec2:CreateAction", "AuthorizeSecurityGroupIngress"));
            }
            case "ec2:createtags", "ec2:deletetags" -> asked.add(group(action).tagging(given));
            case "ec2:deletesecuritygroup", "ec2:revokesecuritygroupegress", "ec2:revokesecuritygroupingress" ->
                asked.add(group(action));
            case "ec2:modifysecuritygrouprules" -> {
                asked.add(group(action));
                asked.add(Request.of(action, EC2 + "security-group-rule/sgr-1").onTagged(marks));
            }
            case "route53:gethostedzone", "route53:listresourcerecordsets", "route53:listtagsforresource" ->
                asked.add(Request.of(action, "arn:aws:route53:::hostedzone/" + zone));
            case "route53:changeresourcerecordsets" ->
                asked.add(Request.of(action, "arn:aws:route53:::hostedzone/" + zone)
                        .with("route53:ChangeResourceRecordSetsNormalizedRecordNames", records)
                        .with("route53:ChangeResourceRecordSetsRecordTypes", List.of("CNAME", "TXT"))
                        .with("route53:ChangeResourceRecordSetsActions", change));
            case "route53:getchange" -> asked.add(Request.of(action, "arn:aws:route53:::change/C1"));
            case "s3:listbucket" -> asked.add(Request.of(action, "arn:aws:s3:::" + BUCKET));
            case "s3:getobject", "s3:putobject", "s3:deleteobject" ->
                List.of(
                                ".pulumi/stacks/%s/pr-7.json",
                                ".pulumi/history/%s/pr-7/pr-7-1.history.json",
                                ".pulumi/backups/%s/pr-7/pr-7.1.json",
                                ".pulumi/locks/organization/%s/pr-7/1.json",
                                ".ephemera/leases/%s/pr-7.json")
                        .forEach(key -> asked.add(state(action, key.formatted(project))));
            default -> {
                var name = action.substring(action.indexOf(':') + 1);
                // These are about all that there is, and AWS knows no resource for them, or none is given.
                if (!name.startsWith("Describe") && !name.startsWith("List") && !action.equals("tag:GetResources")) {
                    return Optional.empty();
                }
                asked.add(Request.of(action, "*"));
            }
        }
        return Optional.of(asked);
    }

    static Request state(String action, String key) {
        return Request.of(action, "arn:aws:s3:::%s/%s".formatted(BUCKET, key));
    }

    private Request instance(String action) {
        return Request.of(action, RDS + "db:" + instance).onTagged(marks);
    }

    private Request group(String action) {
        return Request.of(action, EC2 + "security-group/sg-1").onTagged(marks);
    }

    /** An instance takes these when it is made or changed; nothing happens to them. */
    private static List<Request> groups(String action) {
        return List.of(
                Request.of(action, RDS + "og:default:postgres-16"),
                Request.of(action, RDS + "pg:default.postgres16"),
                Request.of(action, RDS + "subgrp:private"));
    }
}
