package dev.codicil.storm.run;

import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Probe.Answer;
import dev.codicil.history.CellRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of its declared answers a probe got. */
final class Answers {
  private Answers() {}

  /** An error message that is longer than this is rather a page made for somebody else. */
  private static final int LONGEST_MESSAGE = 2000;

  /** Errors of servers that say what is wrong; 500 and the others say only that something is. */
  private static final Set<Integer> CLEAN = Set.of(502, 503, 504);

  /**
   * {@code held}, {@code degraded}, {@code refused}, {@code wrong}, {@code none} or {@code
   * undeclared}. Where several match, an answer that names a body goes before one that takes any.
   */
  static String classify(Probe probe, HttpReply reply) {
    Map<String, @Nullable Answer> declared = new LinkedHashMap<>();
    declared.put("held", probe.held());
    declared.put("degraded", probe.degraded());
    declared.put("refused", probe.refused());
    String loose = null;
    for (Map.Entry<String, @Nullable Answer> entry : declared.entrySet()) {
      Answer answer = entry.getValue();
      if (answer != null && answer.matches(reply)) {
        if (answer.body() != null) {
          return entry.getKey();
        }
        loose = loose == null ? entry.getKey() : loose;
      }
    }
    if (loose != null) {
      return loose;
    }
    Answer held = probe.held();
    if (held == null) {
      return CellRecord.UNDECLARED;
    }
    return reply.status() == held.status() ? "wrong" : "none";
  }

  /**
   * Whether an error that nobody declared is a refusal a caller can work with: a status that says
   * whose fault it is, and JSON, a short text or nothing for a body.
   */
  static boolean cleanError(HttpReply reply) {
    int status = reply.status();
    if (status < 400 || status >= 500 && !CLEAN.contains(status)) {
      return false;
    }
    String type = reply.headers().mediaType();
    return reply.body().isEmpty()
        || reply.body().json().isPresent()
        || type.equals("text/plain") && reply.body().utf8().length() <= LONGEST_MESSAGE;
  }
}
