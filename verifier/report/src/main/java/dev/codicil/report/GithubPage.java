package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Ledger;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer reads on GitHub: verdict and counts, a table of what gets worse, worst first, and
 * the rest folded. Whole rows and whole findings are left out where it would become too long, and
 * counted.
 */
final class GithubPage {
  private static final int MAX_TEXT = 600;
  private static final int MAX_NAME = 120;
  private static final int MOST_LINES = 20;

  /** For the sentences that close a table or the page. */
  private static final int RESERVE = 500;

  private final BoundedText out;
  private final int limit;
  private final Check check;

  /**
   * @param limit how long the page may become
   * @param measure how long a text is
   */
  GithubPage(Check check, int limit, ToIntFunction<String> measure) {
    this.check = check;
    this.limit = limit;
    this.out = new BoundedText(limit, measure);
  }

  /** A group of findings, and whose. */
  private record Row(AmendmentVerdict amendment, FindingGroup group) {
    Finding first() {
      return group.first();
    }
  }

  String render(String marker, VerdictReport report) {
    out.add(marker + head(report), 0);
    amendments(report.amendments());
    List<Row> loud = rows(report, Wording::loud);
    int shown = table(loud, limit / 3);
    leftOut(findings(loud.subList(shown, loud.size())), "the table");
    int told = 0;
    while (told < loud.size() && out.add(details(loud.get(told)), limit / 4)) {
      told++;
    }
    leftOut(findings(loud.subList(told, loud.size())), "the details");
    for (FindingKind kind : FindingKind.values()) {
      fold(kind, rows(report, finding -> finding.kind() == kind && !Wording.loud(finding)));
    }
    for (AmendmentVerdict amendment : report.amendments()) {
      changes(amendment);
    }
    int without = 0;
    for (AmendmentVerdict amendment : report.amendments()) {
      without += out.add(lookedAt(amendment), RESERVE) ? 0 : 1;
    }
    if (without > 0) {
      out.add(
          "\nWhat was looked at in "
              + Wording.count(without, "amendment")
              + " is left out here; report.html has it.\n",
          0);
    }
    return out.toString();
  }

  private String head(VerdictReport report) {
    Tally tally = new Tally(report.amendments());
    StringBuilder head = new StringBuilder("## ");
    head.append(MarkdownReporter.sign(Wording.tone(report.verdict())))
        .append(" Codicil: ")
        .append(report.verdict().id());
    if (!check.name().isEmpty()) {
      head.append(" (").append(text(check.name())).append(')');
    }
    head.append("\n\n").append(text(Wording.impact(report))).append("\n\n");
    ImpactText.headlines(report)
        .forEach(line -> head.append("**").append(text(line)).append("**\n\n"));
    if (report.amendments().isEmpty()) {
      return head.toString();
    }
    List<String> counts = new ArrayList<>();
    counts.add("**" + tally.gating() + " gating**");
    counts.add(tally.inconclusive() + " inconclusive");
    counts.add(tally.fragile() + " fragile");
    counts.add(tally.of(FindingKind.HARDENED) + " hardened");
    counts.add(tally.of(FindingKind.COMPATIBLE) + " compatible");
    head.append(String.join(" \u00b7 ", counts)).append("\n\n");
    return head.toString();
  }

  private void amendments(List<AmendmentVerdict> amendments) {
    int shown = 0;
    for (AmendmentVerdict amendment : amendments) {
      String line =
          "- "
              + MarkdownReporter.sign(Wording.tone(amendment.verdict()))
              + " **"
              + text(Escape.brief(amendment.name(), MAX_NAME))
              + "** "
              + amendment.verdict().id()
              + ", evidence: "
              + text(amendment.evidence())
              + (amendment.reasons().isEmpty() ? "" : ": ")
              + text(String.join("; ", amendment.reasons()))
              + "\n";
      if (shown == MOST_LINES || !out.add(line, limit * 2 / 3)) {
        break;
      }
      shown++;
    }
    if (shown < amendments.size()) {
      out.add("- and " + Wording.count(amendments.size() - shown, "amendment") + " more\n", 0);
    }
    out.add("\n", 0);
  }

  private static List<Row> rows(VerdictReport report, Predicate<Finding> which) {
    Stream<Row> rows =
        report.amendments().stream()
            .flatMap(
                amendment ->
                    FindingGroup.of(amendment.findings().stream().filter(which).toList()).stream()
                        .map(group -> new Row(amendment, group)));
    return rows.sorted(
            Comparator.comparing((Row row) -> ImpactText.added(row.first()))
                .reversed()
                .thenComparing((Row row) -> !row.first().gates())
                .thenComparing(row -> row.first().kind())
                .thenComparing(row -> row.first().after(), Comparator.comparing(GithubPage::worst)))
        .toList();
  }

