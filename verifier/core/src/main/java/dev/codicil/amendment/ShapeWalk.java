package dev.codicil.amendment;

import dev.codicil.amendment.rule.Place;
import dev.codicil.amendment.rule.TypeSet;
import dev.codicil.contract.Shape;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks two shapes together, breadth first, and hands every place where they may differ to the
 * rules. Nodes are compared resolved; pairs that allow the same are not entered. A pair that
 * contains itself is cut, and a pair that stands in many places is entered at the first few; the
 * other paths are kept as aliases.
 */
final class ShapeWalk {
  /** In how many places of one part the same pair is told. */
  private static final int MOST_PATHS = 8;

  private final Unions base = new Unions();
  private final Unions head = new Unions();
  private final Sameness sameness = new Sameness(base, head);

  /** A pair at a path, with the pair that contains it. */
  private record Step(
      Shape before, Shape after, String path, ShapeKey.Pair pair, @Nullable Step parent) {

    @Nullable Step ancestor(ShapeKey.Pair wanted) {
      for (Step at = this; at != null; at = at.parent) {
        if (at.pair.equals(wanted)) {
          return at;
        }
      }
      return null;
    }
  }

  /** The paths at which a pair was entered. */
  private static final class Visits {
    private final String first;
    private int count = 1;

    Visits(String first) {
      this.first = first;
    }
  }

  /** One part under way. */
  private final class Walk {
    private final Part part;
    private final Consumer<Place> rules;
    private final Queue<Step> open = new ArrayDeque<>();
    private final Map<ShapeKey.Pair, Visits> visited = new HashMap<>();

    Walk(Part part, Consumer<Place> rules) {
      this.part = part;
      this.rules = rules;
    }

    void run(Shape before, Shape after) {
      enter(before, after, part.root(), null);
      while (!open.isEmpty()) {
        compare(open.remove());
      }
    }

    private void enter(Shape from, Shape to, String path, @Nullable Step parent) {
      if (sameness.same(from, to)) {
        return;
      }
      Shape before = base.simplify(from);
      Shape after = head.simplify(to);
      ShapeKey.Pair pair = ShapeKey.Pair.of(before, after);
      Visits visits = visited.get(pair);
      if (visits == null) {
        visited.put(pair, new Visits(path));
      } else {
        Step above = parent == null ? null : parent.ancestor(pair);
        if (above != null || ++visits.count > MOST_PATHS) {
          String original = above != null ? above.path() : visits.first;
          if (!original.equals(path)) {
            part.aliases().put(path, original);
          }
          return;
        }
      }
      open.add(new Step(before, after, path, pair, parent));
    }

    private void compare(Step step) {
      Shape.Node before = step.before().node();
      Shape.Node after = step.after().node();
      Place.Spot spot = part.spot(step.path(), step.before().location(), step.after().location());
      boolean union = Unions.pure(before) || Unions.pure(after);
      if (!union) {
        rules.accept(new Place.Type(spot, before, after, part.text()));
        if (!TypeSet.meet(before, after, part.text())) {
          return;
        }
      }
      boolean oneOfPlain =
          union
              && (before.alternatives().isEmpty() != after.alternatives().isEmpty())
              && !Unions.any(before)
              && !Unions.any(after);
      if (oneOfPlain) {
        options(step, spot);
        return;
      }
      rules.accept(new Place.Value(spot, before, after));
      if (!before.alternatives().isEmpty() && !after.alternatives().isEmpty()) {
        options(step, spot);
      }
      fields(step, before, after);
      if (!before.closed() && !after.closed()) {
        each(step, before.additional(), after.additional());
      }
      each(step, before.items(), after.items());
      new Conditions(
              sameness, (was, is, suffix) -> enter(was, is, step.path() + suffix, step), rules)
          .compare(spot, before, after);
    }

    private void options(Step step, Place.Spot spot) {
      OptionMatch match =
          new OptionMatch(Unions.options(step.before()), Unions.options(step.after()), sameness);
      for (Shape gone : match.removed) {
        rules.accept(new Place.Option(spot, gone, null));
      }
      for (Shape added : match.added) {
        rules.accept(new Place.Option(spot, null, added));
      }
      for (Shape[] pair : match.pairs) {
        enter(pair[0], pair[1], step.path(), step);
      }
    }

    private void fields(Step step, Shape.Node before, Shape.Node after) {
      Set<String> names = new LinkedHashSet<>(before.properties().keySet());
      names.addAll(after.properties().keySet());
      for (String name : names) {
        Shape.Property was = before.properties().get(name);
        Shape.Property is = after.properties().get(name);
        boolean seenBefore = seen(was);
        boolean seenAfter = seen(is);
        if (!seenBefore && !seenAfter) {
          continue;
        }
        String path = SourceDocument.child(step.path(), name);
        rules.accept(
            new Place.Field(
                part.spot(
                    path,
                    was == null ? null : was.shape().location(),
                    is == null ? null : is.shape().location()),
                was,
                is,
                seenBefore,
                seenAfter,
                part.exact() || before.closed(),
                part.exact() || after.closed()));
        if (was != null && is != null && seenBefore && seenAfter) {
          enter(was.shape(), is.shape(), path, step);
        }
      }
    }

    private boolean seen(Shape.@Nullable Property property) {
      if (property == null) {
        return false;
      }
      Shape.Node node = property.shape().node();
      return part.direction() == Direction.REQUEST ? !node.readOnly() : !node.writeOnly();
    }

    /** Array items and unlisted fields; a side that says nothing about them allows any. */
    private void each(Step step, @Nullable Shape before, @Nullable Shape after) {
      if (before == null && after == null) {
        return;
      }
      enter(
          before == null ? Shape.any(step.before().location()) : before,
          after == null ? Shape.any(step.after().location()) : after,
          step.path() + "/*",
          step);
    }
  }

  /** Hands every place of the part where the two shapes may differ to {@code rules}. */
  void walk(Part part, Shape before, Shape after, Consumer<Place> rules) {
    new Walk(part, rules).run(before, after);
  }
}
