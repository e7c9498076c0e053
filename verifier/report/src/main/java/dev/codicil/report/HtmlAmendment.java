package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Ledger;
import dev.codicil.verdict.AmendmentImpact;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One amendment of {@code report.html}. */
final class HtmlAmendment {
  private static final int MAX_NAME = 300;

  /** Beyond this the page keeps loud findings to a line each. */
  private static final int PAGE_CHARACTERS = 1_200_000;

  private final StringBuilder out;
  private final HtmlEvidence evidence;
  private final int number;
  private final Anchors anchors;

  HtmlAmendment(StringBuilder out, HtmlEvidence evidence, int number) {
    this.out = out;
    this.evidence = evidence;
    this.number = number;
    this.anchors = new Anchors(number);
  }

  void append(AmendmentVerdict amendment) {
    String id = "amendment-" + number;
    out.append("<section class=\"amendment\" id=\"")
        .append(id)
        .append("\" aria-labelledby=\"")
        .append(id)
        .append("-name\">\n<h2 id=\"")
        .append(id)
        .append("-name\">")
        .append(text(amendment.name()))
        .append(" ")
        .append(HtmlReporter.badge(Wording.tone(amendment.verdict()), amendment.verdict().id()))
        .append("</h2>\n<p class=\"quiet\">evidence: ")
        .append(Escape.html(amendment.evidence()))
        .append(" \u00b7 ")
        .append(Wording.duration(amendment.millis()))
        .append(" \u00b7 seed ")
        .append(amendment.seed())
        .append("</p>\n");
    if (!amendment.reasons().isEmpty()) {
      out.append("<ul class=\"reasons\">\n");
      amendment
          .reasons()
          .forEach(reason -> out.append("<li>").append(text(reason)).append("</li>\n"));
      out.append("</ul>\n");
    }
    impact(amendment.impact());
    List<Finding> loud = amendment.findings().stream().filter(Wording::loud).toList();
    for (FindingGroup group : FindingGroup.of(loud)) {
      if (out.length() < PAGE_CHARACTERS) {
        card(group);
      } else {
        brief(group);
      }
    }
    for (FindingKind kind : FindingKind.values()) {
      quiet(
          kind,
          amendment.findings().stream()
              .filter(finding -> finding.kind() == kind && !Wording.loud(finding))
              .toList());
    }
    HtmlHeatMap.append(out, amendment.findings(), id, anchors);
    changes(amendment);
    coverage(amendment);
    out.append("</section>\n");
  }

  private void impact(@Nullable AmendmentImpact impact) {
    if (impact == null) {
      return;
    }
    out.append("<dl class=\"facts\">\n");
    fact("Impact", ImpactText.total(impact), false);
    ImpactText.flows(impact).forEach(line -> fact("Flow", line, false));
    ImpactText.assumptions(impact).forEach(line -> fact("Assumed", line, false));
    out.append("</dl>\n");
  }

  private static String text(String foreign) {
    return Escape.html(Escape.cut(foreign, MAX_NAME));
  }

