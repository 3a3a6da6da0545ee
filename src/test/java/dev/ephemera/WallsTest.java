package dev.ephemera;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know what. */
@AnalyzeClasses(packages = "dev.ephemera", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule pulumisTypesStayInComponentsAndProgramAndItsProtocolInTheSandbox = noClasses()
            .that()
            .resideOutsideOfPackages("dev.ephemera.components..", "dev.ephemera.program..", "dev.ephemera.sandbox..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.pulumi..", "pulumirpc..");

    @ArchTest
    static final ArchRule theProvidersProtocolStaysInTheStandIn = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ephemera.sandbox.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("pulumirpc..", "io.grpc..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule cloudClientsStayInCloudAndSandbox = noClasses()
            .that()
            .resideOutsideOfPackages("dev.ephemera.cloud..", "dev.ephemera.sandbox..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("software.amazon.awssdk..", "io.fabric8.."));

    @ArchTest
    static final ArchRule forgesClientsStayInForge = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ephemera.forge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.kohsuke..", "org.gitlab4j..", "org.glassfish.jersey..", "jakarta.ws.rs..");

    @ArchTest
    static final ArchRule modelAndNamingKnowTheJdkOnly = noClasses()
            .that()
            .resideInAnyPackage("dev.ephemera.model..", "dev.ephemera.naming..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "dev.ephemera.model..", "dev.ephemera.naming..", "org.jspecify..");

    @ArchTest
    static final ArchRule decisionsOfLifecycleNeedNothingButWhatWasSeen = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.lifecycle..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "dev.ephemera.lifecycle..",
                    "dev.ephemera.model..",
                    "dev.ephemera.naming..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule costsFollowFromPricesAndResourcesAlone = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.cost..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "dev.ephemera.cost..",
                    "dev.ephemera.failure..",
                    "dev.ephemera.model..",
                    "com.fasterxml.jackson.core..",
                    "com.fasterxml.jackson.databind..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule namingKnowsNobody = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.naming..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ephemera.model..");

    @ArchTest
    static final ArchRule onlyConfigReadsYaml = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ephemera.config..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.dataformat..");

    @ArchTest
    static final ArchRule programAndCommandLineMeetOnlyThroughTheRoomsBelow = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.program..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ephemera.cli..", "dev.ephemera.sandbox..", "dev.ephemera.toolchain..");

    @ArchTest
    static final ArchRule componentsAreAKitOfTheirOwn = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.components..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.ephemera.config..",
                    "dev.ephemera.program..",
                    "dev.ephemera.cloud..",
                    "dev.ephemera.cli..",
                    "dev.ephemera.sandbox..",
                    "dev.ephemera.toolchain..");

    /** No program that extends ours has them, because the POM calls them optional. */
    @ArchTest
    static final ArchRule theProgramDoesWithoutOptionalLibraries = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.program..")
            .should()
            .transitivelyDependOnClassesThat()
            .resideInAnyPackage(
                    "software.amazon.awssdk.services.ec2..",
                    "software.amazon.awssdk.services.s3..",
                    "software.amazon.awssdk.services.resourcegroupstaggingapi..",
                    "software.amazon.awssdk.services.iam..",
                    "software.amazon.awssdk.services.sqs..",
                    "com.google.cloud.tools.jib..",
                    "picocli..",
                    "org.kohsuke..",
                    "org.gitlab4j..",
                    "org.glassfish.jersey..",
                    "jakarta.ws.rs..",
                    "pulumirpc..",
                    "io.grpc..",
                    "com.google.protobuf..");

    @ArchTest
    static final ArchRule noRoomsKnowEachOther =
            slices().matching("dev.ephemera.(*)..").should().beFreeOfCycles();
}
