package dev.codicil.amendment.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Differ;
import dev.codicil.amendment.Direction;
import dev.codicil.contract.Contract;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  private static final Map<String, RuleCard> CARDS =
      Rules.builtIn().stream()
          .map(ChangeRule::card)
          .collect(Collectors.toMap(RuleCard::id, Function.identity()));

  static Stream<Fixtures.OfShape> shapes() {
    return Fixtures.shapes().stream();
  }

  static Stream<Fixtures.OfContracts> contracts() {
    return Fixtures.contracts().stream();
  }

  static Stream<ChangeRule> rules() {
    return Rules.builtIn().stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aChangedShapeGivesExactlyTheseChanges(Fixtures.OfShape fixture) {
    for (Direction direction : List.of(Direction.REQUEST, Direction.REPLY)) {
      assertThat(found(fixture.before(direction), fixture.after(direction)))
          .as("%s", direction)
          .containsExactlyInAnyOrderElementsOf(
              expected(direction == Direction.REQUEST ? fixture.request() : fixture.reply()));
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void aChangedContractGivesExactlyTheseChanges(Fixtures.OfContracts fixture) {
    assertThat(found(fixture.before(), fixture.after()))
        .containsExactlyInAnyOrderElementsOf(expected(fixture.expected()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void nothingChangesBetweenAShapeAndItself(Fixtures.OfShape fixture) {
    for (Direction direction : List.of(Direction.REQUEST, Direction.REPLY)) {
      assertThat(Differ.diff(fixture.before(direction), fixture.before(direction))).isEmpty();
      assertThat(Differ.diff(fixture.after(direction), fixture.after(direction))).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void nothingChangesBetweenAContractAndItself(Fixtures.OfContracts fixture) {
    assertThat(Differ.diff(fixture.before(), fixture.before())).isEmpty();
    assertThat(Differ.diff(fixture.after(), fixture.after())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aRequestMirrorsTheSwappedReply(Fixtures.OfShape fixture) {
    List<Change> request =
        Differ.diff(fixture.before(Direction.REQUEST), fixture.after(Direction.REQUEST));
    List<Change> reply =
        Differ.diff(fixture.after(Direction.REPLY), fixture.before(Direction.REPLY));
    assertThat(reply.stream().filter(change -> symmetric(change.rule())).map(RulesTest::show))
        .containsExactlyInAnyOrderElementsOf(
            request.stream()
                .filter(change -> symmetric(change.rule()))
                .map(change -> mirror(change.rule()) + "=" + change.severity())
                .toList());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void swappingContractsGivesTheMirrorRules(Fixtures.OfContracts fixture) {
    List<String> there =
        Differ.diff(fixture.before(), fixture.after()).stream().map(Change::rule).toList();
    List<String> back =
        Differ.diff(fixture.after(), fixture.before()).stream().map(Change::rule).toList();
    // Parameters mirror headers, which stand on the other side of the exchange.
    assertThat(back)
        .containsExactlyInAnyOrderElementsOf(there.stream().map(RulesTest::swapped).toList());
  }

  @Test
  void everyReasonForAsymmetryIsNeeded() {
    List<String> needed = new ArrayList<>();
    for (Fixtures.OfShape fixture : Fixtures.shapes()) {
      List<String> request =
          found(fixture.before(Direction.REQUEST), fixture.after(Direction.REQUEST)).stream()
              .map(told -> mirror(told.split("=", 2)[0]) + "=" + told.split("=", 2)[1])
              .sorted()
              .toList();
      List<String> reply =
          found(fixture.after(Direction.REPLY), fixture.before(Direction.REPLY)).stream()
              .sorted()
              .toList();
      if (!request.equals(reply)) {
        needed.add(fixture.rule());
      }
    }
    assertThat(Fixtures.shapes().stream().map(Fixtures.OfShape::rule).distinct())
        .allSatisfy(
            rule ->
                assertThat(needed.contains(rule) || needed.contains(mirror(rule)))
                    .as(rule)
                    .isEqualTo(!symmetric(rule)));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasAFixtureThatItFires(ChangeRule rule) {
    String id = rule.card().id();
    Stream<String> fired =
        Stream.concat(
            shapes()
                .filter(fixture -> fixture.rule().equals(id))
                .map(fixture -> fixture.request() + " " + fixture.reply()),
            contracts()
                .filter(fixture -> fixture.rule().equals(id))
                .map(Fixtures.OfContracts::expected));
    assertThat(fired).isNotEmpty().allMatch(expected -> expected.contains(id + "="));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyMirrorIsARuleThatMirrorsBack(ChangeRule rule) {
    RuleCard card = rule.card();
    assertThat(CARDS).containsKey(card.mirror());
    assertThat(mirror(card.mirror())).isEqualTo(card.id());
    assertThat(symmetric(card.mirror())).isEqualTo(symmetric(card.id()));
  }

  @Test
  @Tag("whole-class-path") // tells nothing of a mutant, and takes longer than all others together
  void noRuleIsMissingInTheList() throws IllegalAccessException {
    List<Object> declared = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.codicil")) {
      if (type.isAssignableTo(ChangeRule.class) && !type.isInterface()) {
        classes.add(type.getName());
      }
      for (Field field : type.reflect().getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ChangeRule.class) {
          field.setAccessible(true);
          declared.add(field.get(null));
        }
      }
    }
    assertThat(declared).hasSizeGreaterThan(30);
    assertThat(Rules.builtIn()).containsAll(declared.stream().map(ChangeRule.class::cast).toList());
    assertThat(Rules.builtIn()).doesNotHaveDuplicates().hasSameSizeAs(CARDS.keySet());
    assertThat(classes)
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(Rules.builtIn().stream().map(rule -> rule.getClass().getName()))
                    .contains(name));
  }

  private static List<String> found(List<Contract> before, List<Contract> after) {
    return Differ.diff(before, after).stream().map(RulesTest::show).toList();
  }

  private static List<String> expected(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String show(Change change) {
    return change.rule() + "=" + change.severity();
  }

  private static boolean symmetric(String rule) {
    RuleCard card = CARDS.get(rule);
    return card != null && card.asymmetry().isEmpty();
  }

  private static String mirror(String rule) {
    RuleCard card = CARDS.get(rule);
    return card == null ? "" : card.mirror();
  }

  private static String swapped(String rule) {
    String mirror = mirror(rule);
    return rule.startsWith("parameter-")
        ? mirror.replace("header-", "parameter-")
        : rule.startsWith("header-") ? mirror.replace("parameter-", "header-") : mirror;
  }
}