  /** Worst first; what is not known stands last. */
  private static int worst(Finding.Outcomes row) {
    Outcome storm = row.storm();
    Outcome outcome = storm == null ? row.calm() : storm;
    return outcome == Outcome.UNKNOWN ? 1 : -outcome.ordinal();
  }

  private static int findings(List<Row> rows) {
    return rows.stream().mapToInt(row -> row.group().findings().size()).sum();
  }

  private void leftOut(int findings, String where) {
    if (findings > 0) {
      out.add(
          Wording.count(findings, "finding")
              + (findings == 1 ? " is" : " are")
              + " left out of "
              + where
              + " to keep this short; report.html and verdict.json have all.\n\n",
          0);
    }
  }

  /** Rows while at most so much is taken; returns how many fit. */
  private int table(List<Row> rows, int most) {
    if (rows.isEmpty()) {
      return 0;
    }
    int reserve = Math.max(RESERVE, out.left() - most);
    out.add(HEADINGS, RESERVE);
    int shown = 0;
    while (shown < rows.size() && out.add(row(rows.get(shown)), reserve)) {
      shown++;
    }
    out.add("\n", 0);
    return shown;
  }

  private static final String HEADINGS =
      "| finding | consumer | change | calm | storm |\n| --- | --- | --- | --- | --- |\n";

  private static String row(Row row) {
    Finding finding = row.first();
    StringBuilder line = new StringBuilder("| ");
    line.append(finding.gates() ? "**" : "")
        .append(Wording.title(finding.kind()))
        .append(finding.gates() ? "**" : "")
        .append(" | ")
        .append(text(Escape.brief(finding.consumer(), MAX_NAME)))
        .append(" \u2192 ")
        .append(text(Escape.brief(finding.provider(), MAX_NAME)))
        .append("<br>")
        .append(text(Escape.brief(finding.interaction(), MAX_NAME)))
        .append(" | ")
        .append(text(Escape.brief(row.amendment().name(), MAX_NAME)));
    finding.changes().stream()
        .limit(3)
        .forEach(change -> line.append("<br>").append(code(Escape.brief(change, MAX_NAME))));
    if (finding.changes().size() > 3) {
      line.append("<br>and ").append(finding.changes().size() - 3).append(" more");
    }
    line.append(" | ")
        .append(outcome(finding.before().calm()))
        .append(" \u2192 ")
        .append(outcome(finding.after().calm()))
        .append(" | ");
    if (finding.before().storm() != null || finding.after().storm() != null) {
      line.append(outcome(finding.before().storm()))
          .append(finding.before().exposed() ? "" : " (not exposed)")
          .append(" \u2192 ")
          .append(outcome(finding.after().storm()))
          .append(finding.after().exposed() ? "" : " (not exposed)")
          .append("<br>")
          .append(text(Escape.brief(finding.faultLabel(), 2 * MAX_NAME)));
      if (finding.load() != null && !finding.nearMiss().isEmpty()) {
        line.append("<br>").append(text(Escape.brief(finding.nearMiss(), MAX_NAME)));
      }
      if (!row.group().others().isEmpty()) {
        line.append("<br>and ")
            .append(Wording.count(row.group().others().size(), "more fault set"));
      }
    }
    return line.append(" |\n").toString();
  }

  private static String outcome(@Nullable Outcome outcome) {
    return outcome == null
        ? "not judged"
        : MarkdownReporter.sign(Wording.tone(outcome)) + "\u00a0" + outcome;
  }

  private static String details(Row row) {
    Finding finding = row.first();
    StringBuilder block = new StringBuilder();
    open(
        block,
        "<b>"
            + Wording.title(finding.kind())
            + "</b>: "
            + Escape.githubHtml(Escape.brief(finding.interaction(), MAX_NAME))
            + ", "
            + Escape.githubHtml(Wording.pair(finding)));
    Map<String, String> facts = FindingText.facts(finding, row.group().cause());
    String replay = facts.remove("replay");
    facts.forEach(
        (label, value) ->
            block.append("- ").append(label).append(": ").append(text(value)).append('\n'));
    if (replay != null) {
      block.append('\n').append(Escape.fence("sh", Escape.cut(replay, MAX_TEXT)));
    }
    List<Finding> others = row.group().others();
    if (!others.isEmpty()) {
      block
          .append("\nThe same under ")
          .append(Wording.count(others.size(), "more fault set"))
          .append(":\n\n");
      lines(block, others);
    }
    return block.append("\n</details>\n\n").toString();
  }

