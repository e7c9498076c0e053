package dev.codicil.formats.pact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path expressions of one body as a tree, so that the matchers of every field are found in one
 * walk down the example. Chooses as Pact does: the heaviest path that leads here or to an ancestor,
 * where a named step weighs more than a wildcard, and of equals the longest.
 */
final class RuleTree {
  private final Map<String, RuleTree> names = new HashMap<>();
  private final Map<Integer, RuleTree> indexes = new HashMap<>();
  private @Nullable RuleTree any;
  private @Nullable RuleTree anyIndex;
  private @Nullable RuleGroup group;

  void add(RulePath path, RuleGroup rules) {
    RuleTree at = this;
    for (RulePath.Token token : path.tokens()) {
      at = at.step(token);
    }
    at.group = rules;
  }

  /** Adds matchers where none are. */
  void addMissing(RulePath path, RuleGroup rules) {
    RuleTree at = this;
    for (RulePath.Token token : path.tokens()) {
      at = at.step(token);
    }
    if (at.group == null) {
      at.group = rules;
    }
  }

  private RuleTree step(RulePath.Token token) {
    if (token.name() != null) {
      return names.computeIfAbsent(token.name(), name -> new RuleTree());
    }
    if (token.index() >= 0) {
      return indexes.computeIfAbsent(token.index(), index -> new RuleTree());
    }
    if (token.anyIndex()) {
      anyIndex = anyIndex == null ? new RuleTree() : anyIndex;
      return anyIndex;
    }
    any = any == null ? new RuleTree() : any;
    return any;
  }

  /** The walk at the root of the example. */
  Walk walk() {
    return Walk.of(List.of(new Active(this, 1)), null);
  }

  private record Active(RuleTree tree, int weight) {}

  private record Chosen(RuleGroup group, int weight) {
    boolean beats(@Nullable Chosen other) {
      return other == null
          || weight > other.weight
          || (weight == other.weight && group.path().length() > other.group.path().length());
    }
  }

  /** A place in the example, and the matchers that hold there. */
  static final class Walk {
    private final List<Active> active;
    private final @Nullable Chosen inherited;
    private final @Nullable RuleGroup group;
    private final boolean direct;

    private Walk(
        List<Active> active,
        @Nullable Chosen inherited,
        @Nullable RuleGroup group,
        boolean direct) {
      this.active = active;
      this.inherited = inherited;
      this.group = group;
      this.direct = direct;
    }

    private static Walk of(List<Active> active, @Nullable Chosen fromAbove) {
      Chosen best = fromAbove;
      Chosen inherited = fromAbove;
      for (Active place : active) {
        RuleGroup here = place.tree().group;
        if (here == null || here.rules().isEmpty()) {
          continue;
        }
        Chosen candidate = new Chosen(here, place.weight());
        if (candidate.beats(best)) {
          best = candidate;
        }
        if (!here.ofMembers() && candidate.beats(inherited)) {
          inherited = candidate;
        }
      }
      return new Walk(active, inherited, best == null ? null : best.group(), best != fromAbove);
    }

    /** The matchers that hold here, written for this path or for an ancestor of it. */
    @Nullable RuleGroup group() {
      return group;
    }

    /** Whether they were written for this very path. */
    boolean direct() {
      return direct;
    }

    Walk field(String name) {
      List<Active> next = new ArrayList<>();
      for (Active place : active) {
        advance(next, place.tree().names.get(name), place.weight() + 1);
        advance(next, place.tree().any, place.weight());
      }
      return of(next, inherited);
    }

    Walk item(int index) {
      List<Active> next = new ArrayList<>();
      for (Active place : active) {
        advance(next, place.tree().indexes.get(index), place.weight() + 1);
        advance(next, place.tree().anyIndex, place.weight());
        advance(next, place.tree().any, place.weight());
      }
      return of(next, inherited);
    }

    /** The same place, where matchers given with a parent hold instead. */
    Walk with(RuleGroup given) {
      return new Walk(active, new Chosen(given, Integer.MAX_VALUE), given, true);
    }

    private static void advance(List<Active> next, @Nullable RuleTree tree, int weight) {
      if (tree != null) {
        next.add(new Active(tree, weight));
      }
    }
  }
}
