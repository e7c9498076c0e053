package dev.codicil.amendment;

import dev.codicil.contract.Contract;
import dev.codicil.contract.Ledger;
import java.util.List;

/**
 * All that changes between base and head.
 *
 * @param name what reviewers call it
 * @param before contracts of the base
 * @param after contracts of the head
 * @param changes differences of documents, worst first; empty for a code-only amendment
 * @param ledger what was found and loaded, on both sides
 */
public record Amendment(
    String name, List<Contract> before, List<Contract> after, List<Change> changes, Ledger ledger) {
  public Amendment {
    before = List.copyOf(before);
    after = List.copyOf(after);
    changes = List.copyOf(changes);
  }
}
