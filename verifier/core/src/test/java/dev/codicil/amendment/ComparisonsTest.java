package dev.codicil.amendment;

import static dev.codicil.amendment.rule.Contracts.json;
import static dev.codicil.amendment.rule.Contracts.object;
import static dev.codicil.amendment.rule.Contracts.operation;
import static dev.codicil.amendment.rule.Contracts.pact;
import static dev.codicil.amendment.rule.Contracts.string;
import static dev.codicil.amendment.rule.Contracts.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Contract;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonsTest {
  private static final Ledger NOTHING = new Ledger(List.of());

  private static List<Contract> replying(String... fields) {
    var body = object();
    for (String field : fields) {
      body.property(field, string(), true);
    }
    return operation("GET", "/licenses/{id}").reply("200", json(body.build())).document();
  }

  /** A shop that reads fields of a license. */
  private static List<Contract> reading(String... fields) {
    var body = object();
    for (String field : fields) {
      body.property(field, string(), true);
    }
    return pact(
        "shop",
        operation("GET", "/licenses/L-1").reply("200", json(body.build())).example("a license"));
  }

  private static Comparison compare(Compatibility mode, List<Contract> base, List<Contract> head) {
    return new Comparisons("head", head, l -> l, mode, true, WitnessSource.NONE)
        .against("base", base, l -> l)
        .comparison(NOTHING);
  }

  private static List<String> told(Comparison comparison) {
    return comparison.changes().stream()
        .map(
            stated ->
                stated.audience().id()
                    + " "
                    + stated.change().severity()
                    + " "
                    + stated.change().rule()
                    + " "
                    + stated.change().path())
        .toList();
  }

  @Test
  void backwardIsForExistingConsumers() {
    assertThat(told(compare(Compatibility.BACKWARD, replying("a", "b"), replying("a"))))
        .containsExactly("existing-consumers BREAKING field-removed body/b");
  }

  @Test
  void forwardIsForNewConsumersAtTheOldProvider() {
    assertThat(told(compare(Compatibility.FORWARD, replying("a"), replying("a", "b"))))
        .containsExactly("new-consumers BREAKING field-removed body/b");
    assertThat(told(compare(Compatibility.FORWARD, replying("a", "b"), replying("a"))))
        .containsExactly("new-consumers SAFE field-added body/b");
  }

  @Test
  void fullIsBoth() {
    assertThat(told(compare(Compatibility.FULL, replying("a"), replying("b"))))
        .containsExactly(
            "existing-consumers BREAKING field-removed body/a",
            "new-consumers BREAKING field-removed body/b",
            "new-consumers SAFE field-added body/a",
            "existing-consumers SAFE field-added body/b");
  }

  @Test
  void forwardJoinsTheConsumersOfTheHead() {
    Comparison comparison =
        compare(
            Compatibility.FORWARD,
            together(replying("a"), reading("a")),
            together(replying("a", "b"), reading("a", "b")));

    assertThat(comparison.changes())
        .filteredOn(stated -> stated.change().path().equals("body/b"))
        .filteredOn(stated -> stated.change().rule().equals("field-removed"))
        .allSatisfy(stated -> assertThat(stated.change().touches()).hasSize(1))
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Compatibility.class)
  void whatAConsumerWillDoIsToldForNewConsumersAndOnce(Compatibility mode) {
    List<Contract> more =
        pact(
            "shop",
            operation("GET", "/licenses/L-1").reply("200", json(string())).example("a license"),
            operation("DELETE", "/licenses/L-1")
                .reply("200", json(string()))
                .example("a revocation"));
    List<Contract> less =
        pact(
            "shop",
            operation("GET", "/licenses/L-1").reply("200", json(string())).example("a license"));

    Comparison comparison = compare(mode, less, more);

    assertThat(told(comparison)).containsExactly("new-consumers RISKY interaction-added ");
    Rollout rollout = comparison.rollout();
    assertThat(rollout).isNotNull();
    assertThat(rollout.order()).isEqualTo(Rollout.Order.PROVIDER_FIRST);
    assertThat(rollout.strict()).isFalse();
  }

  @Test
  void aWishSaysNothingOfTheOrderWhereADocumentDoes() {
    Comparison comparison =
        compare(
            Compatibility.BACKWARD,
            together(replying("a", "b"), reading("a")),
            together(replying("a", "b"), reading("a", "b")));

    Rollout rollout = comparison.rollout();
    assertThat(rollout).isNotNull();
    assertThat(rollout.order()).isEqualTo(Rollout.Order.EITHER);
  }

  @Test
  void aChangeIsToldOnceWithEveryBaseItStandsAgainst() {
    Comparison comparison =
        new Comparisons(
                "head", replying("a"), l -> l, Compatibility.BACKWARD, true, WitnessSource.NONE)
            .against("v1", replying("a", "b"), l -> l)
            .against("v2", replying("a", "b", "c"), l -> l)
            .against("v3", replying("a"), l -> l)
            .comparison(NOTHING);

    assertThat(comparison.bases()).containsExactly("v1", "v2", "v3");
    assertThat(comparison.changes())
        .extracting(stated -> stated.change().path() + " " + stated.against())
        .containsExactly("body/b [v1, v2]", "body/c [v2]");
  }

  @Test
  void locationsAreOfTheirSideWhateverTheDirection() {
    Comparison comparison =
        new Comparisons(
                "head",
                replying("a", "b"),
                in("head/"),
                Compatibility.FORWARD,
                true,
                WitnessSource.NONE)
            .against("base", replying("a"), in("base/"))
            .comparison(NOTHING);

    assertThat(comparison.changes())
        .extracting(stated -> stated.change().location().file())
        .containsExactly("head/licenses.yaml");
  }

  @ParameterizedTest
  @EnumSource(Compatibility.class)
  void nothingChangesBetweenASetAndItself(Compatibility mode) {
    List<Contract> same = together(replying("a"), reading("a"));

    Comparison comparison = compare(mode, same, same);

    assertThat(comparison.changes()).isEmpty();
    assertThat(comparison.worst()).isEmpty();
    assertThat(comparison.rollout()).isNotNull();
  }

  private static java.util.function.UnaryOperator<Location> in(String folder) {
    return l -> new Location(folder + l.file(), l.line(), l.column(), l.pointer());
  }
}
