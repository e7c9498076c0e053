package dev.codicil.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.amendment.MatcherPaths;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.ShapeKey;
import dev.codicil.amendment.rule.Excerpt;
import dev.codicil.amendment.rule.TypeSet;
import dev.codicil.contract.JsonType;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import dev.codicil.experiment.ShapeCheck;
import dev.codicil.experiment.ShapeConjunction;
import dev.codicil.experiment.ShapeSampler.Purpose;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a consumer takes with what a document promises, place by place. Breaking is what no
 * message that the document allows can satisfy, risky what only some of them do. Exact values and
 * lengths of an example depend on the provider's state, so they must be possible, not certain.
 */
final class PromiseWalk {
  private static final int MOST_STEPS = 20_000;
  private static final int MOST_OPTIONS = 32;
  private static final int DEEPEST = 120;

  private final String subject;
  private final boolean text;

  /** Pairs that contain the one being compared: where one contains itself it holds already. */
  private final Set<ShapeKey.Pair> underWay = new HashSet<>();

  private int steps;

  /**
   * @param subject what a sentence calls the part: {@code reply body of 200}
   * @param text whether the value travels as text, as in headers
   */
  PromiseWalk(String subject, boolean text) {
    this.subject = subject;
    this.text = text;
  }

  /** Compares a part of a message. */
  Gaps compare(Shape taken, Shape promised, String path, String place) {
    Gaps gaps = new Gaps();
    compare(taken, promised, path, place, 0, gaps);
    return gaps;
  }

  private void compare(
      Shape taken, Shape promised, String path, String place, int depth, Gaps gaps) {
    if (++steps > MOST_STEPS || depth > DEEPEST) {
      if (gaps.undecided.isEmpty()) {
        gaps.undecided(told(path) + " is too large or too deep to compare");
      }
      return;
    }
    ShapeKey.Pair pair = ShapeKey.Pair.of(taken, promised);
    if (!underWay.add(pair)) {
      return;
    }
    Shape.Node mine = taken.node();
    Shape.Node theirs = promised.node();
    if (!mine.unread().isEmpty()) {
      gaps.undecided(told(path) + " is matched by " + Excerpt.of(String.join(", ", mine.unread())));
    } else if (!mine.alternatives().isEmpty()) {
      oneOfMine(mine, promised, path, place, depth, gaps);
    } else if (!theirs.alternatives().isEmpty()) {
      allOfTheirs(taken, theirs, path, place, depth, gaps);
    } else {
      plain(mine, theirs, path, place, depth, gaps);
    }
    underWay.remove(pair);
  }

  /** The consumer takes any of several: the one that fits best counts. */
  private void oneOfMine(
      Shape.Node mine, Shape promised, String path, String place, int depth, Gaps gaps) {
    Shape.Node rest = ShapeConjunction.withoutAlternatives(mine);
    Gaps best = null;
    for (Shape option : mine.alternatives().stream().limit(MOST_OPTIONS).toList()) {
      Shape.Node joined = ShapeConjunction.of(rest, option.node()).orElse(null);
      if (joined != null) {
        Gaps own = new Gaps();
        compare(joined, promised, path, place, depth + 1, own);
        if (best == null || own.weight() < best.weight()) {
          best = own;
        }
      }
    }
    if (best != null) {
      gaps.addAll(best, Severity.BREAKING);
    }
  }

  /**
   * The provider may send any of several. Those the consumer cannot mean are left out; what only
   * some of the others promise is a risk.
   */
  private void allOfTheirs(
      Shape taken, Shape.Node theirs, String path, String place, int depth, Gaps gaps) {
    Shape.Node rest = ShapeConjunction.withoutAlternatives(theirs);
    List<Gaps> all = new ArrayList<>();
    for (Shape option : theirs.alternatives().stream().limit(MOST_OPTIONS).toList()) {
      Shape.Node joined = ShapeConjunction.of(rest, option.node()).orElse(null);
      if (joined != null && !onlyNull(joined)) {
        Gaps own = new Gaps();
        compare(taken, joined, path, place, depth + 1, own);
        all.add(own);
      }
    }
    if (all.isEmpty()) {
      plain(taken.node(), rest, path, place, depth, gaps);
      return;
    }
    boolean nullable = theirs.alternatives().stream().anyMatch(o -> onlyNull(o.node()));
    if (nullable && !taken.node().nullable()) {
      gaps.add(mayBeNull(taken.node(), theirs, path, place));
    }
    boolean someHold =
        all.stream()
            .anyMatch(
                own -> own.found.stream().noneMatch(gap -> gap.severity() == Severity.BREAKING));
    if (!someHold) {
      Gaps best = all.get(0);
      for (Gaps own : all) {
        best = own.weight() < best.weight() ? own : best;
      }
      gaps.addAll(best, Severity.BREAKING);
      return;
    }
    Set<String> told = new HashSet<>();
    for (Gaps own : all) {
      if (own.found.stream().anyMatch(PromiseWalk::rulesOut)) {
        continue;
      }
      own.found.removeIf(gap -> !told.add(gap.rule() + " " + gap.path()));
      gaps.addAll(own, Severity.RISKY);
    }
  }

  /** The consumer's value is none of this alternative: the provider's state chooses another. */
  private static boolean rulesOut(Gaps.Gap gap) {
    return gap.severity() == Severity.BREAKING && gap.rule().equals("reply-value-not-accepted");
  }

  private static boolean onlyNull(Shape.Node node) {
    return node.types().equals(Set.of(JsonType.NULL));
  }

