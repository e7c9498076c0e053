package dev.codicil.amendment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which side of an amendment may be released first.
 *
 * <p>The provider may go first when existing consumers get along with the new provider; consumers
 * may go first when new ones get along with the old provider. Where neither holds, the amendment
 * has to be taken apart: expand, migrate, contract.
 *
 * @param order who goes first
 * @param strict whether another order breaks somebody; otherwise it is a risk
 * @param reason one sentence
 * @param steps what to do, in order; empty when either side may go first
 */
public record Rollout(Order order, boolean strict, String reason, List<Step> steps) {
  public Rollout {
    steps = List.copyOf(steps);
  }

  /** Who goes first. */
  public enum Order {
    EITHER,
    PROVIDER_FIRST,
    CONSUMERS_FIRST,
    IMPOSSIBLE_IN_ONE_STEP;

    /** As programs read it: {@code provider-first}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For people: {@code provider first}. */
    public String told() {
      return id().replace('-', ' ');
    }
  }

  /** A phase of a change that must not happen at once. */
  public enum Phase {
    EXPAND,
    MIGRATE,
    CONTRACT;

    /** Lower case. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One release.
   *
   * @param phase where it stands between old and new
   * @param who {@code provider} or {@code consumers}
   * @param what one sentence
   * @param items what it has to do in particular, worst first
   */
  public record Step(Phase phase, String who, String what, List<Item> items) {
    public Step {
      items = List.copyOf(items);
    }
  }

  /**
   * One thing to do.
   *
   * @param rule of the change it follows from
   * @param operation where
   * @param pointer where in the message; empty for the operation itself
   * @param what what to do there
   */
  public record Item(String rule, String operation, String pointer, String what) {}

  /**
   * Advice from the changes of a provider's documents.
   *
   * @param existing changes from base to head: what existing consumers meet
   * @param coming changes from head to base: what new consumers meet at the old provider
   */
  public static Rollout of(List<Change> existing, List<Change> coming) {
    Draft draft = new Draft();
    existing.forEach(draft::existing);
    coming.forEach(draft::coming);
    return draft.advice();
  }

  /** Collects what stands against either order. */
  static final class Draft {
    private final List<Change> againstProvider = new ArrayList<>();
    private final List<Change> againstConsumers = new ArrayList<>();
    private final List<Change> wishes = new ArrayList<>();

    /** A change that existing consumers meet. */
    void existing(Change change) {
      if (change.severity() != Severity.SAFE) {
        againstProvider.add(change);
      }
    }

    /** A change that new consumers meet at the old provider. */
    void coming(Change change) {
      if (change.severity() != Severity.SAFE) {
        againstConsumers.add(change);
      }
    }

    /**
     * A change of what a consumer will do.
     *
     * @param unknown whether no document says if the old provider is up to it
     */
    void wish(Change change, boolean unknown) {
      if (unknown && change.severity() != Severity.SAFE) {
        wishes.add(change);
      }
    }

    Rollout advice() {
      Severity provider = worst(againstProvider);
      Severity consumers = worst(againstConsumers);
      if (!wishes.isEmpty() && consumers == Severity.SAFE) {
        consumers = Severity.RISKY;
      }
      if (provider == Severity.BREAKING && consumers == Severity.BREAKING) {
        return impossible();
      }
      if (provider.compareTo(consumers) < 0) {
        return providerFirst(consumers == Severity.BREAKING);
      }
      if (consumers.compareTo(provider) < 0) {
        return consumersFirst(provider == Severity.BREAKING);
      }
      return new Rollout(
          Order.EITHER,
          false,
          provider == Severity.SAFE
              ? "Old and new understand each other, whoever is released first."
              : "Nothing breaks whoever is released first; both orders bear the risks listed.",
          List.of());
    }

    private Rollout providerFirst(boolean strict) {
      List<Item> items = new ArrayList<>(items(againstConsumers, Draft::offered));
      items.addAll(items(wishes, change -> "answer it, before the consumer asks"));
      return new Rollout(
          Order.PROVIDER_FIRST,
          strict,
          "Existing consumers get along with the new provider; new consumers need it.",
          List.of(
              new Step(Phase.EXPAND, "provider", "Release the new provider.", items),
              new Step(
                  Phase.MIGRATE,
                  "consumers",
                  "Release the new consumers once every provider is new.",
                  List.of())));
    }

