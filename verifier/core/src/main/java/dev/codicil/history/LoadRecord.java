package dev.codicil.history;

import dev.codicil.contract.Mismatch;
import dev.codicil.history.CellRecord.Ended;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of a cell whose interaction was held under an open-loop load.
 *
 * @param planned how many requests were to be sent, at moments fixed beforehand
 * @param sent how many were sent; fewer when too many were on their way at once
 * @param perSecond the rate that was reached
 * @param latency from the moment a request was to be sent to the end of its exchange, answered or
 *     not, so that a stall shows in all that arrive meanwhile
 * @param lag by how much requests left later than planned, because of this machine
 * @param repeated how often the load was begun anew because this machine could not keep the rate
 * @param unchecked replies that were taken for what others of their status were, because there were
 *     too many different ones to hold each to its contract
 * @param injected how often a fault struck; the cell names the first ones only
 * @param answers what came back, one entry for each kind, the most frequent first
 */
public record LoadRecord(
    int planned,
    int sent,
    double perSecond,
    Latency latency,
    Latency lag,
    int repeated,
    int unchecked,
    int injected,
    List<Answer> answers) {
  public LoadRecord {
    answers = List.copyOf(answers);
  }

  /** How many requests got no reply, an error, or one that does not honor the contract. */
  public int errors() {
    return answers.stream()
        .filter(
            answer ->
                answer.ended() != Ended.REPLIED
                    || answer.status() >= 400
                    || answer.problem() != null
                    || !answer.mismatches().isEmpty())
        .mapToInt(Answer::count)
        .sum();
  }

  /**
   * Percentiles in milliseconds.
   *
   * @param samples of how many values
   */
  public record Latency(long samples, double p50, double p90, double p99, double p999, double max) {
    public Latency {
      p50 = rounded(p50);
      p90 = rounded(p90);
      p99 = rounded(p99);
      p999 = rounded(p999);
      max = rounded(max);
    }

    /** Microseconds are all that a clock and a histogram of three digits can tell. */
    private static double rounded(double millis) {
      return BigDecimal.valueOf(millis).setScale(3, RoundingMode.HALF_UP).doubleValue();
    }
  }

  /**
   * One kind of answer.
   *
   * @param ended how these exchanges ended
   * @param status of the replies; 0 when there was none
   * @param mismatches of the first of them
   * @param declaredError as in {@link CellRecord}
   * @param answer as in {@link CellRecord}
   * @param leak as in {@link CellRecord}
   * @param fields as in {@link CellRecord}
   * @param count how many requests ended so
   * @param problem why nothing can be said about them; null when something can
   */
  public record Answer(
      Ended ended,
      int status,
      List<Mismatch> mismatches,
      boolean declaredError,
      @Nullable String answer,
      @Nullable String leak,
      Map<String, String> fields,
      int count,
      @Nullable String problem) {
    public Answer {
      mismatches = List.copyOf(mismatches);
      fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }
  }
}
