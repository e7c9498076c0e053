package dev.codicil.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.ContractFormat;
import dev.codicil.report.Reporter;
import dev.codicil.report.Reporters;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom. Every rule must have classes to look at: an empty one proves nothing. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.codicil");

  private static final String[] CORE = {
    "dev.codicil.contract..",
    "dev.codicil.amendment..",
    "dev.codicil.chaos..",
    "dev.codicil.experiment..",
    "dev.codicil.conformance..",
    "dev.codicil.history..",
    "dev.codicil.verdict.."
  };

  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(false).check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> ownExcept(String... allowed) {
    return resideInAPackage("dev.codicil..").and(not(resideInAnyPackage(allowed)));
  }

  private static void sees(String[] who, String... allowed) {
    hold(
        noClasses()
            .that()
            .resideInAnyPackage(who)
            .should()
            .dependOnClassesThat(ownExcept(allowed)));
  }

  @Test
  void allModulesAreLookedAt() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
        .contains(
            "dev.codicil.contract",
            "dev.codicil.amendment",
            "dev.codicil.amendment.rule",
            "dev.codicil.chaos",
            "dev.codicil.chaos.fault",
            "dev.codicil.chaos.profile",
            "dev.codicil.experiment",
            "dev.codicil.conformance",
            "dev.codicil.history",
            "dev.codicil.verdict",
            "dev.codicil.formats.pact",
            "dev.codicil.formats.openapi",
            "dev.codicil.formats.asyncapi",
            "dev.codicil.formats.jsonschema",
            "dev.codicil.formats.scc",
            "dev.codicil.storm.proxy",
            "dev.codicil.storm.run",
            "dev.codicil.storm.kafka",
            "dev.codicil.expressions",
            "dev.codicil.pactbroker",
            "dev.codicil.report",
            "dev.codicil.engine");
  }

  @Test
  void coreSeesNoneOfTheOthers() {
    sees(CORE, CORE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "contract   | ",
        "amendment  | contract",
        "chaos      | contract",
        "experiment | contract,amendment,chaos",
        "conformance | contract,amendment,chaos,experiment",
        "history    | contract,amendment,chaos,experiment",
        "verdict    | contract,amendment,chaos,experiment,history"
      })
  void insideCoreNothingFlowsBack(String who, String allowed) {
    String[] packages =
        ((allowed == null ? "" : allowed + ",") + who).lines().findFirst().orElseThrow().split(",");
    for (int i = 0; i < packages.length; i++) {
      packages[i] = "dev.codicil." + packages[i] + "..";
    }

    sees(new String[] {"dev.codicil." + who + ".."}, packages);
  }

  @ParameterizedTest
  @CsvSource({"pact", "openapi", "asyncapi", "jsonschema"})
  void aFormatSeesContractsAndJsonSchemaOnly(String format) {
    String own = "dev.codicil.formats." + format + "..";

    sees(new String[] {own}, own, "dev.codicil.contract..", "dev.codicil.formats.jsonschema..");
  }

  @Test
  void springCloudContractIsReadAndJudgedAsAPact() {
    String own = "dev.codicil.formats.scc..";

    sees(new String[] {own}, own, "dev.codicil.formats.pact..", "dev.codicil.contract..");
  }

  @Test
  void reportsSeeCoreOnly() {
    sees(new String[] {"dev.codicil.report.."}, with("dev.codicil.report.."));
  }

  @Test
  void expressionsSeeCoreOnlyAndKeepTheirLibraryToThemselves() {
    sees(new String[] {"dev.codicil.expressions.."}, with("dev.codicil.expressions.."));
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.codicil.expressions..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.cel.."));
  }

  @Test
  void theClientOfAPactBrokerSeesContractsOnly() {
    sees(
        new String[] {"dev.codicil.pactbroker.."},
        "dev.codicil.pactbroker..",
        "dev.codicil.contract..");
  }

  @Test
  void stormSeesCoreOnly() {
    sees(new String[] {"dev.codicil.storm.proxy.."}, with("dev.codicil.storm.proxy.."));
    sees(
        new String[] {"dev.codicil.storm.run.."},
        with("dev.codicil.storm.run..", "dev.codicil.storm.proxy.."));
    sees(
        new String[] {"dev.codicil.storm.kafka.."},
        with("dev.codicil.storm.kafka..", "dev.codicil.storm.run.."));
  }

  @Test
  void heavyLibrariesStayInTheModuleThatNeedsThem() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.codicil.formats.pact..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("au.com.dius..", "io.pact..", "kotlin.."));
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.codicil.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jgit.."));
  }

  @Test
  void kafkaIsSpokenInItsModuleAndItsServerIsOnNoClassPathOfOurs() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.codicil.storm.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.."));
    ClassLoader loader = ArchitectureTest.class.getClassLoader();
    assertThat(loader.getResource("kafka/server/KafkaRaftServer.class")).isNull();
    assertThat(loader.getResource("dev/codicil/storm/kafka/broker/BrokerProcess.class")).isNull();
  }

  /** Contracts that are programs run with libraries of their own, in a process of their own. */
  @Test
  void theLibrariesOfContractsThatAreProgramsAreOnNoClassPathOfOurs() {
    assertThat(ArchitectureTest.class.getClassLoader())
        .satisfies(
            loader -> {
              assertThat(
                      loader.getResource("org/springframework/cloud/contract/spec/Contract.class"))
                  .isNull();
              assertThat(loader.getResource("dev/codicil/formats/scc/code/Session.class")).isNull();
            });
  }

  @Test
  void onlyBuildsAndContractsStartProcessesOutsideOfStorm() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.codicil.storm..")
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.engine.source.Builds")
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.engine.source.ForkedRun")
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.engine.source.GitFetch")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class));
  }

  @Test
  void onlyStormAndTheClientOfAPactBrokerOpenSockets() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.codicil.storm..", "dev.codicil.pactbroker..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.netty..", "java.net.http..", "java.nio.channels..")
                    .and(not(describe("files", type -> type.getName().endsWith(".FileChannel"))))
                    .or(
                        describe(
                            "a socket",
                            type -> type.getName().matches("javax?\\.net\\..*Socket.*")))
                    .or(
                        describe(
                            "a URL",
                            type -> type.getName().matches("java\\.net\\.URL(Connection)?"))))
            .as("only storm and the client of a Pact Broker open sockets"));
  }

  @Test
  void onlyTheRunnerAndTheProxyHaveThreadsAndClocks() {
    String[] allowed = {
      "dev.codicil.storm.run..",
      "dev.codicil.storm.proxy..",
      "dev.codicil.storm.kafka..",
      "dev.codicil.pactbroker.." // deadlines, and pauses between tries
    };
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages(allowed)
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.engine.source.Builds") // waits for builds
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.engine.source.ForkedRun") // and for contracts
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.engine.source.GitFetch") // and for git
            .and()
            .doNotHaveFullyQualifiedName("dev.codicil.cli.GateOptions") // says which day it is
            .should()
            .dependOnClassesThat(
                describe(
                    "threads",
                    type ->
                        type.isEquivalentTo(Thread.class)
                            || type.isAssignableTo(java.util.concurrent.Executor.class)
                            || type.isEquivalentTo(java.util.concurrent.Executors.class)
                            || type.isEquivalentTo(java.util.concurrent.CompletableFuture.class)
                            || type.isEquivalentTo(java.util.Timer.class))));
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages(allowed)
            .should()
            .callMethodWhere(
                target(
                    "a clock", "java.lang.System.nanoTime", "java.lang.System.currentTimeMillis"))
            .orShould()
            .callMethodWhere(target("now", "java.time.Instant.now", "java.time.LocalDate.now"))
            .orShould()
            .callMethodWhere(
                target("a zone", "java.time.ZonedDateTime.now", "java.time.Clock.systemUTC"))
            .orShould()
            .callMethodWhere(target("a draw without a seed", "java.lang.Math.random")));
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> target(
      String what, String... names) {
    Set<String> wanted = Set.of(names);
    return describe(
        what,
        call -> {
          AccessTarget.MethodCallTarget method = call.getTarget();
          return wanted.contains(method.getOwner().getName() + "." + method.getName());
        });
  }

  @Test
  void onlyTheDoorsPrintAndExit() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.codicil.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Throwable.class, "printStackTrace"));
  }

  @Test
  void theRulesCatchWhatTheyForbid() {
    assertThat(
            classes()
                .that()
                .resideInAPackage("dev.codicil.storm.proxy..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("io.netty..")))
                .evaluate(CLASSES)
                .hasViolation())
        .isTrue();
    assertThat(
            noClasses()
                .should()
                .callMethodWhere(target("a clock", "java.lang.System.nanoTime"))
                .evaluate(CLASSES)
                .hasViolation())
        .isTrue();
  }

  @Test
  void everyImplementationIsInItsList() {
    assertListed(ContractFormat.class, Formats.builtIn());
    assertListed(ChangeRule.class, Rules.builtIn());
    assertListed(Fault.class, Faults.builtIn());
    assertListed(Reporter.class, Reporters.builtIn());
  }

  private static void assertListed(Class<?> type, List<?> list) {
    Set<String> implementing =
        CLASSES.stream()
            .filter(candidate -> candidate.isAssignableTo(type) && !candidate.isInterface())
            .filter(candidate -> !candidate.getModifiers().contains(JavaModifier.ABSTRACT))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        list.stream()
            .map(item -> item.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(implementing).describedAs(type.getName()).isNotEmpty().isEqualTo(listed);
  }

  private static String[] with(String... more) {
    String[] all = java.util.Arrays.copyOf(CORE, CORE.length + more.length);
    System.arraycopy(more, 0, all, CORE.length, more.length);
    return all;
  }
}
