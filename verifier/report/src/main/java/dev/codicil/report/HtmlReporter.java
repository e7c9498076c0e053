package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code report.html}: one offline file, whole without its script, which filters it. */
final class HtmlReporter implements Reporter {
  @Override
  public String id() {
    return "html";
  }

  @Override
  public String fileName() {
    return "report.html";
  }

  @Override
  public String render(VerdictReport report) {
    StringBuilder out = new StringBuilder(64_000);
    HtmlPage.begin(
        out,
        word(report.verdict().id()),
        "To the verdict",
        "before and after, in calm and in storm",
        true);
    verdict(out, report);
    filter(out, report);
    HtmlEvidence evidence = new HtmlEvidence();
    for (int i = 0; i < report.amendments().size(); i++) {
      new HtmlAmendment(out, evidence, i + 1).append(report.amendments().get(i));
    }
    HtmlGate.append(out, report.gate());
    HtmlPage.end(out, report.schema(), "verdict.json", true);
    return out.toString();
  }

  private static void verdict(StringBuilder out, VerdictReport report) {
    out.append("<section class=\"hero ")
        .append(Wording.tone(report.verdict()))
        .append("\" aria-labelledby=\"verdict\">\n<h1 id=\"verdict\"><span aria-hidden=\"true\">")
        .append(symbol(Wording.tone(report.verdict())))
        .append("</span> ")
        .append(word(report.verdict().id()))
        .append("</h1>\n<p class=\"impact\">")
        .append(Escape.html(Wording.impact(report)))
        .append("</p>\n");
    for (String line : ImpactText.headlines(report)) {
      out.append("<p class=\"impact\">").append(Escape.html(line)).append("</p>\n");
    }
    out.append("</section>\n");
    if (report.amendments().isEmpty()) {
      return;
    }
    out.append("<section aria-labelledby=\"amendments\">\n<h2 id=\"amendments\">Amendments</h2>\n")
        .append(
            "<div class=\"scroll\" role=\"region\" aria-labelledby=\"amendments\" tabindex=\"0\">")
        .append("<table class=\"list\">\n<thead><tr>");
    for (String head : List.of("Name", "Verdict", "Evidence")) {
      out.append("<th scope=\"col\">").append(head).append("</th>");
    }
    for (String head : List.of("Gating", "Fragile", "Inconclusive", "Time")) {
      out.append("<th scope=\"col\" class=\"number\">").append(head).append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < report.amendments().size(); i++) {
      row(out, i + 1, report.amendments().get(i));
    }
    out.append("</tbody>\n</table></div>\n</section>\n");
  }

  /** Hidden until the script is there to serve it. */
  private static void filter(StringBuilder out, VerdictReport report) {
    List<Finding> findings =
        report.amendments().stream().flatMap(one -> one.findings().stream()).toList();
    Map<FindingKind, Long> kinds =
        findings.stream()
            .collect(Collectors.groupingBy(Finding::kind, TreeMap::new, Collectors.counting()));
    out.append(
            "<form class=\"filter\" id=\"filter\" role=\"search\" aria-label=\"Findings\" hidden")
        .append(" data-total=\"")
        .append(findings.size())
        .append("\">\n<label for=\"filter-text\">Filter findings</label>")
        .append("<input id=\"filter-text\" type=\"search\" autocomplete=\"off\"")
        .append(" placeholder=\"interaction, service, fault\">\n<span class=\"kinds\">");
    kinds.forEach(
        (kind, count) ->
            out.append("<button type=\"button\" class=\"")
                .append(Wording.tone(kind))
                .append("\" aria-pressed=\"false\" data-filter=\"")
                .append(kind.id())
                .append("\">")
                .append(Wording.title(kind))
                .append(" <span>")
                .append(count)
                .append("</span></button>"));
    out.append("</span>\n<output id=\"filter-count\" class=\"quiet\"></output>\n</form>\n");
  }

  private static void row(StringBuilder out, int number, AmendmentVerdict amendment) {
    Tally tally = new Tally(amendment);
    out.append("<tr><th scope=\"row\"><a href=\"#amendment-")
        .append(number)
        .append("\">")
        .append(Escape.html(Escape.brief(amendment.name(), 120)))
        .append("</a></th><td>")
        .append(badge(Wording.tone(amendment.verdict()), amendment.verdict().id()))
        .append("</td><td class=\"word\">")
        .append(Escape.html(amendment.evidence()))
        .append("</td>");
    for (int count : new int[] {tally.gating(), tally.fragile(), tally.inconclusive()}) {
      out.append("<td class=\"number\">").append(count).append("</td>");
    }
    out.append("<td class=\"number\">")
        .append(Wording.duration(amendment.millis()))
        .append("</td></tr>\n");
  }

  /** A colored label with a sign, so that the color is never alone. */
  static String badge(String tone, String text) {
    return "<span class=\"badge "
        + tone
        + "\"><span aria-hidden=\"true\">"
        + symbol(tone)
        + "</span> "
        + Escape.html(text)
        + "</span>";
  }

  static String symbol(String tone) {
    return switch (tone) {
      case "good" -> "\u2713";
      case "fair" -> "\u25b3";
      case "bad" -> "\u2715";
      default -> "?";
    };
  }

  /** Capitalized. */
  static String word(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
