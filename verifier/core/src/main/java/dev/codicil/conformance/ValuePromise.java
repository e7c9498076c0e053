package dev.codicil.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.TypeSet;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import dev.codicil.experiment.ShapeCheck;
import dev.codicil.experiment.ShapeSampler;
import dev.codicil.experiment.ShapeSampler.Purpose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the values a document allows at one place are values the consumer takes. */
final class ValuePromise {
  private static final int DRAWS = 6;
  private static final long SEED = 1;
  private static final Set<JsonType> TEXTS = Set.of(JsonType.STRING);

  private final String subject;
  private final boolean text;

  ValuePromise(String subject, boolean text) {
    this.subject = subject;
    this.text = text;
  }

  void compare(Shape.Node mine, Shape.Node theirs, String path, String place, Gaps gaps) {
    if (!mine.enumeration().isEmpty()) {
      exact(mine, theirs, path, place, gaps);
    } else if (!theirs.enumeration().isEmpty()) {
      listed(mine, theirs, path, place, gaps);
    } else {
      length(mine, theirs, path, place, gaps);
      open(mine, theirs, path, place, gaps);
    }
  }

  /** An exact value must be possible; whether it comes depends on the provider's state. */
  private void exact(Shape.Node mine, Shape.Node theirs, String path, String place, Gaps gaps) {
    boolean possible =
        mine.enumeration().stream()
            .anyMatch(
                value ->
                    PromiseWalk.possible(theirs, value)
                        || text && !theirs.types().equals(TEXTS) && theirs.enumeration().isEmpty());
    if (!possible) {
      JsonNode first = mine.enumeration().get(0);
      gaps.add(
          Gaps.Gap.of(
              "reply-value-not-accepted",
              Severity.BREAKING,
              path,
              place,
              Excerpt.of(first.toString()),
              shown(theirs),
              subject
                  + " is never "
                  + Excerpt.quoted(plain(first))
                  + ", which the consumer expects",
              mine,
              theirs));
    }
  }

  private void listed(Shape.Node mine, Shape.Node theirs, String path, String place, Gaps gaps) {
    List<JsonNode> refused = new ArrayList<>();
    for (JsonNode value : theirs.enumeration()) {
      if (!value.isNull() && !ShapeCheck.allows(mine, value, Purpose.REPLY) && !text) {
        refused.add(value);
      }
    }
    if (!refused.isEmpty()) {
      boolean all = refused.size() == theirs.enumeration().size();
      gaps.add(
          Gaps.Gap.of(
              "reply-value-not-accepted",
              all ? Severity.BREAKING : Severity.RISKY,
              path,
              place,
              shown(mine),
              Excerpt.values(theirs.enumeration()),
              subject + " may be " + Excerpt.values(refused) + ", which the consumer does not take",
              mine,
              theirs));
    }
  }

  /** Lengths of arrays come from the provider's state, but must be possible. */
  private void length(Shape.Node mine, Shape.Node theirs, String path, String place, Gaps gaps) {
    boolean tooFew =
        mine.minItems() != null && theirs.maxItems() != null && theirs.maxItems() < mine.minItems();
    boolean tooMany =
        mine.maxItems() != null && theirs.minItems() != null && theirs.minItems() > mine.maxItems();
    if (tooFew || tooMany) {
      gaps.add(
          Gaps.Gap.of(
              "reply-value-not-accepted",
              Severity.BREAKING,
              path,
              place,
              mine.minItems() + " to " + mine.maxItems() + " items",
              theirs.minItems() + " to " + theirs.maxItems() + " items",
              subject + " never has as many items as the consumer expects",
              mine,
              theirs));
    }
  }

