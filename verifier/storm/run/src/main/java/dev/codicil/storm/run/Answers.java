package dev.codicil.storm.run;

import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.Probe;
import dev.codicil.experiment.Probe.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of its declared answers a probe got. */
final class Answers {
  private Answers() {}

  /**
   * {@code held}, {@code degraded}, {@code refused}, {@code wrong} or {@code none}. Where several
   * match, an answer that names a body goes before one that takes any.
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
    return reply.status() == probe.held().status() ? "wrong" : "none";
  }
}
