package dev.codicil.verdict;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * What became of a waiver in a run.
 *
 * @param waiver as written
 * @param state what became of it
 * @param daysLeft until its last day; negative when it is over
 * @param fails whether that fails the gate
 * @param findings {@code AMENDMENT: ID} of the findings it names, whether it holds or not
 * @param told one sentence
 */
public record WaiverStanding(
    Waiver waiver, State state, long daysLeft, boolean fails, List<String> findings, String told) {
  public WaiverStanding {
    findings = List.copyOf(findings);
  }

  /** What became of a waiver. */
  public enum State {
    /** It keeps findings from gating. */
    APPLIED,
    /** A finding it names hits a consumer that it does not name. */
    OPENED,
    /** Its last day is over. */
    EXPIRED,
    /** Nothing was found that it is about. */
    UNUSED,
    /** It is not known whether it is used: this run did not look at all it may be about. */
    NOT_JUDGED;

    /** Name in files: {@code not-judged}. */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
