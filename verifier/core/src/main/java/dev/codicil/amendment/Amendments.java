package dev.codicil.amendment;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Ledger;
import java.util.Comparator;
import java.util.List;

/** Makes an amendment of two sets of contracts: what changed, and whom each change touches. */
public final class Amendments {
  private Amendments() {}

  /**
   * Compares with the built-in rules and joins each change to the known consumers' interactions.
   *
   * @param name what reviewers call the amendment
   * @param before contracts of the base
   * @param after contracts of the head
   * @param ledger what was found and loaded, on both sides
   */
  public static Amendment of(
      String name, List<Contract> before, List<Contract> after, Ledger ledger) {
    return of(name, before, after, ledger, Rules.builtIn());
  }

  /** The same with the given rules. */
  public static Amendment of(
      String name,
      List<Contract> before,
      List<Contract> after,
      Ledger ledger,
      List<ChangeRule> rules) {
    return of(name, before, after, ledger, rules, WitnessSource.NONE);
  }

  /** The same, with messages that show the changes. */
  public static Amendment of(
      String name,
      List<Contract> before,
      List<Contract> after,
      Ledger ledger,
      List<ChangeRule> rules,
      WitnessSource witnesses) {
    return new Amendment(
        name, before, after, shown(found(before, after, rules), before, after, witnesses), ledger);
  }

  /** What changed, worst first. */
  static List<Found> found(List<Contract> before, List<Contract> after, List<ChangeRule> rules) {
    return Differ.find(before, after, rules).stream()
        .sorted(Comparator.comparing(Found::change, Found.ORDER))
        .toList();
  }

  /** The changes with whom they touch and the messages that show them, in the same order. */
  static List<Change> shown(
      List<Found> found, List<Contract> before, List<Contract> after, WitnessSource witnesses) {
    Touches touches = new Touches(before, after);
    return witnesses.showAll(
        found.stream().map(one -> Site.of(one.change().touching(touches.of(one)), one)).toList());
  }
}
