package dev.ephemera.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Names of AWS's actions, as IAM knows them, from what there is of them in the code. */
final class Actions {
    private static final Map<String, Class<?>> CLIENTS = Map.of(
            "ec2", Ec2Client.class,
            "iam", IamClient.class,
            "rds", RdsClient.class,
            "route53", Route53Client.class,
            "s3", S3Client.class,
            "sqs", SqsClient.class,
            "sts", StsClient.class,
            "tag", ResourceGroupsTaggingApiClient.class);

    /** A call in our sources, on a client that is called like its service. */
    private static final Pattern CALL = Pattern.compile("\\b(ec2|rds|route53|s3|sts|tagging)\\s*\\.(\\w+)\\(");
    /** What the stand-in for the AWS provider says of a call that failed. */
    private static final Pattern LABEL = Pattern.compile("\"(EC2|IAM|RDS|Route 53|SQS|STS): (\\w+)\"");
    /** What IAM calls otherwise than the API. */
    private static final Map<String, String> OTHERWISE = Map.of(
            "s3:listobjectsv2", "s3:ListBucket",
            "s3:getobjectasbytes", "s3:GetObject");

    /** By whose beginning AWS's actions say that they change nothing. */
    private static final Pattern READS = Pattern.compile("\\w+:(Describe|Get|Head|List|Search|Select|Simulate)\\w*");

    /** Some seconds' work, and always the same. */
    private static final Set<String> CHANGING = lookUp();

    private Actions() {}

    /** Those that change something, of every service whose client we have, as the SDK knows them. */
    static Set<String> changing() {
        return CHANGING;
    }

    private static Set<String> lookUp() {
        return sorted(CLIENTS.entrySet().stream()
                .flatMap(client -> Arrays.stream(client.getValue().getMethods())
                        .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                        .filter(SdkRequest.class::isAssignableFrom)
                        .map(request ->
                                client.getKey() + ":" + request.getSimpleName().replaceFirst("Request$", "")))
                .filter(action -> !READS.matcher(action).matches())
                .collect(Collectors.toSet()));
    }

    /** What the classes of this folder call of the SDK. */
    static Set<String> calledIn(Path folder) {
        var found = sorted(Set.of());
        var call = CALL.matcher(sources(folder));
        while (call.find()) {
            if (!call.group(2).equals("close")) {
                var service = call.group(1).replace("tagging", "tag");
                var method = call.group(2).replaceFirst("Paginator$", "");
                var action = service + ":" + method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
                found.add(OTHERWISE.getOrDefault(action.toLowerCase(Locale.ROOT), action));
            }
        }
        return found;
    }

    /** What the classes of this folder say that they call. */
    static Set<String> namedIn(Path folder) {
        var found = sorted(Set.of());
        var label = LABEL.matcher(sources(folder));
        while (label.find()) {
            found.add(label.group(1).replace(" ", "").toLowerCase(Locale.ROOT) + ":" + label.group(2));
        }
        return found;
    }

    private static String sources(Path folder) {
        try (var files = Files.list(folder)) {
            var text = new StringBuilder();
            for (var file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As IAM compares them: {@code DBInstance} and {@code DbInstance} are the same. */
    static Set<String> sorted(Set<String> actions) {
        var sorted = new TreeSet<String>(Comparator.comparing(action -> action.toLowerCase(Locale.ROOT)));
        sorted.addAll(actions);
        return sorted;
    }
}