  private void card(FindingGroup group) {
    Finding finding = group.first();
    String tone = Wording.tone(finding.kind());
    String place = anchors.add(group);
    String id = place + "-name";
    out.append("<article class=\"card ").append(tone).append("\" tabindex=\"-1\"");
    found(group, place);
    out.append(" aria-labelledby=\"")
        .append(id)
        .append("\">\n<div class=\"kinds\">")
        .append(HtmlReporter.badge(tone, Wording.title(finding.kind())))
        .append(
            finding.gates()
                ? " <span class=\"gate\">gates the merge</span>"
                : finding.waived() ? " <span class=\"quiet\">waived</span>" : "")
        .append("</div>\n<h3 id=\"")
        .append(id)
        .append("\">")
        .append(text(finding.interaction()))
        .append("</h3>\n<p class=\"who\">")
        .append(text(finding.consumer()))
        .append(" <span aria-label=\"relies on\">\u2192</span> ")
        .append(text(finding.provider()));
    if (!finding.operation().isEmpty()) {
      out.append(" <code>").append(text(finding.operation())).append("</code>");
    }
    out.append("</p>\n<div class=\"split\">\n");
    fourCells(finding);
    out.append("<div class=\"told\">\n");
    if (!finding.nearMiss().isEmpty()) {
      out.append("<p class=\"miss\"><strong>Near miss</strong> ")
          .append(Escape.html(Escape.cut(finding.nearMiss(), 1000)))
          .append("</p>\n");
    }
    if (!finding.reason().isEmpty()) {
      out.append("<p class=\"why\">")
          .append(Escape.htmlBlock(Escape.cut(finding.reason(), 2000)))
          .append("</p>\n");
    }
    out.append("</div>\n</div>\n<dl class=\"facts\">\n");
    fact("Under", Wording.weather(finding), false);
    fact("Impact", ImpactText.of(finding), false);
    fact("Latency under load", Wording.load(finding).replace("->", "\u2192"), false);
    fact("Well again after", Wording.recovery(finding).replace("->", "\u2192"), false);
    fact("Smallest cause", group.cause(), false);
    fact("Changes", String.join("; ", finding.changes()), false);
    fact("A good service", Advice.underFaults(finding), false);
    fact("The safe way", String.join(" ", Advice.forChanges(finding.changes())), false);
    fact("Declared at", finding.location(), true);
    command(finding.replay());
    fact("Gate", Wording.gate(finding), false);
    fact("Waiver", Wording.waiver(finding), false);
    fact("Waive by", Wording.fingerprint(finding), true);
    out.append("</dl>\n");
    others(group.others());
    evidence.append(out, finding, !evidence.anyShown());
    out.append("</article>\n");
  }

  /** What the filter reads: kind, count and all that somebody may look for. */
  private void found(FindingGroup group, String place) {
    Finding first = group.first();
    StringBuilder words = new StringBuilder();
    for (String word :
        List.of(first.interaction(), first.consumer(), first.provider(), first.operation())) {
      words.append(Escape.cut(word, MAX_NAME)).append(' ');
    }
    group.findings().stream()
        .map(Wording::weather)
        .distinct()
        .limit(20)
        .forEach(weather -> words.append(Escape.cut(weather, 60)).append(' '));
    out.append(" id=\"")
        .append(place)
        .append("\" data-kind=\"")
        .append(first.kind().id())
        .append("\" data-count=\"")
        .append(group.findings().size())
        .append("\" data-text=\"")
        .append(Escape.html(words.toString().stripTrailing()))
        .append('"');
  }

  /** A loud finding on a page that is large already. */
  private void brief(FindingGroup group) {
    Finding finding = group.first();
    out.append("<div class=\"brief\" tabindex=\"-1\"");
    found(group, anchors.add(group));
    out.append("><h3>")
        .append(HtmlReporter.badge(Wording.tone(finding.kind()), Wording.title(finding.kind())))
        .append(finding.gates() ? " <span class=\"gate\">gates the merge</span> " : " ")
        .append(text(finding.interaction()))
        .append(" <span class=\"quiet\">")
        .append(text(Wording.pair(finding).replace("->", "\u2192")))
        .append(" \u00b7 ")
        .append(Wording.fourCells(finding).replace("->", "\u2192"))
        .append("</span></h3>\n");
    lines(group.findings());
    out.append("</div>\n");
  }

  private void fact(String name, String value, boolean code) {
    if (value.isEmpty()) {
      return;
    }
    out.append("<dt>")
        .append(name)
        .append("</dt><dd>")
        .append(code ? "<code>" : "")
        .append(Escape.html(Escape.cut(value, 1000)))
        .append(code ? "</code>" : "")
        .append("</dd>\n");
  }

