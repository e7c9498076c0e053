package dev.codicil.report;

import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Interactions x faults, each field with the worst that was found there. */
final class HtmlHeatMap {
  private static final int MAX_ROWS = 60;
  private static final String CALM = "calm";

  private HtmlHeatMap() {}

  static void append(StringBuilder out, List<Finding> findings, String id, Anchors anchors) {
    Map<String, Map<String, List<Finding>>> rows = new LinkedHashMap<>();
    TreeSet<String> faults = new TreeSet<>();
    for (Finding finding : findings) { // worst first, so the worst rows come first
      String column = finding.faults().isEmpty() ? CALM : String.join(" + ", finding.faults());
      if (!column.equals(CALM)) {
        faults.add(column);
      }
      rows.computeIfAbsent(
              Wording.pair(finding) + "\u0000" + finding.interaction(),
              row -> new LinkedHashMap<>())
          .computeIfAbsent(column, cell -> new ArrayList<>())
          .add(finding);
    }
    if (rows.isEmpty()) {
      return;
    }
    List<String> columns = new ArrayList<>(List.of(CALM));
    columns.addAll(faults);
    out.append("<h3 id=\"")
        .append(id)
        .append("-map\">Interactions \u00d7 faults</h3>\n<div class=\"scroll\" role=\"region\"")
        .append(" aria-labelledby=\"")
        .append(id)
        .append("-map\" tabindex=\"0\"><table class=\"map\">\n<thead><tr>")
        .append("<th scope=\"col\">Interaction</th>");
    columns.forEach(
        column ->
            out.append("<th scope=\"col\">")
                .append(Escape.html(Escape.cut(column, 60)))
                .append("</th>"));
    out.append("</tr></thead>\n<tbody>\n");
    rows.values().stream().limit(MAX_ROWS).forEach(row -> row(out, columns, row, anchors));
    out.append("</tbody>\n</table></div>\n");
    if (rows.size() > MAX_ROWS) {
      out.append("<p class=\"quiet\">The worst ")
          .append(MAX_ROWS)
          .append(" of ")
          .append(rows.size())
          .append(" interactions; all are in verdict.json.</p>\n");
    }
  }

  private static void row(
      StringBuilder out, List<String> columns, Map<String, List<Finding>> row, Anchors anchors) {
    Finding any = row.values().iterator().next().get(0);
    out.append("<tr><th scope=\"row\">")
        .append(Escape.html(Escape.cut(any.interaction(), 120)))
        .append("<small>")
        .append(Escape.html(Wording.pair(any).replace("->", "\u2192")))
        .append("</small></th>");
    for (String column : columns) {
      List<Finding> here = row.getOrDefault(column, List.of());
      if (here.isEmpty()) {
        out.append("<td class=\"none\"><span aria-label=\"not judged\">\u00b7</span></td>");
        continue;
      }
      Finding worst = here.get(0);
      for (Finding finding : here) {
        worst = finding.kind().compareTo(worst.kind()) < 0 ? finding : worst;
      }
      FindingKind kind = worst.kind();
      long same = here.stream().filter(finding -> finding.kind() == kind).count();
      out.append("<td class=\"").append(Wording.tone(kind)).append("\">");
      String place = anchors.of(worst);
      out.append(place == null ? "" : "<a href=\"#" + place + "\">");
      four(out, worst);
      out.append(label(kind))
          .append(place == null ? "" : "</a>")
          .append(here.size() == 1 ? "" : "<small>" + same + " of " + here.size() + "</small>")
          .append("</td>");
    }
    out.append("</tr>\n");
  }

  /** The four cells as four small squares: calm and storm, before above after. */
  private static void four(StringBuilder out, Finding finding) {
    boolean storm = finding.before().storm() != null || finding.after().storm() != null;
    out.append(storm ? "<span class=\"four\" title=\"" : "<span class=\"four calm\" title=\"")
        .append(Escape.html(Wording.fourCells(finding).replace("->", "\u2192")))
        .append("\">");
    for (Finding.Outcomes side : List.of(finding.before(), finding.after())) {
      square(out, side.calm());
      if (storm) {
        square(out, side.storm());
      }
    }
    out.append("</span>");
  }

  private static void square(StringBuilder out, @Nullable Outcome outcome) {
    out.append("<i class=\"")
        .append(outcome == null ? "none" : Wording.tone(outcome))
        .append("\"></i>");
  }

  private static String label(FindingKind kind) {
    return switch (kind) {
      case RESILIENCE_LOST -> "lost";
      case INCONCLUSIVE -> "unknown";
      case COMPATIBLE -> "ok";
      default -> Wording.title(kind);
    };
  }
}
