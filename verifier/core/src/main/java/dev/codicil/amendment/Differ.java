package dev.codicil.amendment;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Contract;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what changed between two sets of contracts. Pure: the same contracts give the same changes
 * in the same order, and a set compared with itself gives none.
 *
 * <p>Severity is derived from what a change does to the set of allowed messages and from who may be
 * hurt by it. In a provider's contract that is the consumer: requests must not be narrowed, replies
 * must not be widened. In a consumer's contract (one with {@link Contract#consumer()}) the roles
 * are turned: there the consumer produces the requests and takes the replies, so what it sends must
 * not be widened and what it expects must not be narrowed. And since a consumer's contract is a
 * wish and no promise, which the provider may fulfill already, such a change is a risk at most.
 */
public final class Differ {
  private Differ() {}

  /**
   * Compares with the built-in rules.
   *
   * @return worst first, then by provider, operation, path and rule; without touches
   */
  public static List<Change> diff(List<Contract> before, List<Contract> after) {
    return diff(before, after, Rules.builtIn());
  }

  /** Compares with the given rules; see {@link #diff(List, List)}. */
  public static List<Change> diff(
      List<Contract> before, List<Contract> after, List<ChangeRule> rules) {
    return find(before, after, rules).stream().map(Found::change).sorted(Found.ORDER).toList();
  }

  static List<Found> find(List<Contract> before, List<Contract> after, List<ChangeRule> rules) {
    List<Found> found = new ArrayList<>();
    for (Pairing pairing : Pairing.of(before, after)) {
      new ContractWalk(pairing, rules, found::add).run();
    }
    return found;
  }

  /** Derives the severity of a change in a contract of either side. */
  static Severity severity(Effect effect, Direction direction, Guard guard, boolean consumers) {
    return consumers
        ? Severity.derive(effect, turned(direction), Guard.TOLERATED)
        : Severity.derive(effect, direction, guard);
  }

  /**
   * The same flow seen from the provider: requests come out of the consumer as replies come out of
   * a provider, and so does the choice of operations.
   */
  private static Direction turned(Direction direction) {
    return direction == Direction.REPLY ? Direction.REQUEST : Direction.REPLY;
  }
}
