package dev.ephemera.chaos;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The product is not checked by what it believes itself. */
@AnalyzeClasses(packages = "dev.ephemera.chaos")
class CheckerWallTest {
    @ArchTest
    static final ArchRule chaosSharesNoCodeWithWhatItChecks = noClasses()
            .that()
            .resideInAPackage("dev.ephemera.chaos..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.ephemera..").and(not(resideInAPackage("dev.ephemera.chaos.."))));
}
