package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.Comparison.Stated;
import dev.codicil.amendment.Rollout;
import dev.codicil.amendment.Severity;
import dev.codicil.contract.Ledger;
import java.util.List;
import java.util.Locale;

/** One offline page without scripts. */
final class DiffHtml implements DiffReporter {
  private static final int MAX_TEXT = 1000;

  @Override
  public String id() {
    return "html";
  }

  @Override
  public String render(Comparison comparison) {
    StringBuilder out = new StringBuilder(64_000);
    HtmlPage.begin(
        out,
        title(comparison),
        "To the changes",
        "what changes between contracts, and who is hit by it",
        false);
    hero(out, comparison);
    rollout(out, comparison);
    for (Severity severity : List.of(Severity.BREAKING, Severity.RISKY, Severity.SAFE)) {
      changes(out, comparison, severity);
    }
    ledger(out, comparison.ledger());
    HtmlPage.end(out, DiffJson.SCHEMA, "--format json", false);
    return out.toString();
  }

  private static String title(Comparison comparison) {
    return HtmlReporter.word(
        comparison.changes().isEmpty() ? "no changes" : DiffWording.counts(comparison));
  }

  private static void hero(StringBuilder out, Comparison comparison) {
    String tone = DiffWording.tone(comparison);
    out.append("<section class=\"hero ")
        .append(tone)
        .append("\" aria-labelledby=\"verdict\">\n<h1 id=\"verdict\"><span aria-hidden=\"true\">")
        .append(HtmlReporter.symbol(tone))
        .append("</span> ")
        .append(title(comparison))
        .append("</h1>\n<p class=\"impact\">")
        .append(Escape.html(DiffWording.impact(comparison)))
        .append("</p>\n</section>\n<dl class=\"facts\">\n");
    fact(out, comparison.bases().size() == 1 ? "Base" : "Bases", comparison.bases());
    fact(out, "Head", List.of(comparison.head()));
    out.append("<dt>Asked for</dt><dd>")
        .append(comparison.mode().id())
        .append(" compatibility: ")
        .append(comparison.mode().forWhom())
        .append("</dd>\n</dl>\n");
  }

  private static void fact(StringBuilder out, String name, List<String> values) {
    out.append("<dt>").append(name).append("</dt><dd>");
    values.forEach(value -> out.append("<code>").append(text(value)).append("</code> "));
    out.append("</dd>\n");
  }

  private static void rollout(StringBuilder out, Comparison comparison) {
    Rollout rollout = comparison.rollout();
    if (rollout == null || comparison.changes().isEmpty()) {
      return;
    }
    String tone =
        switch (rollout.order()) {
          case EITHER -> "good";
          case PROVIDER_FIRST, CONSUMERS_FIRST -> "fair";
          case IMPOSSIBLE_IN_ONE_STEP -> "bad";
        };
    out.append("<section aria-labelledby=\"rollout\">\n<h2 id=\"rollout\">Rollout</h2>\n<p>")
        .append(HtmlReporter.badge(tone, DiffWording.order(rollout)))
        .append(' ')
        .append(Escape.html(rollout.reason()))
        .append("</p>\n");
    if (!rollout.steps().isEmpty()) {
      out.append("<ol>\n");
      rollout.steps().forEach(step -> step(out, step));
      out.append("</ol>\n");
    }
    out.append("</section>\n");
  }

  private static void step(StringBuilder out, Rollout.Step step) {
    out.append("<li><strong>")
        .append(HtmlReporter.word(step.phase().id()))
        .append("</strong>, ")
        .append(Escape.html(step.who()))
        .append(": ")
        .append(Escape.html(step.what()));
    if (!step.items().isEmpty()) {
      out.append("\n<ul class=\"lines\">\n");
      for (Rollout.Item item : step.items()) {
        out.append("<li><code>")
            .append(text((item.operation() + " " + item.pointer()).trim()))
            .append("</code> ")
            .append(Escape.html(item.what()))
            .append("</li>\n");
      }
      out.append("</ul>\n");
    }
    out.append("</li>\n");
  }

  private static void changes(StringBuilder out, Comparison comparison, Severity severity) {
    List<Stated> changes =
        comparison.changes().stream()
            .filter(stated -> stated.change().severity() == severity)
            .toList();
    if (changes.isEmpty()) {
      return;
    }
    String id = severity.name().toLowerCase(Locale.ROOT);
    out.append("<section aria-labelledby=\"")
        .append(id)
        .append("\">\n<h2 id=\"")
        .append(id)
        .append("\">")
        .append(Wording.count(changes.size(), id + " change"))
        .append("</h2>\n<div class=\"scroll\" role=\"region\" aria-labelledby=\"")
        .append(id)
        .append("\" tabindex=\"0\"><table class=\"list\">\n<thead><tr>")
        .append("<th scope=\"col\">Severity</th><th scope=\"col\">Change</th>")
        .append("<th scope=\"col\">Touches</th></tr></thead>\n<tbody>\n");
    changes.forEach(stated -> row(out, comparison, stated));
    out.append("</tbody>\n</table></div>\n</section>\n");
  }

  private static void row(StringBuilder out, Comparison comparison, Stated stated) {
    Change change = stated.change();
    out.append("<tr><td>")
        .append(
            HtmlReporter.badge(
                ChangesText.tone(change.severity()), DiffWording.word(change.severity())))
        .append("</td><td>")
        .append(text(change.message()))
        .append("<br><code>")
        .append(text(ChangesText.place(change)))
        .append("</code><br><span class=\"quiet\">")
        .append(text(change.rule()))
        .append(" \u00b7 ")
        .append(text(change.location().toString()))
        .append(text(DiffWording.note(stated, comparison)))
        .append(example(change))
        .append("</span></td><td>")
        .append(text(ChangesText.touches(change)))
        .append("</td></tr>\n");
  }

  private static String example(Change change) {
    String witness = DiffWording.witness(change);
    return witness.isEmpty() ? "" : "<br>" + text(witness);
  }

  private static void ledger(StringBuilder out, Ledger ledger) {
    List<Ledger.Entry> unread = ledger.unread();
    if (!unread.isEmpty()) {
      out.append("<section aria-labelledby=\"unread\">\n<h2 id=\"unread\">")
          .append("Not read, or not wholly</h2>\n<ul class=\"lines\">\n");
      unread.forEach(
          entry -> out.append("<li>").append(text(CoverageText.unread(entry))).append("</li>\n"));
      out.append("</ul>\n</section>\n");
    }
    out.append("<details class=\"fold\"><summary>Looked at: ")
        .append(Wording.count(ledger.entries().size(), "file"))
        .append("</summary>\n<ul class=\"lines\">\n");
    for (Ledger.Entry entry : ledger.entries()) {
      out.append("<li>")
          .append(text(entry.side()))
          .append(" <code>")
          .append(text(entry.file()))
          .append("</code> ")
          .append(entry.fate().name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append(entry.format() == null ? "" : ", " + text(entry.format()))
          .append(", ")
          .append(Wording.count(entry.interactions(), "interaction"))
          .append("</li>\n");
    }
    out.append("</ul>\n</details>\n");
  }

  private static String text(String foreign) {
    return Escape.html(Escape.cut(foreign, MAX_TEXT));
  }
}
