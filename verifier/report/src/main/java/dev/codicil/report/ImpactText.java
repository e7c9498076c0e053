package dev.codicil.report;

import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentImpact.FlowTotal;
import dev.codicil.verdict.AmendmentImpact.Total;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Figures;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingImpact;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.VerdictReport;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What findings and amendments cost, in the words of whoever pays. Not escaped. */
final class ImpactText {
  private static final int MOST_AMENDMENTS = 5;
  private static final int MAX_NAME = 80;
  private static final int MAX_FAULTS = 160;

  private ImpactText() {}

  /** What a finding costs, one sentence a flow; empty when it costs nothing that is known of. */
  static String of(Finding finding) {
    FindingImpact cost = finding.impact();
    return cost == null
        ? ""
        : String.join("; ", cost.hits().stream().map(hit -> of(finding, cost, hit)).toList());
  }

  /**
   * What a finding costs one flow: {@code checkout fails for 8 % of orders under slow-partner,
   * about 12,400 EUR an hour at the declared volume (nothing before)}.
   */
  static String of(Finding finding, FindingImpact cost, FindingImpact.Hit hit) {
    String who = Escape.brief(hit.flow(), MAX_NAME);
    String part = Figures.percent(hit.share()) + " of " + Escape.brief(hit.unit(), MAX_NAME);
    String where = finding.faultLabel().isEmpty() ? "in calm" : "under " + under(finding, cost);
    String volume = " at the " + (hit.measured() ? "measured" : "declared") + " volume";
    BigDecimal before = hit.before();
    BigDecimal after = hit.after();
    if (after == null || before == null) {
      String known =
          after == null
              ? before == null
                  ? "neither before nor after is known"
                  : "before it lost " + (before.signum() == 0 ? "nothing" : money(before, cost))
              : "it loses "
                  + (after.signum() == 0 ? "nothing" : money(after, cost))
                  + " now, before is unknown";
      return "what becomes of "
          + part
          + " of "
          + who
          + " "
          + where
          + " is unknown: up to "
          + money(hit.atMost(), cost)
          + volume
          + " ("
          + known
          + ")";
    }
    String then =
        before.signum() == 0
            ? "nothing before"
            : before.compareTo(after) == 0
                ? "the same before"
                : "about " + Figures.about(before) + " before";
    return who
        + " "
        + verb(last(finding.after()))
        + " for "
        + part
        + " "
        + where
        + ", "
        + (after.signum() == 0 ? "at no loss" : "about " + money(after, cost) + volume)
        + " ("
        + then
        + ")";
  }

  private static String under(Finding finding, FindingImpact cost) {
    return cost.under().isEmpty()
        ? Escape.brief(finding.faultLabel(), MAX_FAULTS)
        : Escape.brief(cost.under(), MAX_NAME);
  }

  private static Outcome last(Finding.Outcomes row) {
    Outcome storm = row.storm();
    return storm == null ? row.calm() : storm;
  }

  private static String verb(Outcome outcome) {
    return switch (outcome) {
      case HELD -> "works";
      case DEGRADED -> "is degraded";
      case REFUSED -> "is refused";
      case FAILED -> "fails";
      case HUNG -> "hangs";
      case LOST -> "is lost or doubled";
      case CORRUPTED -> "goes wrong unnoticed";
      case UNKNOWN -> "is unknown";
    };
  }

  private static String money(BigDecimal amount, FindingImpact cost) {
    return Figures.about(amount) + " " + cost.currency() + " an hour";
  }

  private static String money(BigDecimal amount, AmendmentImpact impact) {
    return Figures.about(amount) + " " + impact.currency() + " an hour";
  }

  /** What an amendment costs, in one sentence. */
  static String total(AmendmentImpact impact) {
    Total worst = impact.worst();
    String open =
        impact.atMost().compareTo(worst.added()) > 0
            ? ", and up to " + money(impact.atMost(), impact) + " with what is unknown"
            : "";
    if (worst.added().signum() == 0) {
      return "no loss added that is known of" + open;
    }
    return "adds about " + money(worst.added(), impact) + " to losses " + where(worst) + open;
  }

  private static String where(Total worst) {
    return worst.under().isEmpty() ? "in calm" : "under " + Escape.brief(worst.under(), MAX_FAULTS);
  }

  /** What each flow loses at worst, one line each. */
  static List<String> flows(AmendmentImpact impact) {
    return impact.flows().stream().map(flow -> of(flow, impact)).toList();
  }

  private static String of(FlowTotal flow, AmendmentImpact impact) {
    String name = Escape.brief(flow.flow(), MAX_NAME) + ": ";
    if (flow.seen() == 0) {
      return name + "not known, nothing of it was looked at";
    }
    Total worst = flow.worst();
    StringBuilder line = new StringBuilder(name);
    if (worst.after().signum() == 0 && worst.before().signum() == 0) {
      line.append("no loss that is known of");
    } else {
      line.append(Figures.percent(flow.share()))
          .append(" of ")
          .append(Escape.brief(flow.unit(), MAX_NAME))
          .append(", about ")
          .append(money(worst.after(), impact))
          .append(' ')
          .append(where(worst))
          .append(", ")
          .append(
              worst.before().signum() == 0 ? "nothing" : "about " + Figures.about(worst.before()))
          .append(" before");
    }
    if (flow.unknown() > 0) {
      line.append("; ")
          .append(Wording.count(flow.unknown(), "finding"))
          .append(" of unknown cost, up to ")
          .append(money(flow.atMost(), impact))
          .append(" added");
    }
    return line.toString();
  }

  /** What the figures rest on, one line a flow. */
  static List<String> assumptions(AmendmentImpact impact) {
    List<String> lines = new ArrayList<>();
    for (FlowTotal flow : impact.flows()) {
      lines.add(Escape.brief(flow.flow(), MAX_NAME) + ": " + String.join("; ", flow.assumptions()));
    }
    return lines;
  }

  /** What stands first in a report: a line for each amendment that costs most. */
  static List<String> headlines(VerdictReport report) {
    List<AmendmentVerdict> costing =
        report.amendments().stream()
            .filter(amendment -> amendment.impact() != null)
            .sorted(Comparator.comparing((AmendmentVerdict one) -> added(one)).reversed())
            .toList();
    List<String> lines = new ArrayList<>();
    for (AmendmentVerdict amendment :
        costing.subList(0, Math.min(MOST_AMENDMENTS, costing.size()))) {
      AmendmentImpact impact = amendment.impact();
      if (impact != null) {
        lines.add(
            (report.amendments().size() == 1
                    ? "Impact: "
                    : Escape.brief(amendment.name(), MAX_NAME) + ": ")
                + total(impact));
      }
    }
    if (costing.size() > MOST_AMENDMENTS) {
      lines.add("and " + Wording.count(costing.size() - MOST_AMENDMENTS, "amendment") + " more");
    }
    return lines;
  }

  /** What is known to be added; zero where nothing is declared. */
  static BigDecimal added(AmendmentVerdict amendment) {
    AmendmentImpact impact = amendment.impact();
    return impact == null ? BigDecimal.ZERO : impact.worst().added();
  }

  /** What a finding is known to add; zero where nothing is declared. */
  static BigDecimal added(Finding finding) {
    FindingImpact cost = finding.impact();
    return cost == null ? BigDecimal.ZERO : cost.added();
  }

  /** Whether an amendment adds more to losses than it may. */
  static boolean exceeds(AmendmentVerdict amendment) {
    AmendmentImpact impact = amendment.impact();
    BigDecimal above = impact == null ? null : impact.above();
    return above != null && added(amendment).compareTo(above) > 0;
  }
}