  private void command(String replay) {
    if (!replay.isEmpty()) {
      out.append("<dt>Replay</dt><dd><code class=\"command\" title=\"one click selects it all\">")
          .append(Escape.html(replay))
          .append("</code></dd>\n");
    }
  }

  private void fourCells(Finding finding) {
    boolean storm = finding.before().storm() != null || finding.after().storm() != null;
    out.append("<table class=\"cells\">\n<caption>Outcomes</caption>\n<thead><tr><td></td>")
        .append("<th scope=\"col\">Calm</th>")
        .append(storm ? "<th scope=\"col\">Storm</th>" : "")
        .append("</tr></thead>\n<tbody>\n");
    cellsRow("Before", finding.before(), storm);
    cellsRow("After", finding.after(), storm);
    out.append("</tbody>\n</table>\n");
  }

  private void cellsRow(String side, Finding.Outcomes row, boolean storm) {
    out.append("<tr><th scope=\"row\">").append(side).append("</th>");
    outcome(row.calm(), true);
    if (storm) {
      outcome(row.storm(), row.exposed());
    }
    out.append("</tr>\n");
  }

  private void outcome(@Nullable Outcome outcome, boolean exposed) {
    if (outcome == null) {
      out.append("<td class=\"none\">not judged</td>");
      return;
    }
    String tone = Wording.tone(outcome);
    out.append("<td class=\"")
        .append(tone)
        .append("\"><span aria-hidden=\"true\">")
        .append(HtmlReporter.symbol(tone))
        .append("</span> ")
        .append(outcome.name())
        .append(exposed ? "" : "<small>not exposed</small>")
        .append("</td>");
  }

  private void others(List<Finding> others) {
    if (others.isEmpty()) {
      return;
    }
    out.append("<details><summary>The same under ")
        .append(Wording.count(others.size(), "more fault set"))
        .append("</summary>\n");
    lines(others);
    out.append("</details>\n");
  }

  private void lines(List<Finding> findings) {
    out.append("<ul class=\"lines\">\n");
    for (Finding finding : findings) {
      out.append("<li>")
          .append(Escape.html(Escape.cut(Wording.weather(finding), 1000)))
          .append(finding.nearMiss().isEmpty() ? "" : " <span class=\"quiet\">")
          .append(Escape.html(Escape.cut(finding.nearMiss(), 300)))
          .append(finding.nearMiss().isEmpty() ? "" : "</span>")
          .append(finding.impact() == null ? "" : " <span class=\"quiet\">")
          .append(Escape.html(ImpactText.of(finding)))
          .append(finding.impact() == null ? "" : "</span>")
          .append(finding.load() == null ? "" : " <span class=\"quiet\">")
          .append(Escape.html(Wording.load(finding).replace("->", "\u2192")))
          .append(finding.load() == null ? "" : "</span>")
          .append(finding.recovery() == null ? "" : " <span class=\"quiet\">well again: ")
          .append(Escape.html(Wording.recovery(finding).replace("->", "\u2192")))
          .append(finding.recovery() == null ? "" : "</span>")
          .append(finding.replay().isEmpty() ? "" : " <code class=\"command\">")
          .append(Escape.html(finding.replay()))
          .append(finding.replay().isEmpty() ? "" : "</code>")
          .append("</li>\n");
    }
    out.append("</ul>\n");
  }

  private void quiet(FindingKind kind, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    out.append("<details class=\"fold\"><summary>")
        .append(HtmlReporter.badge(Wording.tone(kind), findings.size() + " " + Wording.title(kind)))
        .append(" <span class=\"quiet\">")
        .append(Wording.meaning(kind))
        .append("</span></summary>\n");
    for (FindingGroup group : FindingGroup.of(findings)) {
      Finding first = group.first();
      out.append("<div tabindex=\"-1\"");
      found(group, anchors.add(group));
      out.append("><h4>")
          .append(text(first.interaction()))
          .append(" <span class=\"quiet\">")
          .append(text(Wording.pair(first).replace("->", "\u2192")))
          .append(" \u00b7 ")
          .append(Wording.fourCells(first).replace("->", "\u2192"))
          .append("</span></h4>\n");
      lines(group.findings());
      if (kind != FindingKind.COMPATIBLE) {
        evidence.append(out, first, false);
      }
      out.append("</div>\n");
    }
    out.append("</details>\n");
  }