  private void open(Shape.Node mine, Shape.Node theirs, String path, String place, Gaps gaps) {
    boolean sameText =
        Objects.equals(mine.pattern(), theirs.pattern())
            || mine.format() != null && Objects.equals(mine.format(), theirs.format());
    boolean texts = mine.pattern() != null || mine.format() != null;
    boolean within = within(mine, theirs);
    if (within && (sameText || !texts)) {
      return;
    }
    if (!TypeSet.named(theirs)) {
      return;
    }
    JsonNode refused = refused(mine, theirs);
    if (refused != null) {
      gaps.add(
          Gaps.Gap.of(
              "reply-value-not-accepted",
              Severity.RISKY,
              path,
              place,
              shown(mine),
              shown(theirs),
              subject
                  + " may be "
                  + Excerpt.quoted(plain(refused))
                  + ", which the consumer does not take",
              mine,
              theirs));
    } else if (mine.pattern() == null && mine.format() != null && theirs.format() == null) {
      gaps.add(
          Gaps.Gap.of(
              "reply-value-not-accepted",
              Severity.RISKY,
              path,
              place,
              "format " + Excerpt.of(mine.format()),
              shown(theirs),
              subject + " need not have the format that the consumer takes",
              mine,
              theirs));
    } else {
      gaps.undecided(
          subject
              + ": whether all that "
              + Excerpt.quoted(shown(theirs))
              + " allows matches "
              + Excerpt.quoted(shown(mine)));
    }
  }

  /** A value the document allows and the consumer does not take; null when none was drawn. */
  private static @Nullable JsonNode refused(Shape.Node mine, Shape.Node theirs) {
    List<JsonNode> drawn = new ArrayList<>();
    ShapeSampler sampler = ShapeSampler.of(SEED, Purpose.REPLY);
    for (int i = 0; i < DRAWS; i++) {
      sampler.sample(theirs, "value " + i).found().ifPresent(drawn::add);
    }
    if (theirs.pattern() == null && theirs.format() == null) {
      for (String other : List.of("", "?", "text")) {
        drawn.add(com.fasterxml.jackson.databind.node.TextNode.valueOf(other));
      }
    }
    for (BigDecimal bound : bounds(mine)) {
      drawn.add(
          com.fasterxml.jackson.databind.node.DecimalNode.valueOf(bound.subtract(BigDecimal.ONE)));
      drawn.add(com.fasterxml.jackson.databind.node.DecimalNode.valueOf(bound.add(BigDecimal.ONE)));
    }
    for (JsonNode value : drawn) {
      if (ShapeCheck.typeAllowed(mine, value)
          && ShapeCheck.allows(theirs, value, Purpose.REPLY)
          && !ShapeCheck.allows(mine, value, Purpose.REPLY)) {
        return value;
      }
    }
    return null;
  }

  private static List<BigDecimal> bounds(Shape.Node node) {
    List<BigDecimal> bounds = new ArrayList<>();
    for (BigDecimal bound : new BigDecimal[] {node.minimum(), node.maximum()}) {
      if (bound != null && bound.precision() < 100 && Math.abs((long) bound.scale()) < 100) {
        bounds.add(bound);
      }
    }
    return bounds;
  }

  /** Whether lengths and ranges promised lie within those taken. */
  private static boolean within(Shape.Node mine, Shape.Node theirs) {
    return covers(mine.minLength(), theirs.minLength(), true)
        && covers(mine.maxLength(), theirs.maxLength(), false)
        && covers(mine.minimum(), theirs.minimum(), true)
        && covers(mine.maximum(), theirs.maximum(), false);
  }

  private static <T extends Comparable<T>> boolean covers(
      @Nullable T mine, @Nullable T theirs, boolean low) {
    if (mine == null) {
      return true;
    }
    return theirs != null && (low ? theirs.compareTo(mine) >= 0 : theirs.compareTo(mine) <= 0);
  }

  private static String shown(Shape.Node node) {
    if (!node.enumeration().isEmpty()) {
      return Excerpt.values(node.enumeration());
    }
    StringBuilder out = new StringBuilder(TypeSetText.of(node));
    if (node.format() != null) {
      out.append(" format ").append(node.format());
    }
    if (node.pattern() != null) {
      out.append(" pattern ").append(node.pattern());
    }
    if (node.minLength() != null || node.maxLength() != null) {
      out.append(" length ").append(node.minLength()).append("..").append(node.maxLength());
    }
    if (node.minimum() != null || node.maximum() != null) {
      out.append(" range ").append(node.minimum()).append("..").append(node.maximum());
    }
    return Excerpt.of(out.toString());
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }
}