  private void plain(
      Shape.Node mine, Shape.Node theirs, String path, String place, int depth, Gaps gaps) {
    if (!types(mine, theirs, path, place, gaps)) {
      return;
    }
    new ValuePromise(told(path), text).compare(mine, theirs, path, place, gaps);
    for (Map.Entry<String, Shape.Property> entry : mine.properties().entrySet()) {
      field(
          entry.getValue(),
          theirs,
          entry.getKey(),
          SourceDocument.child(path, entry.getKey()),
          MatcherPaths.field(place, entry.getKey()),
          depth,
          gaps);
    }
    Shape each = mine.additional();
    if (each != null) {
      Shape others = theirs.additional();
      if (others != null) {
        compare(each, others, path + "/*", place + ".*", depth + 1, gaps);
      }
      theirs
          .properties()
          .forEach(
              (name, field) ->
                  compare(
                      each,
                      field.shape(),
                      SourceDocument.child(path, name),
                      place + ".*",
                      depth + 1,
                      gaps));
    }
    Shape item = mine.items();
    if (item != null && !TypeSet.of(mine).equals(Set.of(JsonType.NULL))) {
      Shape theirItem = theirs.items();
      if (theirItem == null) {
        gaps.add(
            Gaps.Gap.of(
                "reply-field-not-promised",
                Severity.RISKY,
                path + "/*",
                place + "[*]",
                TypeSetText.of(item.node()),
                "anything",
                "items of " + told(path) + " are not described",
                item,
                theirs));
      } else {
        compare(item, theirItem, path + "/*", place + "[*]", depth + 1, gaps);
      }
    }
  }

  private void field(
      Shape.Property mine,
      Shape.Node theirs,
      String name,
      String path,
      String place,
      int depth,
      Gaps gaps) {
    Shape.Property other = theirs.properties().get(name);
    if (other != null && !other.shape().node().writeOnly()) {
      if (mine.required() && !other.required()) {
        gaps.add(
            Gaps.Gap.of(
                "reply-field-not-promised",
                Severity.RISKY,
                path,
                place,
                "present",
                "optional",
                told(path) + " is optional, and the consumer relies on it",
                mine.shape(),
                other.shape().node()));
      }
      compare(mine.shape(), other.shape(), path, place, depth + 1, gaps);
      return;
    }
    if (!mine.required()) {
      return;
    }
    Shape rest = theirs.additional();
    boolean free = other == null && rest != null && !theirs.closed();
    gaps.add(
        Gaps.Gap.of(
            "reply-field-not-promised",
            free ? Severity.RISKY : Severity.BREAKING,
            path,
            place,
            "present",
            free ? "any field" : other != null ? "write-only" : "not described",
            told(path)
                + (free
                    ? " is one of any fields, and the consumer relies on it"
                    : other != null
                        ? " is write-only, so no reply has it"
                        : " is not described, and the consumer relies on it"),
            mine.shape(),
            theirs));
    if (free && rest != null) {
      compare(mine.shape(), rest, path, place, depth + 1, gaps);
    }
  }

  /** Whether some type is both taken and promised. */
  private boolean types(Shape.Node mine, Shape.Node theirs, String path, String place, Gaps gaps) {
    if (!TypeSet.named(mine)) {
      return true;
    }
    if (!TypeSet.meet(mine, theirs, text)) {
      gaps.add(
          Gaps.Gap.of(
              "reply-type-not-accepted",
              Severity.BREAKING,
              path,
              place,
              TypeSetText.of(mine),
              TypeSetText.of(theirs),
              told(path)
                  + " is "
                  + TypeSetText.of(theirs)
                  + ", and the consumer takes "
                  + TypeSetText.of(mine),
              mine,
              theirs));
      return false;
    }
    if (!TypeSet.named(theirs) && theirs.enumeration().isEmpty()) {
      gaps.add(
          Gaps.Gap.of(
              "reply-type-not-accepted",
              Severity.RISKY,
              path,
              place,
              TypeSetText.of(mine),
              "any",
              told(path) + " may be of any type, and the consumer takes " + TypeSetText.of(mine),
              mine,
              theirs));
      return !mine.types().isEmpty();
    }
    Set<JsonType> more = EnumSet.copyOf(TypeSet.of(theirs));
    more.removeAll(TypeSet.of(mine));
    if (more.remove(JsonType.NULL)) {
      gaps.add(mayBeNull(mine, theirs, path, place));
    }
    boolean asText = text && TypeSet.of(mine).contains(JsonType.STRING);
    if (!more.isEmpty() && !asText && theirs.enumeration().isEmpty()) {
      gaps.add(
          Gaps.Gap.of(
              "reply-type-not-accepted",
              Severity.RISKY,
              path,
              place,
              TypeSetText.of(mine),
              TypeSetText.of(theirs),
              told(path)
                  + " may be "
                  + TypeSetText.of(theirs)
                  + ", and the consumer takes "
                  + TypeSetText.of(mine),
              mine,
              theirs));
    }
    return true;
  }

  private Gaps.Gap mayBeNull(Shape.Node mine, Shape.Node theirs, String path, String place) {
    return Gaps.Gap.of(
        "reply-type-not-accepted",
        Severity.RISKY,
        path,
        place,
        TypeSetText.of(mine),
        "nullable",
        told(path) + " may be null, and the consumer takes " + TypeSetText.of(mine),
        mine,
        theirs);
  }

  private String told(String path) {
    int slash = path.indexOf('/');
    return slash < 0
        ? subject
        : "field " + Excerpt.quoted(path.substring(slash + 1)) + " of " + subject;
  }

  /** Whether a value is one that a message of a document may have there. */
  static boolean possible(Shape.Node promised, JsonNode value) {
    return ShapeCheck.allows(promised, value, Purpose.REPLY);
  }
}
