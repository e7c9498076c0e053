package dev.codicil.amendment;

import dev.codicil.contract.Ledger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A head compared with one base or several, for the consumers one asks about.
 *
 * @param bases what the user calls the bases, oldest first where they have an order
 * @param head what the user calls the head
 * @param mode which consumers are looked at
 * @param changes worst first, each once
 * @param rollout which side may be released first; null when nobody asked
 * @param ledger what was found and loaded, on all sides
 */
public record Comparison(
    List<String> bases,
    String head,
    Compatibility mode,
    List<Stated> changes,
    @Nullable Rollout rollout,
    Ledger ledger) {
  /** What the ledger calls the head; its other sides are bases. */
  public static final String HEAD = "head";

  public Comparison {
    bases = List.copyOf(bases);
    changes = List.copyOf(changes);
  }

  /**
   * A change, for whom it is told, and against which bases it stands.
   *
   * @param change the fact; for new consumers before is the head, because that is what they were
   *     written against, and after is the base that they meet
   * @param audience for whom
   * @param against those of {@link Comparison#bases()} it stands against
   */
  public record Stated(Change change, Audience audience, List<String> against) {
    public Stated {
      against = List.copyOf(against);
    }
  }

  /** The worst severity; empty when nothing changes. */
  public Optional<Severity> worst() {
    return changes.stream()
        .map(stated -> stated.change().severity())
        .max(java.util.Comparator.naturalOrder());
  }

  /** Whether a change is at least as severe. */
  public boolean reaches(Severity limit) {
    return worst().filter(worst -> worst.compareTo(limit) >= 0).isPresent();
  }

  /** Whether any base has a contract; where none has, there was nothing to compare with. */
  public boolean baseRead() {
    return loaded(false);
  }

  /** Whether the head has a contract. */
  public boolean headRead() {
    return loaded(true);
  }

  private boolean loaded(boolean ofHead) {
    return ledger.entries().stream()
        .filter(entry -> entry.fate() == Ledger.Fate.LOADED)
        .anyMatch(entry -> entry.side().equals(HEAD) == ofHead);
  }

  /** How many changes have a severity. */
  public long count(Severity severity) {
    return changes.stream().filter(stated -> stated.change().severity() == severity).count();
  }
}
