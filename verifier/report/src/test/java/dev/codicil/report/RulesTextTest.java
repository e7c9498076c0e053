package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.conformance.ConformityRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTextTest {
  private static final Path PAGE = Path.of("../../docs/rules.md");

  static java.util.List<ChangeRule> rules() {
    return Rules.builtIn();
  }

  /** Write it anew with {@code -Dcodicil.golden=write}. */
  @Test
  void thePageIsThatOfTheCards() throws IOException {
    String page = RulesText.page(Rules.builtIn(), ConformityRules.all());
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleIsInTheListAndOnThePageOnce(ChangeRule rule) {
    String id = rule.card().id();

    assertThat(RulesText.list(Rules.builtIn(), false).lines())
        .filteredOn(line -> line.startsWith("  " + id + " "))
        .hasSize(1);
    assertThat(RulesText.page(Rules.builtIn(), ConformityRules.all()).lines())
        .filteredOn(line -> line.equals("### " + id))
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aCardSaysAllThatTheRuleKnows(ChangeRule rule) {
    String card = RulesText.card(rule.card(), false).replaceAll("\\s+", " ");

    assertThat(card)
        .contains(rule.card().id())
        .contains(rule.card().title())
        .contains(rule.card().why().replaceAll("\\s+", " "))
        .contains(rule.card().remedy().replaceAll("\\s+", " "))
        .contains(rule.card().asymmetry().replaceAll("\\s+", " "));
  }

  @Test
  void rulesOfConformHaveCompleteCardsAndNoNameOfADiffRule() {
    for (ConformityRules.Card card : ConformityRules.all()) {
      assertThat(RulesText.conformity(ConformityRules.all(), false)).contains("  " + card.id());
      assertThat(RulesText.card(card, false).replaceAll("\\s+", " "))
          .contains(card.id(), card.title(), card.why(), card.example(), card.remedy());
      assertThat(rules()).extracting(rule -> rule.card().id()).doesNotContain(card.id());
    }
  }
}
