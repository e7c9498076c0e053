package dev.codicil.report;

import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.Waiver;
import dev.codicil.verdict.WaiverStanding;

/** What became of waivers and policy, for a terminal. */
final class GateText {
  private static final int MAX_NAME = 300;

  private GateText() {}

  /** Nothing when there is nothing to tell. */
  static void append(TextPage page, VerdictReport report) {
    GateSummary gate = report.gate();
    if (gate == null || gate.waivers().isEmpty() && gate.warnings().isEmpty()) {
      return;
    }
    if (!gate.waivers().isEmpty()) {
      page.raw("  " + page.palette().bold(Wording.count(gate.waivers().size(), "waiver")));
      gate.waivers().forEach(standing -> append(page, standing));
      page.blank();
    }
    if (!gate.warnings().isEmpty()) {
      page.raw(
          "  "
              + page.palette().bold(Wording.count(gate.warnings().size(), "warning"))
              + " about policy: what selects nothing decides nothing");
      gate.warnings().forEach(warning -> page.text("    ", warning));
      page.blank();
    }
  }

  private static void append(TextPage page, WaiverStanding standing) {
    Waiver waiver = standing.waiver();
    page.text(
        "    " + page.palette().strong(tone(standing), Wording.standing(standing)) + "  ",
        Escape.brief(waiver.finding(), MAX_NAME));
    page.field(6, "told", standing.told());
    page.field(6, "reason", waiver.reason());
    page.field(6, "owner", waiver.owner());
    page.field(6, "at", waiver.location() + ", fingerprint " + waiver.fingerprint());
  }

  /** How what became of a waiver is to be taken. */
  static String tone(WaiverStanding standing) {
    return standing.fails()
        ? "bad"
        : switch (standing.state()) {
          case APPLIED -> "good";
          case OPENED, EXPIRED, UNUSED -> "fair";
          case NOT_JUDGED -> "unknown";
        };
  }
}
