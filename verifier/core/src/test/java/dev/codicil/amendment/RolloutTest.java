package dev.codicil.amendment;

import static dev.codicil.amendment.rule.Contracts.carrying;
import static dev.codicil.amendment.rule.Contracts.document;
import static dev.codicil.amendment.rule.Contracts.enumeration;
import static dev.codicil.amendment.rule.Contracts.integer;
import static dev.codicil.amendment.rule.Contracts.object;
import static dev.codicil.amendment.rule.Contracts.operation;
import static dev.codicil.amendment.rule.Contracts.string;
import static dev.codicil.amendment.rule.Contracts.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Rollout.Order;
import dev.codicil.amendment.Rollout.Phase;
import dev.codicil.contract.Body;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutTest {
  private static final Body NONE = Body.none(Location.of("licenses.yaml"));
  private static final Shape OLD = object().property("validUntil", string(), true).build();
  private static final Shape RENAMED = object().property("expiresAt", string(), true).build();

  /** An amendment, and who may be released first. */
  record Case(
      String told, List<Contract> before, List<Contract> after, Order order, boolean strict) {
    @Override
    public String toString() {
      return told + ": " + order.told();
    }

    Case swapped(Order swapped) {
      return new Case(told + ", taken back", after, before, swapped, strict);
    }
  }

  private static Case reply(String told, Shape before, Shape after, Order order, boolean strict) {
    return new Case(
        told, carrying(Direction.REPLY, before), carrying(Direction.REPLY, after), order, strict);
  }

  private static Case request(String told, Shape before, Shape after, Order order, boolean strict) {
    return new Case(
        told,
        carrying(Direction.REQUEST, before),
        carrying(Direction.REQUEST, after),
        order,
        strict);
  }

  private static Shape.Builder with(String name, boolean required) {
    return object().property("validUntil", string(), true).property(name, string(), required);
  }

  static List<Case> cases() {
    List<Case> cases =
        new java.util.ArrayList<>(
            List.of(
                reply("nothing", OLD, OLD, Order.EITHER, false),
                reply(
                    "new optional reply field",
                    OLD,
                    with("note", false).build(),
                    Order.PROVIDER_FIRST,
                    false),
                reply(
                    "new promised reply field",
                    OLD,
                    with("note", true).build(),
                    Order.PROVIDER_FIRST,
                    true),
                reply(
                    "new reply enum value",
                    enumeration("a"),
                    enumeration("a", "b"),
                    Order.CONSUMERS_FIRST,
                    true),
                reply(
                    "reply field of another type",
                    object().property("n", string(), true).build(),
                    object().property("n", integer(), true).build(),
                    Order.IMPOSSIBLE_IN_ONE_STEP,
                    true),
                reply("renamed reply field", OLD, RENAMED, Order.IMPOSSIBLE_IN_ONE_STEP, true),
                request(
                    "new required request field",
                    OLD,
                    with("region", true).build(),
                    Order.CONSUMERS_FIRST,
                    true),
                request(
                    "new optional request field",
                    OLD,
                    with("region", false).build(),
                    Order.PROVIDER_FIRST,
                    false),
                request(
                    "new request enum value",
                    enumeration("a"),
                    enumeration("a", "b"),
                    Order.PROVIDER_FIRST,
                    true),
                new Case(
                    "new operation",
                    document(operation("GET", "/a").reply("200", NONE)),
                    document(
                        operation("GET", "/a").reply("200", NONE),
                        operation("GET", "/b").reply("200", NONE)),
                    Order.PROVIDER_FIRST,
                    true),
                new Case(
                    "moved operation",
                    document(operation("GET", "/a").reply("200", NONE)),
                    document(operation("GET", "/b").reply("200", NONE)),
                    Order.IMPOSSIBLE_IN_ONE_STEP,
                    true)));
    for (Case one : List.copyOf(cases)) {
      cases.add(
          one.swapped(
              switch (one.order()) {
                case PROVIDER_FIRST -> Order.CONSUMERS_FIRST;
                case CONSUMERS_FIRST -> Order.PROVIDER_FIRST;
                case EITHER, IMPOSSIBLE_IN_ONE_STEP -> one.order();
              }));
    }
    return cases;
  }

  private static Rollout advice(List<Contract> before, List<Contract> after) {
    return Rollout.of(Differ.diff(before, after), Differ.diff(after, before));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theOrderFollowsFromWhomEachOrderHurts(Case one) {
    Rollout rollout = advice(one.before(), one.after());

    assertThat(rollout.order()).isEqualTo(one.order());
    assertThat(rollout.strict()).isEqualTo(one.strict());
    assertThat(rollout.reason()).isNotBlank();
    assertThat(rollout.steps().isEmpty()).isEqualTo(one.order() == Order.EITHER);
  }

  @Test
  void aRenamedFieldIsExpandedMigratedAndContracted() {
    Rollout rollout = advice(carrying(Direction.REPLY, OLD), carrying(Direction.REPLY, RENAMED));

    assertThat(rollout.steps())
        .extracting(Rollout.Step::phase)
        .containsExactly(Phase.EXPAND, Phase.MIGRATE, Phase.CONTRACT);
    assertThat(rollout.steps())
        .extracting(Rollout.Step::who)
        .containsExactly("provider", "consumers", "provider");
    assertThat(items(rollout))
        .containsExactly(
            "body/expiresAt: send it",
            "body/validUntil: stop relying on it",
            "body/validUntil: stop sending it");
  }

  @Test
  void aFieldThatChangesItsTypeIsOfferedInBothForms() {
    Shape text = object().property("n", string(), true).build();
    Shape number = object().property("n", integer(), true).build();

    Rollout rollout = advice(carrying(Direction.REPLY, text), carrying(Direction.REPLY, number));

    assertThat(items(rollout).get(0))
        .isEqualTo("body/n: offer the new form under another name, beside the old one");
  }

  @Test
  void twoChangesThatAskForOppositeOrdersAreTakenApart() {
    List<Contract> before = together(carrying(Direction.REPLY, enumeration("a")));
    List<Contract> after =
        List.of(
            new Contract(
                "openapi",
                before.get(0).provider(),
                null,
                together(
                        carrying(Direction.REPLY, enumeration("a", "b")),
                        document(operation("GET", "/new").reply("200", NONE)))
                    .stream()
                    .flatMap(contract -> contract.interactions().stream())
                    .toList(),
                before.get(0).location()));

    Rollout rollout = advice(before, after);

    assertThat(rollout.order()).isEqualTo(Order.IMPOSSIBLE_IN_ONE_STEP);
    assertThat(items(rollout)).contains(": serve it");
  }

  private static List<String> items(Rollout rollout) {
    return rollout.steps().stream()
        .flatMap(step -> step.items().stream())
        .map(item -> item.pointer() + ": " + item.what())
        .toList();
  }
}
