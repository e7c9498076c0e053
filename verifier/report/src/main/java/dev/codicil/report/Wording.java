package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.LoadComparison;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.RecoveryComparison;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.WaiverStanding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.Set;

/** The sentences that all formats share. Not escaped: callers escape what they write. */
final class Wording {
  private static final int MAX_NAME = 80;

  private Wording() {}

  /** {@code 850 ms}, {@code 12.3 s}, {@code 2 min 5 s}; {@code unfinished} below zero. */
  static String duration(long millis) {
    if (millis < 0) {
      return "unfinished";
    }
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return BigDecimal.valueOf(millis, 3).setScale(1, RoundingMode.DOWN) + " s";
    }
    return millis / 60_000 + " min " + millis % 60_000 / 1000 + " s";
  }

  /** {@code 1 file}, {@code 2 files}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code HELD/HUNG}; {@code HELD} alone for what was judged in calm. */
  static String outcomes(Finding.Outcomes row) {
    if (row.storm() == null) {
      return row.calm().name();
    }
    return row.calm() + "/" + row.storm() + (row.exposed() ? "" : " (not exposed)");
  }

  /** {@code before HELD/HELD (not exposed) -> after HELD/HUNG}. */
  static String fourCells(Finding finding) {
    return "before " + outcomes(finding.before()) + " -> after " + outcomes(finding.after());
  }

  /** {@code checkout -> license-authority}. */
  static String pair(Finding finding) {
    return Escape.brief(finding.consumer(), MAX_NAME)
        + " -> "
        + Escape.brief(finding.provider(), MAX_NAME);
  }

  /** What kind of weather a finding is about. */
  static String weather(Finding finding) {
    return finding.faultLabel().isEmpty() ? "in calm" : finding.faultLabel();
  }

  /** Percentiles before against after; empty for what was replayed once. */
  static String load(Finding finding) {
    LoadComparison load = finding.load();
    return load == null ? "" : load.label();
  }

  /** How long it took to be well again, before against after; empty when that is not told. */
  static String recovery(Finding finding) {
    RecoveryComparison recovery = finding.recovery();
    return recovery == null ? "" : recovery.label();
  }

  /**
   * What policy does with a finding, and where that is written; empty when no policy was asked.
   * {@code fails by codicil.yaml:12:7: rule 2 (tag critical): broken: fail}.
   */
  static String gate(Finding finding) {
    Gating gating = finding.gating();
    if (gating == null) {
      return "";
    }
    String does =
        switch (gating.action()) {
          case FAIL -> "fails";
          case INCONCLUSIVE -> "keeps it from passing";
          case TELL -> "told";
        };
    return does + " by " + gating.by() + ": " + gating.text();
  }

  /** What became of the waiver of a finding; empty when there is none. */
  static String waiver(Finding finding) {
    Gating gating = finding.gating();
    Gating.Claim claim = gating == null ? null : gating.waiver();
    return claim == null ? "" : claim.label();
  }

  /** What a waiver names a finding by; empty when no policy was asked. */
  static String fingerprint(Finding finding) {
    Gating gating = finding.gating();
    return gating == null ? "" : gating.fingerprint();
  }

  /** Whether a finding gates, in a word or two. */
  static String gates(Finding finding) {
    return finding.gates() ? "gates" : finding.waived() ? "waived" : "does not gate";
  }

  /** {@code WAIVED}, {@code EXPIRED}, ...: what became of a waiver, with its last day. */
  static String standing(WaiverStanding standing) {
    String days =
        standing.daysLeft() < 0
            ? count(-standing.daysLeft(), "day") + " over"
            : count(standing.daysLeft(), "day") + " left";
    return standing.state().id().replace('-', ' ')
        + (standing.fails() ? ", fails the gate" : "")
        + ", "
        + days;
  }

  /** Whether a finding is told in full. */
  static boolean loud(Finding finding) {
    return finding.gates()
        || finding.kind() == FindingKind.BROKEN
        || finding.kind() == FindingKind.RESILIENCE_LOST
        || finding.kind() == FindingKind.INCONCLUSIVE;
  }

  /** Heading of a kind for people: {@code resilience lost}. */
  static String title(FindingKind kind) {
    return kind.id().replace('-', ' ');
  }

  /** One sentence on what a kind means. */
  static String meaning(FindingKind kind) {
    return switch (kind) {
      case BROKEN -> "held before in calm weather, and does not hold after";
      case RESILIENCE_LOST -> "the same faults end worse after the amendment than before";
      case INCONCLUSIVE -> "nothing can be said; this is not a pass";
      case FRAGILE -> "as bad before as after under these faults; not the amendment's doing";
      case FIXED -> "did not hold before, and holds after";
      case HARDENED -> "the same faults end better after the amendment than before";
      case ADDED -> "new in the head, and it holds";
      case COMPATIBLE -> "as good after as before";
    };
  }

  /** How an outcome is to be taken; names the color in every format. */
  static String tone(Outcome outcome) {
    return switch (outcome) {
      case HELD -> "good";
      case DEGRADED, REFUSED -> "fair";
      case FAILED, HUNG, LOST, CORRUPTED -> "bad";
      case UNKNOWN -> "unknown";
    };
  }

  /** How a kind is to be taken. */
  static String tone(FindingKind kind) {
    return switch (kind) {
      case BROKEN, RESILIENCE_LOST -> "bad";
      case INCONCLUSIVE -> "unknown";
      case FRAGILE -> "fair";
      case FIXED, HARDENED, ADDED, COMPATIBLE -> "good";
    };
  }

  /** How a verdict is to be taken. */
  static String tone(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "good";
      case INCONCLUSIVE -> "unknown";
      case FAIL -> "bad";
    };
  }

  /** What the verdict means for whoever has to decide, in one sentence. */
  static String impact(VerdictReport report) {
    if (report.amendments().isEmpty()) {
      return "There is no amendment, so nothing was compared.";
    }
    Tally all = new Tally(report.amendments());
    Set<String> hit = new LinkedHashSet<>();
    for (AmendmentVerdict amendment : report.amendments()) {
      amendment.findings().stream()
          .filter(Finding::gates)
          .forEach(finding -> hit.add(finding.consumer()));
    }
    return switch (report.verdict()) {
      case FAIL ->
          (all.gating() == 0
                  ? ""
                  : count(all.gating(), "finding")
                      + (all.gating() == 1 ? " gates" : " gate")
                      + (hit.isEmpty() ? "" : ", at the cost of " + shortList(hit))
                      + ".")
              + dear(report, all.gating() == 0)
              + failing(report, all.gating() == 0 ? "" : " ");
      case INCONCLUSIVE ->
          all.inconclusive() == 0
              ? "Nothing worse was seen, but not enough was looked at. This is not a pass."
              : "Nothing worse was seen, but "
                  + count(all.inconclusive(), "finding")
                  + " could not be decided. This is not a pass.";
      case PASS ->
          (all.waived() == 0
                  ? ""
                  : count(all.waived(), "finding")
                      + (all.waived() == 1 ? " is" : " are")
                      + " waived. But for that: ")
              + "What was looked at is as good after as before"
              + (replayedOnly(report) ? ", in calm and in storm." : "; see the evidence of each.");
    };
  }

  /** What fails the gate by its costs alone, although no finding does. */
  private static String dear(VerdictReport report, boolean alone) {
    return alone && report.amendments().stream().anyMatch(ImpactText::exceeds)
        ? "More is added to losses than impact.above allows."
        : "";
  }

  /** Waivers that fail the gate by themselves. */
  private static String failing(VerdictReport report, String before) {
    GateSummary gate = report.gate();
    int waivers = gate == null ? 0 : gate.failing().size();
    return waivers == 0
        ? ""
        : before
            + count(waivers, "waiver")
            + (waivers == 1 ? " is" : " are")
            + " expired or unused, and "
            + (waivers == 1 ? "fails" : "fail")
            + " the gate.";
  }

  private static boolean replayedOnly(VerdictReport report) {
    return report.amendments().stream()
        .allMatch(
            amendment ->
                amendment.evidence().equals("replayed") && amendment.coverage().cellsRun() > 0);
  }

  private static String shortList(Set<String> names) {
    String list = String.join(", ", names.stream().limit(3).map(n -> Escape.brief(n, 60)).toList());
    return names.size() > 3 ? list + " and " + (names.size() - 3) + " more" : list;
  }
}
