package dev.codicil.verdict;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why a finding gates or does not.
 *
 * @param fingerprint what a waiver names it by; the same for any wording, seed, order, revision and
 *     path
 * @param action what policy does with it, before any waiver
 * @param by where the rule that decided is written, {@code codicil.yaml:12:7}; {@code default} for
 *     what holds when nothing is written
 * @param text that rule, one line
 * @param evidenceAsked weakest evidence that may pass
 * @param evidenceHad what stands behind this finding
 * @param tags that the interaction carries, in the order of the policy
 * @param hit consumers it hits, in alphabetical order
 * @param waiver the waiver of this fingerprint, whether it holds or not; null when there is none
 */
public record Gating(
    String fingerprint,
    GateAction action,
    String by,
    String text,
    String evidenceAsked,
    String evidenceHad,
    List<String> tags,
    Set<String> hit,
    @Nullable Claim waiver) {
  public Gating {
    tags = List.copyOf(tags);
    hit = Collections.unmodifiableSet(new TreeSet<>(hit));
  }

  /** Whether a waiver keeps it from deciding anything. */
  public boolean waived() {
    return waiver != null && waiver.state() == Claim.State.APPLIED;
  }

  /**
   * A waiver that names a finding.
   *
   * @param state whether it holds
   * @param reason why the finding need not gate
   * @param owner who answers for that
   * @param expires the last day on which it holds
   * @param daysLeft until that day
   * @param at where it is written
   * @param others consumers that are hit and that it does not name, in alphabetical order
   */
  public record Claim(
      State state,
      String reason,
      String owner,
      LocalDate expires,
      long daysLeft,
      String at,
      Set<String> others) {
    public Claim {
      others = Collections.unmodifiableSet(new TreeSet<>(others));
    }

    /** Whether a waiver holds. */
    public enum State {
      /** It holds. */
      APPLIED,
      /** Its last day is over. */
      EXPIRED,
      /** A consumer is hit that it does not name. */
      OPENED
    }

    static Claim of(Waiver waiver, Set<String> hit, LocalDate today) {
      Set<String> others = waiver.unnamed(hit);
      return new Claim(
          waiver.expired(today) ? State.EXPIRED : others.isEmpty() ? State.APPLIED : State.OPENED,
          waiver.reason(),
          waiver.owner(),
          waiver.expires(),
          waiver.daysLeft(today),
          waiver.location().toString(),
          others);
    }

    /** The last day on which it holds, {@code YYYY-MM-DD}. */
    public String lastDay() {
      return expires.toString();
    }

    /** One line for people. */
    public String label() {
      return switch (state) {
        case APPLIED ->
            "waived by " + owner + " until " + expires + " (" + left() + " left): " + reason;
        case EXPIRED -> "its waiver by " + owner + " expired on " + expires + ": " + reason;
        case OPENED ->
            "its waiver by "
                + owner
                + " does not hold: it does not name "
                + String.join(", ", others)
                + ": "
                + reason;
      };
    }

    private String left() {
      return daysLeft + (daysLeft == 1 ? " day" : " days");
    }
  }
}
