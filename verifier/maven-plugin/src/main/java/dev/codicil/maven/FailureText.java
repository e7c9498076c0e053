package dev.codicil.maven;

import dev.codicil.engine.Waivers;
import dev.codicil.engine.config.WaiverReader;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.WaiverStanding;
import java.time.LocalDate;
import java.util.List;

/** What a failed build says: why, where to read on, and what would let it pass for a while. */
final class FailureText {
  /** Waivers that are written out; the rest is counted. */
  private static final int MOST_WAIVERS = 3;

  /** Days that a proposed waiver holds. */
  private static final int DAYS = 30;

  private FailureText() {}

  /**
   * The message.
   *
   * @param where the report
   */
  static String of(VerdictReport report, LocalDate today, String where) {
    StringBuilder text = new StringBuilder("contract amendment fails");
    text.append(reasons(report)).append("\n  ").append(where);
    List<String> entries = Waivers.proposed(report, MOST_WAIVERS, today.plusDays(DAYS));
    if (!entries.isEmpty()) {
      text.append("\n  To let it pass for a while, fill in reason and owner, and add to ")
          .append(WaiverReader.FILE)
          .append(":");
      entries.forEach(line -> text.append('\n').append(line));
    }
    return text.toString();
  }

  /** Why a verdict is not a pass, a line each. */
  static String reasons(VerdictReport report) {
    StringBuilder text = new StringBuilder();
    for (AmendmentVerdict verdict : report.amendments()) {
      verdict
          .reasons()
          .forEach(
              reason -> text.append("\n  ").append(verdict.name()).append(": ").append(reason));
    }
    GateSummary gate = report.gate();
    if (gate != null) {
      for (WaiverStanding standing : gate.failing()) {
        text.append("\n  ")
            .append(standing.waiver().location())
            .append(": the waiver ")
            .append(standing.told());
      }
    }
    return text.toString();
  }
}
