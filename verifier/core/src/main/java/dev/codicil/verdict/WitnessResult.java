package dev.codicil.verdict;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of the message that shows a breaking change.
 *
 * @param change index of the change in the amendment
 * @param kind what came of it
 * @param stimulus id of the stimulus whose request it is; null when it was not replayed
 * @param told one sentence
 */
public record WitnessResult(int change, Kind kind, @Nullable String stimulus, String told) {

  /** What came of a message. */
  public enum Kind {
    /** It was sent, held before, and is worse after. */
    BROKEN,
    /** It was sent and held on both sides, though the amended document refuses it. */
    HELD,
    /** It was sent, and what came after cannot be said. */
    UNDECIDED,
    /** It was sent, and the base itself did not take it: the change stays on paper. */
    NOT_EXERCISED,
    /** It was not sent. */
    NOT_EXECUTED;

    /** As reports write it: {@code not-exercised}. */
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /** What came of a change's message; {@link Kind#NOT_EXECUTED} when nothing is known of it. */
  static Kind kind(List<WitnessResult> all, int change) {
    return all.stream()
        .filter(result -> result.change() == change)
        .map(WitnessResult::kind)
        .findFirst()
        .orElse(Kind.NOT_EXECUTED);
  }
}
