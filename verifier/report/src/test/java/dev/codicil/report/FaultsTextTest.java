package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Dice;
import dev.codicil.chaos.Exchange;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Parameters;
import dev.codicil.chaos.Stream;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.chaos.profile.ProfileReader;
import dev.codicil.contract.DocumentReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTextTest {
  private static final Path PAGE = Path.of("../../docs/faults.md");
  private static final Pattern SECTION = Pattern.compile("(?s)### ([a-z-]+)\n(.*?)(?=\n###|\\z)");
  private static final Pattern SNIPPET = Pattern.compile("(?s)```yaml\n(.*?)```");

  static List<Fault> faults() {
    return Faults.builtIn();
  }

  /** Write it anew with {@code -Dcodicil.golden=write}. */
  @Test
  void thePageIsThatOfTheCards() throws IOException {
    String page = FaultsText.page(Faults.builtIn());
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultIsInTheListAndOnThePageOnce(Fault fault) {
    String id = fault.card().id();

    assertThat(FaultsText.list(Faults.builtIn(), false).lines())
        .filteredOn(line -> line.startsWith("  " + id + " "))
        .hasSize(1);
    assertThat(FaultsText.page(Faults.builtIn()).lines())
        .filteredOn(line -> line.equals("### " + id))
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aCardSaysAllThatTheFaultKnows(Fault fault) {
    FaultCard card = fault.card();
    String text = FaultsText.card(card, false).replaceAll("\\s+", " ");

    assertThat(text)
        .contains(card.id(), card.title(), card.goodService().replaceAll("\\s+", " "))
        .contains("strikes", "planned", "contract", "fault: " + card.id());
    for (FaultCard.Parameter parameter : card.parameters()) {
      assertThat(text)
          .contains(parameter.name())
          .contains(parameter.description().replaceAll("\\s+", " "));
      parameter.choices().forEach(choice -> assertThat(text).contains(choice));
    }
  }

  /** What stands on the page can be copied: the real reader takes it, and it means that fault. */
  @Test
  void everySnippetOfThePageIsAProfile() throws IOException {
    Matcher section = SECTION.matcher(Files.readString(PAGE));
    int read = 0;
    while (section.find()) {
      Matcher snippet = SNIPPET.matcher(section.group(2));
      if (!snippet.find()) {
        continue;
      }
      ChaosProfile profile =
          ProfileReader.read(
              DocumentReader.read(
                  section.group(1) + ".yaml", snippet.group(1).getBytes(StandardCharsets.UTF_8)));
      assertThat(profile.entries())
          .singleElement()
          .extracting(ChaosProfile.Entry::fault)
          .isEqualTo(section.group(1));
      read++;
    }
    assertThat(read).isEqualTo(Faults.builtIn().size());
  }

  /** One word asks for one thing in {@code codicil explain}. */
  @Test
  void noFaultIsCalledLikeARule() {
    assertThat(Faults.builtIn().stream().map(fault -> fault.card().id()))
        .doesNotContainAnyElementsOf(
            Rules.builtIn().stream().map(rule -> rule.card().id()).toList());
  }

  @Test
  void aForeignCardIsEscaped() {
    String bold = "\u001b[1m";
    Fault own =
        new Fault() {
          @Override
          public FaultCard card() {
            return new FaultCard(
                "mine",
                "A | title" + bold,
                FaultCard.Layer.HTTP,
                Set.of(Stream.UPSTREAM),
                false,
                false,
                false,
                List.of(
                    new FaultCard.Parameter(
                            "kind", FaultCard.Type.TEXT, null, "Which <b>| one" + bold + ".")
                        .mandatory()),
                "A good service <script>." + bold);
          }

          @Override
          public Injection.Plan plan(Exchange exchange, Parameters parameters, Dice dice) {
            return Injection.Plan.NONE;
          }
        };
    assertThat(FaultsText.card(own.card(), false)).doesNotContain("\u001b").contains("kind: text");
    assertThat(FaultsText.list(List.of(own), false)).doesNotContain("\u001b");
    assertThat(FaultsText.page(List.of(own)))
        .doesNotContain("\u001b")
        .doesNotContain("<script>")
        .doesNotContain("<b>");
  }
}