    private Rollout consumersFirst(boolean strict) {
      return new Rollout(
          Order.CONSUMERS_FIRST,
          strict,
          "New consumers get along with the old provider; existing ones are not ready for the new"
              + " one.",
          List.of(
              new Step(
                  Phase.MIGRATE,
                  "consumers",
                  "Release consumers that are ready for it.",
                  items(againstProvider, Draft::prepared)),
              new Step(
                  Phase.CONTRACT,
                  "provider",
                  "Release the new provider once no old consumer is left.",
                  List.of())));
    }

    private Rollout impossible() {
      List<Change> needed = breaking(againstConsumers);
      List<Change> dropped = breaking(againstProvider);
      Set<String> both = new LinkedHashSet<>();
      needed.forEach(change -> both.add(place(change)));
      both.retainAll(dropped.stream().map(Draft::place).toList());
      return new Rollout(
          Order.IMPOSSIBLE_IN_ONE_STEP,
          true,
          "Existing consumers break on the new provider, and new consumers on the old one: somebody"
              + " breaks whoever is released first.",
          List.of(
              new Step(
                  Phase.EXPAND,
                  "provider",
                  "Release a provider that offers what is new beside what is old.",
                  items(
                      needed,
                      change ->
                          both.contains(place(change))
                              ? "offer the new form under another name, beside the old one"
                              : offered(change))),
              new Step(
                  Phase.MIGRATE,
                  "consumers",
                  "Move every consumer from old to new.",
                  items(
                      dropped,
                      change ->
                          both.contains(place(change))
                              ? "move to the new form"
                              : prepared(change))),
              new Step(
                  Phase.CONTRACT,
                  "provider",
                  "Release the provider without what is old, once no consumer uses it.",
                  items(dropped, Draft::dropped))));
    }

    /** What consumers do before the provider changes. */
    private static String prepared(Change change) {
      if (change.direction() == Direction.OPERATION) {
        return "stop calling it";
      }
      boolean request = change.direction() == Direction.REQUEST;
      if (change.after() == null) {
        return request ? "stop sending it" : "stop relying on it";
      }
      return switch (change.effect()) {
        case NARROWED -> request ? "send only what will be accepted" : "take what will be sent";
        case WIDENED ->
            request ? "send what will be accepted" : "expect what may come, or do without";
        case REPLACED -> request ? "stop sending the old form" : "stop relying on the old form";
        case NEUTRAL -> "be ready for it";
      };
    }

    /** What the provider offers before consumers use it; the change runs from head to base. */
    private static String offered(Change change) {
      if (change.direction() == Direction.OPERATION) {
        return "serve it";
      }
      boolean request = change.direction() == Direction.REQUEST;
      if (change.after() == null) {
        return request ? "accept it" : "send it";
      }
      return switch (change.effect()) {
        case NARROWED -> request ? "accept what is new" : "send what is new";
        case WIDENED -> request ? "accept what is new" : "send what is newly promised";
        case REPLACED -> request ? "understand what is new" : "send what is new";
        case NEUTRAL -> "be ready for it";
      };
    }

    /** What the provider takes away at last. */
    private static String dropped(Change change) {
      if (change.direction() == Direction.OPERATION) {
        return "stop serving it";
      }
      boolean request = change.direction() == Direction.REQUEST;
      if (change.after() == null) {
        return request ? "stop taking it" : "stop sending it";
      }
      return switch (change.effect()) {
        case NARROWED -> request ? "refuse what is old" : "stop sending what is old";
        case WIDENED -> request ? "accept more" : "stop promising what is old";
        case REPLACED, NEUTRAL ->
            request ? "stop taking the old form" : "stop sending the old form";
      };
    }

    private static List<Item> items(
        List<Change> changes, java.util.function.Function<Change, String> what) {
      Set<Item> items = new LinkedHashSet<>();
      changes.stream()
          .sorted(Found.ORDER)
          .forEach(
              change ->
                  items.add(
                      new Item(
                          change.rule(), change.operation(), change.path(), what.apply(change))));
      return List.copyOf(items);
    }

    private static List<Change> breaking(List<Change> changes) {
      return changes.stream().filter(change -> change.severity() == Severity.BREAKING).toList();
    }

    private static Severity worst(List<Change> changes) {
      return changes.stream()
          .map(Change::severity)
          .max(Comparator.naturalOrder())
          .orElse(Severity.SAFE);
    }

    private static String place(Change change) {
      return change.provider()
          + "\n"
          + change.operation()
          + "\n"
          + change.path()
          + "\n"
          + change.direction();
    }
  }
}
