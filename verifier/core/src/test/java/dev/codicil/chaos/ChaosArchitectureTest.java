package dev.codicil.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ChaosArchitectureTest {
  private static final JavaClasses CHAOS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.codicil.chaos");

  @Test
  void chaosSeesContractsAndNothingElseOfTheVerifier() {
    assertThat(CHAOS).hasSizeGreaterThan(20);
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.codicil.chaos..",
            "dev.codicil.contract",
            "java..",
            "com.fasterxml.jackson..",
            "org.jspecify..")
        .check(CHAOS);
  }

  @Test
  void theRoomsOfChaosFormNoCircle() {
    slices().matching("dev.codicil.(chaos..)").should().beFreeOfCycles().check(CHAOS);
  }

  @Test
  void chaosKnowsNoClockThreadOrSocket() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("java.net..", "java.nio.channels..", "java.util.concurrent..")
        .andShould()
        .onlyCallMethodsThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "do not read the clock or start threads",
                method ->
                    !method.getFullName().startsWith("java.lang.System.currentTimeMillis")
                        && !method.getFullName().startsWith("java.lang.System.nanoTime")
                        && !method.getName().equals("now")
                        && !method.getOwner().isAssignableTo(Thread.class)))
        .check(CHAOS);
  }
}