  private static void lines(StringBuilder block, List<Finding> findings) {
    findings.stream()
        .limit(MOST_LINES)
        .forEach(
            other ->
                block
                    .append("- ")
                    .append(text(Wording.weather(other)))
                    .append(other.nearMiss().isEmpty() ? "" : ": " + text(other.nearMiss()))
                    .append(other.replay().isEmpty() ? "" : " " + code(other.replay()))
                    .append('\n'));
    if (findings.size() > MOST_LINES) {
      block.append("- and ").append(findings.size() - MOST_LINES).append(" more\n");
    }
  }

  private static void open(StringBuilder block, String summary) {
    block.append("<details>\n<summary>").append(summary).append("</summary>\n\n");
  }

  /** Findings that need nobody's hand, as a table in a fold. */
  private void fold(FindingKind kind, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    StringBuilder start = new StringBuilder();
    open(start, findings(rows) + " " + Wording.title(kind) + ": " + Wording.meaning(kind));
    start.append(HEADINGS);
    String end = "\n</details>\n\n";
    if (!out.add(start.toString(), 2 * RESERVE)) {
      leftOut(findings(rows), "the folds");
      return;
    }
    int shown = 0;
    int reserve = Math.max(2 * RESERVE, out.left() - limit / 8);
    while (shown < rows.size() && out.add(row(rows.get(shown)), reserve)) {
      shown++;
    }
    out.add("\n", 0);
    leftOut(findings(rows.subList(shown, rows.size())), "this table");
    out.add(end, 0);
  }

  private void changes(AmendmentVerdict amendment) {
    List<Change> changes = ChangesText.sorted(amendment.changes());
    if (changes.isEmpty()) {
      return;
    }
    StringBuilder start = new StringBuilder();
    open(
        start,
        Wording.count(changes.size(), "document change")
            + " of "
            + Escape.githubHtml(Escape.brief(amendment.name(), MAX_NAME)));
    start.append("| severity | change | at | touches |\n| --- | --- | --- | --- |\n");
    if (!out.add(start.toString(), 2 * RESERVE)) {
      out.add(
          Wording.count(changes.size(), "document change")
              + " left out to keep this short; report.html and verdict.json have all.\n\n",
          0);
      return;
    }
    int shown = 0;
    int reserve = Math.max(2 * RESERVE, out.left() - limit / 8);
    while (shown < changes.size() && out.add(row(changes.get(shown)), reserve)) {
      shown++;
    }
    out.add("\n", 0);
    if (shown < changes.size()) {
      out.add(
          "and "
              + Wording.count(changes.size() - shown, "change")
              + " more; report.html and verdict.json have all.\n",
          0);
    }
    out.add("\n</details>\n\n", 0);
  }

  private String row(Change change) {
    return "| "
        + DiffWording.word(change.severity())
        + " | "
        + text(change.message())
        + "<br>"
        + code(change.rule())
        + " | "
        + code(check.of(change).toString())
        + " | "
        + text(ChangesText.touches(change))
        + " |\n";
  }

  private static String lookedAt(AmendmentVerdict amendment) {
    StringBuilder block = new StringBuilder();
    open(
        block,
        "Looked at in "
            + Escape.githubHtml(Escape.brief(amendment.name(), MAX_NAME))
            + ": "
            + amendment.coverage().cellsRun()
            + " of "
            + Wording.count(amendment.coverage().cellsPlanned(), "cell"));
    CoverageText.lines(amendment.coverage())
        .forEach(
            (label, value) ->
                block
                    .append("- ")
                    .append(label)
                    .append(": ")
                    .append(text(value.replace("\n", "; ")))
                    .append('\n'));
    List<Ledger.Entry> unread = amendment.ledger().unread();
    unread.stream()
        .limit(MOST_LINES)
        .forEach(
            entry ->
                block.append("- not read: ").append(text(CoverageText.unread(entry))).append('\n'));
    if (unread.size() > MOST_LINES) {
      block.append("- and ").append(unread.size() - MOST_LINES).append(" files more\n");
    }
    return block
        .append("- seed: ")
        .append(amendment.seed())
        .append("\n\n</details>\n\n")
        .toString();
  }

  private static String text(String foreign) {
    return Escape.github(Escape.cut(foreign, MAX_TEXT));
  }

  private static String code(String foreign) {
    return "<code>" + text(foreign) + "</code>";
  }
}
