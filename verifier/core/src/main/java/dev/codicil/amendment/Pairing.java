package dev.codicil.amendment;

import dev.codicil.contract.Contract;
import dev.codicil.contract.Interaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A contract of the base with what became of it.
 *
 * @param before null when it is new
 * @param after null when it is gone
 */
record Pairing(@Nullable Contract before, @Nullable Contract after) {

  /** Whose contract it is: the provider's name in the base when it was there. */
  String provider() {
    return any().provider();
  }

  /** The consumer that stands behind it; null for a document the provider alone stands for. */
  @Nullable String consumer() {
    return any().consumer();
  }

  List<Interaction> interactionsBefore() {
    return before == null ? List.of() : before.interactions();
  }

  List<Interaction> interactionsAfter() {
    return after == null ? List.of() : after.interactions();
  }

  private Contract any() {
    return before != null ? before : Objects.requireNonNull(after);
  }

  /**
   * Matches contracts by format, provider and consumer; several of one name by file, then in order.
   * What is left over was renamed: it is matched by file, and when one is left on each side, with
   * that one.
   */
  static List<Pairing> of(List<Contract> before, List<Contract> after) {
    List<Pairing> pairings = new ArrayList<>();
    List<Contract> gone = new ArrayList<>(before);
    List<Contract> added = new ArrayList<>(after);
    match(pairings, gone, added, c -> List.of(kind(c), names(c), c.location().file()));
    match(pairings, gone, added, c -> List.of(kind(c), names(c)));
    match(pairings, gone, added, c -> List.of(kind(c), c.location().file()));
    for (Contract contract : List.copyOf(gone)) {
      List<Contract> same = alike(contract, added);
      if (alike(contract, gone).size() == 1 && same.size() == 1) {
        pairings.add(new Pairing(contract, same.get(0)));
        removeSame(gone, contract);
        removeSame(added, same.get(0));
      }
    }
    gone.forEach(contract -> pairings.add(new Pairing(contract, null)));
    added.forEach(contract -> pairings.add(new Pairing(null, contract)));
    return pairings;
  }

  private static void match(
      List<Pairing> pairings,
      List<Contract> gone,
      List<Contract> added,
      Function<Contract, Object> key) {
    Map<Object, List<Contract>> waiting = new LinkedHashMap<>();
    added.forEach(c -> waiting.computeIfAbsent(key.apply(c), k -> new ArrayList<>()).add(c));
    for (Contract contract : List.copyOf(gone)) {
      List<Contract> partners = waiting.getOrDefault(key.apply(contract), new ArrayList<>());
      if (!partners.isEmpty()) {
        Contract partner = partners.remove(0);
        pairings.add(new Pairing(contract, partner));
        removeSame(gone, contract);
        removeSame(added, partner);
      }
    }
  }

  private static List<Contract> alike(Contract contract, List<Contract> among) {
    return among.stream().filter(other -> kind(other).equals(kind(contract))).toList();
  }

  /** By identity: equal contracts may stand in a list twice, and hashing one walks its shapes. */
  private static void removeSame(List<Contract> list, Contract contract) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == contract) {
        list.remove(i);
        return;
      }
    }
  }

  private static List<Object> kind(Contract contract) {
    return List.of(contract.format(), contract.consumer() == null);
  }

  private static List<Object> names(Contract contract) {
    return List.of(contract.provider(), Objects.requireNonNullElse(contract.consumer(), ""));
  }
}
