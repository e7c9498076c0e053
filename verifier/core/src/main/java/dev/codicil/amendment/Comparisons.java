package dev.codicil.amendment;

import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.contract.PathTemplates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Compares a head with one base after the other and says of each change for whom it is told and
 * against which bases it stands.
 *
 * <p>The documents of providers are compared from base to head for existing consumers, and from
 * head to base for new ones. A consumer's own contract tells what that consumer will do, so what
 * changes in it is always told for new consumers, and once.
 */
public final class Comparisons {
  private final String headName;
  private final List<Contract> head;
  private final UnaryOperator<Location> inHead;
  private final Compatibility mode;
  private final boolean advised;
  private final WitnessSource witnesses;
  private final List<String> bases = new ArrayList<>();
  private final Map<Key, Told> told = new LinkedHashMap<>();
  private final Rollout.Draft rollout = new Rollout.Draft();

  /** What makes a change the same against another base. */
  private record Key(
      Audience audience,
      String rule,
      Severity severity,
      Direction direction,
      String provider,
      String operation,
      String path,
      String message,
      int occurrence) {}

  private record Told(Change change, Audience audience, Set<String> against) {}

  /**
   * Nothing compared yet.
   *
   * @param headName what the user calls the head
   * @param head its contracts
   * @param inHead turns locations of the head into those the user knows
   * @param mode which consumers to look at
   * @param advised whether to find out who may be released first, which takes a second comparison
   * @param witnesses makes the messages that show breaking changes
   */
  public Comparisons(
      String headName,
      List<Contract> head,
      UnaryOperator<Location> inHead,
      Compatibility mode,
      boolean advised,
      WitnessSource witnesses) {
    this.headName = headName;
    this.head = List.copyOf(head);
    this.inHead = inHead;
    this.mode = mode;
    this.advised = advised;
    this.witnesses = witnesses;
  }

  /**
   * Compares with one base more.
   *
   * @param name what the user calls it
   * @param base its contracts
   * @param inBase turns its locations into those the user knows
   */
  public Comparisons against(String name, List<Contract> base, UnaryOperator<Location> inBase) {
    bases.add(name);
    Map<Key, Integer> seen = new LinkedHashMap<>();
    Set<String> changed = new HashSet<>();
    List<Found> found = Amendments.found(base, head, Rules.builtIn());
    List<Change> changes = Amendments.shown(found, base, head, witnesses);
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Change located = relocated(change, inBase, inHead);
      if (found.get(i).pairing().consumer() != null) {
        rollout.wish(located, !documented(change.provider(), base));
        tell(located, Audience.NEW_CONSUMERS, name, seen);
      } else {
        changed.add(place(change.operation()));
        rollout.existing(located);
        if (mode.backward()) {
          tell(located, Audience.EXISTING_CONSUMERS, name, seen);
        }
      }
    }
    if (mode.forward()) {
      forward(base).forEach(c -> tell(turned(c, inBase), Audience.NEW_CONSUMERS, name, seen));
    }
    if (advised && (mode.forward() || !changed.isEmpty())) {
      // Severities are all that advice needs: no consumers to join, and only what differs at all.
      Predicate<Interaction> worth =
          interaction -> changed.contains(place(ContractWalk.operation(interaction)));
      Differ.diff(only(providers(head), worth), only(providers(base), worth))
          .forEach(change -> rollout.coming(turned(change, inBase)));
    }
    return this;
  }

  /** What both sides call the place of an operation: its path, whatever its parameters' names. */
  private static String place(String operation) {
    return PathTemplates.normalize(operation.substring(operation.indexOf(' ') + 1));
  }

  private static List<Contract> only(List<Contract> contracts, Predicate<Interaction> worth) {
    return contracts.stream()
        .map(
            contract ->
                new Contract(
                    contract.format(),
                    contract.provider(),
                    contract.consumer(),
                    contract.interactions().stream().filter(worth).toList(),
                    contract.location()))
        .toList();
  }

  private List<Change> forward(List<Contract> base) {
    List<Contract> before = new ArrayList<>(providers(head));
    List<Contract> after = new ArrayList<>(providers(base));
    before.addAll(consumers(head));
    after.addAll(consumers(head));
    return Amendments.shown(
        Amendments.found(before, after, Rules.builtIn()), before, after, witnesses);
  }

  /**
   * A change from head to base; its locations are those of the base and of the head all the same.
   */
  private Change turned(Change change, UnaryOperator<Location> inBase) {
    Witness witness = change.witness();
    Change shown = witness == null ? change : change.witnessed(witness.turned());
    return relocated(shown.locatedAt(shown.headLocation(), shown.baseLocation()), inBase, inHead);
  }

  private void tell(Change change, Audience audience, String base, Map<Key, Integer> seen) {
    Key first = key(change, audience, 0);
    // Two changes of one base that read alike are two, and each has its like against another base.
    Key key = key(change, audience, seen.merge(first, 1, Integer::sum));
    told.computeIfAbsent(key, k -> new Told(change, audience, new LinkedHashSet<>()))
        .against()
        .add(base);
  }

  private static Key key(Change change, Audience audience, int occurrence) {
    return new Key(
        audience,
        change.rule(),
        change.severity(),
        change.direction(),
        change.provider(),
        change.operation(),
        change.path(),
        change.message(),
        occurrence);
  }

  /** What was found, with the ledger of all sides. */
  public Comparison comparison(Ledger ledger) {
    List<Stated> changes =
        told.values().stream()
            .map(one -> new Stated(one.change(), one.audience(), List.copyOf(one.against())))
            .sorted(
                java.util.Comparator.comparing(Stated::change, Found.ORDER)
                    .thenComparing(Stated::audience))
            .toList();
    return new Comparison(
        bases, headName, mode, changes, advised ? rollout.advice() : null, ledger);
  }

  private static Change relocated(
      Change change, UnaryOperator<Location> before, UnaryOperator<Location> after) {
    Location base = change.baseLocation();
    Location now = change.headLocation();
    return change.locatedAt(
        base == null ? null : before.apply(base), now == null ? null : after.apply(now));
  }

  private static boolean documented(String provider, List<Contract> contracts) {
    return contracts.stream()
        .anyMatch(
            contract ->
                contract.consumer() == null
                    && Touches.fold(contract.provider()).equals(Touches.fold(provider)));
  }

  private static List<Contract> consumers(List<Contract> contracts) {
    return contracts.stream().filter(contract -> contract.consumer() != null).toList();
  }

  private static List<Contract> providers(List<Contract> contracts) {
    return contracts.stream().filter(contract -> contract.consumer() == null).toList();
  }
}
