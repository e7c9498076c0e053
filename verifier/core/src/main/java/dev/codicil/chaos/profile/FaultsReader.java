package dev.codicil.chaos.profile;

import dev.codicil.chaos.ChaosProfile.Combination;
import dev.codicil.chaos.ChaosProfile.Entry;
import dev.codicil.chaos.Conditions;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.Load;
import dev.codicil.chaos.When;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the faults of a profile: single ones, those that strike together, and those of phases.
 *
 * @param entries single faults, in order
 * @param combinations the others, in order
 */
record FaultsReader(List<Entry> entries, List<Combination> combinations) {
  static final int MOST_TOGETHER = 16;
  static final String TOGETHER = "together";
  static final String PHASES = "phases";

  /** What may stand in the list of faults. */
  static final List<String> ITEM = with(EntryReader.KEYS, LoadReader.KEY, TOGETHER, PHASES);

  static final List<String> PHASE = List.of("lasts", "faults");
  static final FaultCard.Parameter LASTS =
      ConditionsReader.count(
          "lasts", "How many exchanges the phase lasts; the last one has no end without it.");

  /** In a phase the phase says when. */
  private static final List<String> IN_PHASE =
      EntryReader.KEYS.stream().filter(key -> !key.equals("when")).toList();

  private static List<String> with(List<String> keys, String... more) {
    List<String> all = new ArrayList<>(keys);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  static FaultsReader read(Node root) {
    Node faults = root.require("faults", "a profile without a fault is calm weather");
    list(faults, "fault", 1, ProfileReader.MAX_FAULTS, "a profile without a fault is calm weather");
    FaultsReader read = new FaultsReader(new ArrayList<>(), new ArrayList<>());
    Map<String, Location> seen = new HashMap<>();
    for (int i = 0; i < faults.value().size(); i++) {
      Node node = faults.item(i, "the fault");
      Optional<Node> together = node.get(TOGETHER);
      Optional<Node> phases = node.get(PHASES);
      if (together.isPresent()) {
        node.object(List.of(TOGETHER, LoadReader.KEY));
        read.combinations.add(together(node, together.get(), seen));
      } else if (phases.isPresent()) {
        node.object(List.of(PHASES, LoadReader.KEY));
        read.combinations.add(phases(node, phases.get(), seen));
      } else {
        Entry entry = EntryReader.read(node, ITEM);
        once(node, "the fault '" + entry.fault() + "'", key(entry), seen);
        read.entries.add(entry);
      }
    }
    return read;
  }

  private static Combination together(Node item, Node list, Map<String, Location> seen) {
    list(list, "fault", 2, MOST_TOGETHER, "one fault alone needs no 'together'");
    List<Entry> entries = new ArrayList<>();
    Map<String, Location> inside = new HashMap<>();
    for (int i = 0; i < list.value().size(); i++) {
      Node node = list.item(i, "the fault");
      Entry entry = EntryReader.read(node, EntryReader.KEYS);
      once(node, "the fault '" + entry.fault() + "'", key(entry), inside);
      entries.add(entry);
    }
    return combination(item, Combination.Kind.TOGETHER, TOGETHER, entries, seen);
  }

  private static Combination phases(Node item, Node list, Map<String, Location> seen) {
    list(list, "lasts", 2, MOST_TOGETHER, "one phase alone is a 'when'");
    List<Entry> entries = new ArrayList<>();
    int begins = 1;
    int size = list.value().size();
    for (int i = 0; i < size; i++) {
      Node phase = list.item(i, "the phase").object(PHASE);
      Optional<Integer> lasts =
          phase.get(LASTS.name()).map(node -> ConditionsReader.integer(node, LASTS));
      if (lasts.isEmpty() && i < size - 1) {
        throw phase.refuse(
            "the phase contradicts itself: without 'lasts' it has no end, and another follows",
            "write 'lasts: 1'");
      }
      int ends = lasts.map(n -> 0).orElse(When.OPEN);
      if (lasts.isPresent()) {
        ends = begins + lasts.get() - 1;
      }
      phase(phase, new When(begins, ends, 1), entries);
      begins = ends == When.OPEN ? begins : ends + 1;
    }
    if (entries.isEmpty()) {
      throw list.refuse("'phases' contradicts itself: none of them has a fault", "");
    }
    return combination(item, Combination.Kind.PHASES, PHASES, entries, seen);
  }

  private static Combination combination(
      Node item,
      Combination.Kind kind,
      String name,
      List<Entry> entries,
      Map<String, Location> seen) {
    @Nullable Load load = LoadReader.of(item);
    String key = name + entries.stream().map(FaultsReader::key).toList() + load;
    once(item, "this '" + name + "'", key, seen);
    if (load != null) {
      entries.forEach(entry -> LoadReader.refuseUnable(item, entry.fault()));
    }
    return new Combination(kind, entries, load, item.location());
  }

  /** Whether nothing can be counted of which a fault would strike the first, and then the next. */
  static boolean withoutPhases(Fault fault) {
    return fault.aroundCell() || fault.onMessages();
  }

  private static void phase(Node phase, When when, List<Entry> into) {
    Node faults = phase.require("faults", "write 'faults: []' for calm");
    list(faults, "fault", 0, MOST_TOGETHER, "");
    Map<String, Location> inside = new HashMap<>();
    for (int i = 0; i < faults.value().size(); i++) {
      Node node = faults.item(i, "the fault of a phase");
      Entry entry = EntryReader.read(node, IN_PHASE);
      if (Faults.byId(entry.fault()).filter(FaultsReader::withoutPhases).isPresent()) {
        throw node.refuse(
            "the fault '" + entry.fault() + "' strikes no exchange of an edge; it has no phases",
            "write it as an entry of its own, or in a 'together'");
      }
      once(node, "the fault '" + entry.fault() + "'", key(entry), inside);
      Conditions own = entry.conditions();
      into.add(
          new Entry(
              entry.fault(),
              entry.edges(),
              entry.stream(),
              entry.parameters(),
              new Conditions(own.match(), when, own.toxicity(), own.exchanges()),
              entry.location()));
    }
  }

  private static void list(Node node, String first, int least, int most, String remedy) {
    if (!node.value().isArray()) {
      throw node.wrongType(
          "a list of " + (first.equals(LASTS.name()) ? "phases" : "faults"),
          "start each with '- " + first + ": '");
    }
    int size = node.value().size();
    if (size < least || size > most) {
      throw node.refuse(
          node.name() + " has " + size + " entries; expected " + least + " to " + most,
          size < least ? remedy : "split the profile");
    }
  }

  private static String key(Entry entry) {
    return entry.fault()
        + " "
        + entry.edges()
        + " "
        + entry.stream()
        + " "
        + entry.parameters()
        + " "
        + entry.conditions()
        + " "
        + entry.load();
  }

  private static void once(Node node, String what, String key, Map<String, Location> seen) {
    Location earlier = seen.putIfAbsent(key, node.location());
    if (earlier != null) {
      throw node.refuse(
          what + " is the same as that of line " + earlier.line(), "keep one of them");
    }
  }
}
