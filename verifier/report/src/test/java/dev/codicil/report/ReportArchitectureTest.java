package dev.codicil.report;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;

class ReportArchitectureTest {
  private static final JavaClasses REPORT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.codicil.report");

  @Test
  void everyReporterIsInTheList() {
    assertThat(
            REPORT.stream()
                .filter(type -> type.isAssignableTo(Reporter.class) && !type.isInterface())
                .map(type -> type.getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(
            Reporters.builtIn().stream()
                .map(reporter -> reporter.getClass().getSimpleName())
                .toList())
        .isNotEmpty();
  }

  @Test
  void everyFormatOfDiffIsInTheList() {
    assertThat(
            REPORT.stream()
                .filter(type -> type.isAssignableTo(DiffReporter.class) && !type.isInterface())
                .map(type -> type.getSimpleName()))
        .containsExactlyInAnyOrderElementsOf(
            DiffReporters.builtIn().stream()
                .map(reporter -> reporter.getClass().getSimpleName())
                .toList())
        .isNotEmpty();
  }

  @Test
  void onlyRenders() {
    GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(REPORT);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.time..", "java.net..", "java.nio.file..", "java.util.concurrent..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.codicil.storm..", "dev.codicil.engine..", "dev.codicil.cli..")
        .check(REPORT);
  }
}
