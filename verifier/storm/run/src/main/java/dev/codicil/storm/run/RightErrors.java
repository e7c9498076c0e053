package dev.codicil.storm.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.ErrorRule;
import dev.codicil.experiment.Scenario;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.MessageSketch;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds errors to what they must say, and to what they promise. */
final class RightErrors {
  private static final String RETRY_AFTER = "retry-after";
  private static final int MOST_SHOWN = 200;

  /** How much later than promised a calm replay may hold again: it is tried every 200 ms. */
  private static final long SLACK_MILLIS = 1000;

  private RightErrors() {}

  /** How an error says the wrong thing, in one line; null when it does not. */
  static @Nullable String wrong(
      List<ErrorRule> rules,
      Scenario scenario,
      List<PlannedFault> faults,
      @Nullable HttpReply reply,
      Redactor redactor) {
    if (reply == null || reply.status() < 400 || rules.isEmpty()) {
      return null;
    }
    for (ErrorRule rule : rules) {
      if (rule.concerns(scenario, faults)) {
        JsonNode said =
            reply
                .body()
                .json()
                .map(body -> body.at(rule.pointer()))
                .orElse(MissingNode.getInstance());
        boolean there = !said.isMissingNode();
        if (!there || !rule.values().contains(said.asText())) {
          return "error "
              + rule.name()
              + ": expected "
              + rule.pointer()
              + " to be "
              + String.join(" or ", rule.values())
              + ", was "
              + (there ? shown(redactor.text(said.asText())) : "absent")
              + " (status "
              + reply.status()
              + ")";
        }
      }
    }
    String hint = reply.headers().first(RETRY_AFTER).orElse("").strip();
    boolean waits = reply.status() == 429 || reply.status() == 503;
    return waits && !hint.isEmpty() && !wellFormed(hint)
        ? "header "
            + RETRY_AFTER
            + ": expected seconds or a date as HTTP has them, was "
            + shown(redactor.text(hint))
        : null;
  }

  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  /** RFC 9110, section 10.2.3. */
  private static boolean wellFormed(String hint) {
    if (hint.matches("[0-9]{1,9}")) {
      return true;
    }
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.parse(hint);
      return true;
    } catch (DateTimeException noDate) {
      return false;
    }
  }

  /**
   * How a hint when to come back was wrong, in one line; null when it was not, or there was none.
   * Only seconds are held to: a date is of a clock that may not be ours.
   */
  static @Nullable String brokenPromise(
      List<ErrorRule> rules, CellRecord record, long recoveryMillis) {
    MessageSketch reply = record.reply();
    boolean waits = record.status() == 429 || record.status() == 503;
    if (rules.isEmpty() || reply == null || !waits) {
      return null;
    }
    for (String line : reply.headers()) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(RETRY_AFTER)) {
        String hint = line.substring(colon + 1).strip();
        if (hint.matches("[0-9]{1,9}")
            && recoveryMillis > Long.parseLong(hint) * 1000 + SLACK_MILLIS) {
          return "header "
              + RETRY_AFTER
              + ": expected to be well again after "
              + hint
              + " s, was after "
              + recoveryMillis
              + " ms";
        }
      }
    }
    return null;
  }
}
