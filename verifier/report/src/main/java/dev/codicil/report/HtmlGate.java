package dev.codicil.report;

import dev.codicil.verdict.GateSummary;
import dev.codicil.verdict.Waiver;
import dev.codicil.verdict.WaiverStanding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Waivers, and what of the policy selects nothing, in {@code report.html}. */
final class HtmlGate {
  private static final int MAX_TEXT = 1000;

  private HtmlGate() {}

  static void append(StringBuilder out, @Nullable GateSummary gate) {
    if (gate == null) {
      return;
    }
    if (!gate.waivers().isEmpty()) {
      out.append("<section aria-labelledby=\"waivers\">\n<h2 id=\"waivers\">Waivers</h2>\n")
          .append(
              "<div class=\"scroll\" role=\"region\" aria-labelledby=\"waivers\" tabindex=\"0\">")
          .append("<table class=\"list\">\n<thead><tr>");
      for (String head : List.of("State", "Finding", "Reason", "Owner", "Last day")) {
        out.append("<th scope=\"col\">").append(head).append("</th>");
      }
      out.append("</tr></thead>\n<tbody>\n");
      gate.waivers().forEach(standing -> row(out, standing));
      out.append("</tbody>\n</table></div>\n</section>\n");
    }
    if (!gate.warnings().isEmpty()) {
      out.append(
              "<section aria-labelledby=\"policy\">\n<h2 id=\"policy\">Warnings about policy</h2>\n")
          .append("<ul class=\"reasons\">\n");
      gate.warnings()
          .forEach(warning -> out.append("<li>").append(text(warning)).append("</li>\n"));
      out.append("</ul>\n</section>\n");
    }
  }

  private static void row(StringBuilder out, WaiverStanding standing) {
    Waiver waiver = standing.waiver();
    out.append("<tr><td>")
        .append(HtmlReporter.badge(GateText.tone(standing), Wording.standing(standing)))
        .append("</td><td>")
        .append(text(waiver.finding()))
        .append("<br><span class=\"quiet\">")
        .append(text(standing.told()))
        .append("</span> <code>")
        .append(text(waiver.location().toString()))
        .append("</code></td><td>")
        .append(text(waiver.reason()))
        .append("</td><td>")
        .append(text(waiver.owner()))
        .append("</td><td>")
        .append(waiver.lastDay())
        .append("</td></tr>\n");
  }

  private static String text(String foreign) {
    return Escape.html(Escape.cut(foreign, MAX_TEXT));
  }
}
