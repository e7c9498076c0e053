package dev.codicil.amendment;

import static dev.codicil.amendment.rule.Contracts.HERE;
import static dev.codicil.amendment.rule.Contracts.array;
import static dev.codicil.amendment.rule.Contracts.carrying;
import static dev.codicil.amendment.rule.Contracts.enumeration;
import static dev.codicil.amendment.rule.Contracts.integer;
import static dev.codicil.amendment.rule.Contracts.object;
import static dev.codicil.amendment.rule.Contracts.oneOf;
import static dev.codicil.amendment.rule.Contracts.ref;
import static dev.codicil.amendment.rule.Contracts.shape;
import static dev.codicil.amendment.rule.Contracts.string;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Recursive, deep, wide and hostile contracts. */
@Tag("limits") // seconds each, for every mutant they reach
class DifferLimitsTest {

  private static List<Change> reply(Shape before, Shape after) {
    return Differ.diff(carrying(Direction.REPLY, before), carrying(Direction.REPLY, after));
  }

  private static List<String> told(List<Change> changes) {
    return changes.stream().map(change -> change.rule() + " " + change.path()).toList();
  }

  @Test
  void recursiveSchemasAreCut() {
    assertThat(told(reply(tree(string()), tree(integer()))))
        // The nullable tree is another type than the tree, so its name is a place of its own.
        .containsExactly("type-changed body/name", "type-changed body/parent/name");
    assertThat(reply(tree(string()), tree(string()))).isEmpty();
  }

  @Test
  void recursiveSchemasWhoseResolverBuildsNodesAnewEndToo() {
    assertThat(told(reply(fresh(string()), fresh(integer()))))
        .containsExactly("type-changed body/name");
  }

  private static Shape fresh(Shape name) {
    return new Shape.Reference(
        "Tree",
        () -> object().property("name", name, true).property("child", fresh(name), false).build(),
        HERE);
  }

  /** A tree that refers to itself through an array and through an alternative. */
  static Shape tree(Shape name) {
    Map<String, Shape.Node> components = new HashMap<>();
    Shape self =
        new Shape.Reference("Tree", () -> Objects.requireNonNull(components.get("Tree")), HERE);
    components.put(
        "Tree",
        object()
            .property("name", name, true)
            .property("children", array(self), false)
            .property("parent", oneOf(self, shape(JsonType.NULL).build()), false)
            .build());
    return self;
  }

  @Test
  void aSharedSchemaIsToldAtEveryPlaceUpToALimit() {
    Shape before =
        shared(2, ref("Money", shape(JsonType.OBJECT).property("amount", integer(), true).build()));
    Shape after =
        shared(2, ref("Money", shape(JsonType.OBJECT).property("amount", string(), true).build()));
    assertThat(told(reply(before, after)))
        .containsExactly("type-changed body/m0/amount", "type-changed body/m1/amount");
    Shape many =
        shared(
            40, ref("Money", shape(JsonType.OBJECT).property("amount", integer(), true).build()));
    Shape other =
        shared(40, ref("Money", shape(JsonType.OBJECT).property("amount", string(), true).build()));
    assertThat(reply(many, other)).hasSize(8);
  }

  private static Shape shared(int times, Shape money) {
    Shape.Builder builder = object();
    for (int i = 0; i < times; i++) {
      builder.property("m" + i, money, true);
    }
    return builder.build();
  }

  @Test
  void longChainsOfReferencesNeedNoStack() {
    org.assertj.core.api.Assertions.assertThatCode(
            () ->
                assertThat(
                        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                            Duration.ofSeconds(30), () -> reply(chain(string()), chain(integer()))))
                    .hasSize(1))
        .doesNotThrowAnyException();
  }

  private static Shape chain(Shape end) {
    List<Shape.Node> nodes = new ArrayList<>(Collections.nCopies(10_000, end.node()));
    for (int i = 9_998; i >= 0; i--) {
      int next = i + 1;
      nodes.set(
          i,
          object()
              .property("n", new Shape.Reference("N" + next, () -> nodes.get(next), HERE), true)
              .build());
    }
    return nodes.get(0);
  }

  @Test
  void manyPathsThroughSharedNodesDoNotExplode() {
    assertThat(reply(diamond(integer()), diamond(string()))).hasSize(8);
  }

  /** 40 levels, each referring twice to the next: 2^40 paths. */
  private static Shape diamond(Shape end) {
    Shape level = end;
    for (int i = 0; i < 40; i++) {
      level = object().property("left", level, true).property("right", level, true).build();
    }
    return level;
  }

  @Test
  void hostileNamesAndValuesAreShortAndVisible() {
    String evil = "\u001b[31m" + "x".repeat(500) + "\u202e\n";
    List<Change> changes =
        reply(
            object().property(evil, enumeration(evil), true).build(),
            object().property(evil, enumeration("<script>"), true).build());
    assertThat(changes)
        .hasSize(2)
        .allSatisfy(
            change -> {
              assertThat(change.message())
                  .contains("\\u001b[31mxxx")
                  .doesNotContain("\u001b", "\n");
              assertThat(change.message().length()).isLessThan(320);
            });
  }

  @Test
  void hugeNumbersAreComparedWithoutBeingWrittenOut() {
    Shape before = shape(JsonType.INTEGER).maximum(new BigDecimal("1e999999999"), true).build();
    Shape after = shape(JsonType.INTEGER).maximum(new BigDecimal("1e999999998"), true).build();
    assertThat(told(reply(before, after))).containsExactly("range-narrowed body");
  }
}
