package dev.ephemera.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the sandbox's properties against the classes that a program compiles with. */
class SdkPropertiesTest {
    static Stream<Arguments> resources() {
        return Stream.of(
                Arguments.of(
                        TestEngine.INSTANCE, com.pulumi.aws.rds.InstanceArgs.class, com.pulumi.aws.rds.Instance.class),
                Arguments.of(
                        TestEngine.DESIRED_STATE,
                        com.pulumi.aws.rds.InstanceDesiredStateArgs.class,
                        com.pulumi.aws.rds.InstanceDesiredState.class),
                Arguments.of(TestEngine.QUEUE, com.pulumi.aws.sqs.QueueArgs.class, com.pulumi.aws.sqs.Queue.class),
                Arguments.of(
                        TestEngine.RECORD,
                        com.pulumi.aws.route53.RecordArgs.class,
                        com.pulumi.aws.route53.Record.class),
                Arguments.of(
                        TestEngine.GROUP,
                        com.pulumi.aws.ec2.SecurityGroupArgs.class,
                        com.pulumi.aws.ec2.SecurityGroup.class),
                Arguments.of(
                        TestEngine.INGRESS,
                        com.pulumi.aws.vpc.SecurityGroupIngressRuleArgs.class,
                        com.pulumi.aws.vpc.SecurityGroupIngressRule.class),
                Arguments.of(
                        TestEngine.EGRESS,
                        com.pulumi.aws.vpc.SecurityGroupEgressRuleArgs.class,
                        com.pulumi.aws.vpc.SecurityGroupEgressRule.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void everyInputOfTheSdkIsServedOrRefusedByName(String token, Class<?> arguments) {
        var schema = Catalogue.resource(token).schema();
        var known = new ArrayList<>(schema.refused());
        schema.inputs().forEach(property -> known.add(property.name()));
        assertThat(known).containsExactlyInAnyOrderElementsOf(imports(arguments));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void requiresWhatTheSdkRequires(String token, Class<?> arguments) {
        var required = Catalogue.resource(token).schema().inputs().stream()
                .filter(Property::required)
                .map(Property::name);
        assertThat(required)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(arguments.getDeclaredFields())
                        .map(field -> field.getAnnotation(Import.class))
                        .filter(annotation -> annotation != null && annotation.required())
                        .map(Import::name)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resources")
    void everyOutputOfTheSdkIsServedOrRefusedByName(String token, Class<?> arguments, Class<?> resource) {
        var schema = Catalogue.resource(token).schema();
        var known = new ArrayList<>(schema.refused());
        known.addAll(schema.properties().keySet());
        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(resource.getDeclaredFields())
                        .map(field -> field.getAnnotation(Export.class))
                        .filter(annotation -> annotation != null)
                        .map(Export::name)
                        .toList());
    }

    @Test
    void everyArgumentOfTheSdksFunctionsIsTaken() {
        var functions = Map.<String, Class<?>>of(
                "aws:route53/getZone:getZone", com.pulumi.aws.route53.inputs.GetZoneArgs.class,
                "aws:rds/getSubnetGroup:getSubnetGroup", com.pulumi.aws.rds.inputs.GetSubnetGroupArgs.class,
                "aws:ec2/getSubnet:getSubnet", com.pulumi.aws.ec2.inputs.GetSubnetArgs.class,
                "aws:ec2/getVpc:getVpc", com.pulumi.aws.ec2.inputs.GetVpcArgs.class,
                "aws:rds/getSnapshot:getSnapshot", com.pulumi.aws.rds.inputs.GetSnapshotArgs.class,
                "aws:index/getCallerIdentity:getCallerIdentity", com.pulumi.aws.inputs.GetCallerIdentityArgs.class);
        functions.forEach(
                (token, arguments) -> assertThat(Catalogue.function(token).arguments())
                        .containsExactlyInAnyOrderElementsOf(imports(arguments)));
    }

    private static List<String> imports(Class<?> arguments) {
        return Arrays.stream(arguments.getDeclaredFields())
                .map(field -> field.getAnnotation(Import.class))
                .filter(annotation -> annotation != null)
                .map(Import::name)
                .toList();
    }
}