  private void changes(AmendmentVerdict amendment) {
    List<Change> changes = amendment.changes();
    Map<Change, String> told = ChangesText.told(amendment);
    if (changes.isEmpty()) {
      return;
    }
    out.append("<details class=\"fold\"><summary>")
        .append(Wording.count(changes.size(), "document change"))
        .append(
            "</summary>\n"
                + "<div class=\"scroll\" role=\"region\" aria-label=\"Document changes\""
                + " tabindex=\"0\">")
        .append("<table class=\"list\">\n<thead><tr><th scope=\"col\">Severity</th>")
        .append(
            "<th scope=\"col\">Change</th><th scope=\"col\">Touches</th></tr></thead>\n<tbody>\n");
    for (Change change : ChangesText.sorted(changes)) {
      out.append("<tr><td>")
          .append(
              HtmlReporter.badge(
                  ChangesText.tone(change.severity()),
                  change.severity().name().toLowerCase(Locale.ROOT)))
          .append("</td><td>")
          .append(Escape.html(Escape.cut(change.message(), 1000)))
          .append("<br><code>")
          .append(text(change.rule()))
          .append("</code> <span class=\"quiet\">")
          .append(text(ChangesText.place(change)))
          .append(" \u00b7 ")
          .append(text(change.location().toString()))
          .append("</span>");
      for (String line : ChangesText.witness(change, told)) {
        out.append("<br><span class=\"quiet\">")
            .append(Escape.html(Escape.cut(line, 1000)))
            .append("</span>");
      }
      String remedy = Advice.forRule(change.rule());
      if (change.severity() != Severity.SAFE && !remedy.isEmpty()) {
        out.append("<br><span class=\"quiet\">Safe way: ")
            .append(Escape.html(remedy))
            .append("</span>");
      }
      out.append("</td><td>")
          .append(Escape.html(Escape.cut(ChangesText.touches(change), 1000)))
          .append("</td></tr>\n");
    }
    out.append("</tbody>\n</table></div>\n</details>\n");
  }

  private void coverage(AmendmentVerdict amendment) {
    out.append("<details class=\"fold\"><summary>Looked at: ")
        .append(amendment.coverage().cellsRun())
        .append(" of ")
        .append(Wording.count(amendment.coverage().cellsPlanned(), "cell"))
        .append(", ")
        .append(Wording.count(amendment.coverage().filesLoaded(), "file"))
        .append("</summary>\n<dl class=\"facts\">\n");
    CoverageText.lines(amendment.coverage())
        .forEach(
            (label, value) ->
                out.append("<dt>")
                    .append(HtmlReporter.word(label))
                    .append("</dt><dd class=\"why\">")
                    .append(Escape.htmlBlock(Escape.cut(value, 4000)))
                    .append("</dd>\n"));
    for (Ledger.Entry entry : amendment.ledger().unread()) {
      fact("Not read", CoverageText.unread(entry), false);
    }
    out.append("</dl>\n");
    ledger(amendment.ledger());
    out.append("</details>\n");
  }

  private void ledger(Ledger ledger) {
    if (ledger.entries().isEmpty()) {
      return;
    }
    out.append("<ul class=\"lines\">\n");
    for (Ledger.Entry entry : ledger.entries()) {
      out.append("<li><code>")
          .append(text(entry.side() + " " + entry.file()))
          .append("</code> ")
          .append(entry.fate().name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append(entry.format() == null ? "" : ", " + text(entry.format()))
          .append(", ")
          .append(Wording.count(entry.interactions(), "interaction"))
          .append("</li>\n");
    }
    out.append("</ul>\n");
  }
}
