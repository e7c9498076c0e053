package dev.codicil.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.Json;
import dev.codicil.verdict.Outcome;
import java.util.List;
import java.util.stream.Collectors;

/** A trend for the terminal, as Markdown, and for programs. */
public final class TrendText {
  private static final int MAX_NAME = 120;
  private static final int MOST_RUNS = 12;

  private TrendText() {}

  /** For the terminal. */
  public static String text(Trend trend) {
    StringBuilder out = new StringBuilder();
    out.append(Escape.console(head(trend))).append("\n\n");
    for (Trend.Line line : shown(trend)) {
      out.append(TextPage.pad(word(line.course()), 9))
          .append(Escape.console(Escape.brief(who(line), 3 * MAX_NAME)))
          .append("\n         ")
          .append(Escape.console(what(line)))
          .append("\n         ")
          .append(course(line, " > "))
          .append('\n');
    }
    out.append('\n').append(Escape.console(runs(trend))).append('\n');
    trend
        .unread()
        .forEach(one -> out.append("not read: ").append(Escape.console(one)).append('\n'));
    return out.toString();
  }

  /** GitHub-flavored Markdown. */
  public static String markdown(Trend trend) {
    StringBuilder out = new StringBuilder("# Codicil: trend\n\n");
    out.append(Escape.github(head(trend))).append("\n\n");
    if (!shown(trend).isEmpty()) {
      out.append("| course | interaction | what | outcomes |\n| --- | --- | --- | --- |\n");
    }
    for (Trend.Line line : shown(trend)) {
      out.append("| ")
          .append(word(line.course()))
          .append(" | ")
          .append(Escape.github(Escape.brief(who(line), 3 * MAX_NAME)))
          .append(" | ")
          .append(Escape.github(what(line)))
          .append(" | ")
          .append(course(line, " \u2192 "))
          .append(" |\n");
    }
    out.append('\n').append(Escape.github(runs(trend))).append('\n');
    for (String one : trend.unread()) {
      out.append("\n- not read: ").append(Escape.github(one));
    }
    return out.append(trend.unread().isEmpty() ? "" : "\n").toString();
  }

  /** For programs: {@code docs/trend.schema.json}. */
  public static String json(Trend trend) {
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("schema", "codicil-trend/1");
    ArrayNode runs = root.putArray("runs");
    for (Trend.Run run : trend.runs()) {
      runs.addObject().put("name", run.name()).put("verdict", run.report().verdict().id());
    }
    ArrayNode lines = root.putArray("interactions");
    for (Trend.Line line : trend.lines()) {
      ObjectNode node = lines.addObject();
      node.put("course", word(line.course()));
      node.put("amendment", line.amendment());
      node.put("consumer", line.consumer());
      node.put("provider", line.provider());
      node.put("interaction", line.interaction());
      node.put("softer", line.softer());
      node.put("harder", line.harder());
      node.put("gating", line.gating());
      node.put("fragile", line.fragile());
      node.put("unknown", line.unknown());
      node.put("illRuns", line.ill());
      ArrayNode worst = node.putArray("worst");
      line.worst().forEach(outcome -> worst.add(outcome == null ? null : outcome.name()));
    }
    ArrayNode unread = root.putArray("unread");
    trend.unread().forEach(unread::add);
    return JsonText.pretty(root);
  }

  private static List<Trend.Line> shown(Trend trend) {
    return trend.lines().stream().filter(line -> line.course() != Trend.Course.STEADY).toList();
  }

  private static String head(Trend trend) {
    return Wording.count(trend.runs().size(), "run")
        + ": "
        + trend.count(Trend.Course.SOFTER)
        + " softer, "
        + trend.count(Trend.Course.MIXED)
        + " mixed, "
        + trend.count(Trend.Course.FRAGILE)
        + " still fragile, "
        + trend.count(Trend.Course.HARDER)
        + " harder, "
        + trend.count(Trend.Course.UNKNOWN)
        + " unknown, "
        + trend.count(Trend.Course.STEADY)
        + " steady"
        + (trend.unread().isEmpty()
            ? ""
            : "; " + Wording.count(trend.unread().size(), "run") + " not read");
  }

  private static String who(Trend.Line line) {
    return Escape.brief(line.consumer(), MAX_NAME)
        + " -> "
        + Escape.brief(line.provider(), MAX_NAME)
        + ": "
        + Escape.brief(line.interaction(), MAX_NAME)
        + " ("
        + Escape.brief(line.amendment(), MAX_NAME)
        + ")";
  }

  private static String what(Trend.Line line) {
    return line.softer()
        + " end worse, "
        + line.harder()
        + " better; "
        + line.gating()
        + " gating, "
        + line.fragile()
        + " fragile, "
        + line.unknown()
        + " inconclusive now"
        + (line.ill() > 1 ? "; failing for " + line.ill() + " runs" : "");
  }

  /** The worst outcome of each of the last runs. */
  private static String course(Trend.Line line, String arrow) {
    List<Outcome> worst = line.worst();
    int from = Math.max(0, worst.size() - MOST_RUNS);
    return (from > 0 ? "... " : "")
        + worst.subList(from, worst.size()).stream()
            .map(outcome -> outcome == null ? "-" : outcome.name())
            .collect(Collectors.joining(arrow));
  }

  private static String word(Trend.Course course) {
    return DiffWording.word(course);
  }

  private static String runs(Trend trend) {
    if (trend.runs().isEmpty()) {
      return "No run.";
    }
    return "From "
        + Escape.brief(trend.runs().get(0).name(), MAX_NAME)
        + " to "
        + Escape.brief(trend.runs().get(trend.runs().size() - 1).name(), MAX_NAME)
        + ", in the order of their names.";
  }
}
