package dev.codicil.report;

import dev.codicil.chaos.Injection;
import dev.codicil.chaos.Stream;
import dev.codicil.contract.Mismatch;
import dev.codicil.history.CellRecord;
import dev.codicil.history.FleetRecord;
import dev.codicil.history.LoadRecord;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cells of one experiment, each with request, reply, faults and mismatches. */
public final class CellsText {
  private static final int WIDTH = 100;

  private CellsText() {}

  /** Renders what one replay showed: its findings, then each cell in the order it ran. */
  public static String render(AmendmentVerdict verdict, List<CellRecord> cells, boolean color) {
    TextPage page = new TextPage(new Palette(color), WIDTH);
    Palette palette = page.palette();
    for (CellRecord cell : cells) {
      cell(page, cell);
    }
    if (cells.isEmpty()) {
      page.raw("No cell ran.").blank();
    }
    page.raw(
        palette.badge(Wording.tone(verdict.verdict()), verdict.verdict().name())
            + "  "
            + palette.bold(Escape.console(Escape.cut(verdict.name(), 160))));
    verdict.reasons().forEach(reason -> page.text("  - ", reason));
    for (Finding finding : verdict.findings()) {
      page.text(
          "  " + palette.strong(Wording.tone(finding.kind()), Wording.title(finding.kind())) + "  ",
          Wording.pair(finding) + ": " + finding.interaction() + ", " + Wording.weather(finding));
      page.field(4, "outcome", Wording.fourCells(finding));
      page.field(4, "near miss", finding.nearMiss());
      page.fieldBlock(4, "why", finding.reason());
    }
    return page.toString();
  }

  private static void cell(TextPage page, CellRecord cell) {
    Palette palette = page.palette();
    String weather = cell.cell().calm() ? "calm" : "storm";
    String again = cell.attempt() == 0 ? "" : ", attempt " + (cell.attempt() + 1);
    page.raw(
        palette.bold(Escape.console(cell.cell().column()) + " / " + weather + again)
            + palette.dim("  " + Escape.console(cell.cell().label())));
    if (cell.problem() != null) {
      page.fieldBlock(2, "problem", cell.problem());
    }
    message(page, "request", cell.request());
    for (Injection injection : cell.injections()) {
      marked(page, "fair", "injected", injection(injection));
    }
    message(page, "reply", cell.reply());
    page.field(2, "took", took(cell));
    for (Mismatch mismatch : cell.mismatches()) {
      marked(page, "bad", "mismatch", mismatch(mismatch));
    }
    if (cell.answer() != null) {
      page.field(2, "answer", cell.answer());
    }
    if (cell.leak() != null) {
      marked(page, "bad", "leak", cell.leak());
    }
    for (CellRecord.EffectReading effect : cell.effects()) {
      page.field(2, "effect", effect(effect));
    }
    if (cell.recoveryMillis() < 0) {
      marked(page, "bad", "recovery", "did not return to its steady state in time");
    }
    FleetRecord fleet = cell.fleet();
    if (fleet != null) {
      fleet
          .answered()
          .forEach((edge, nodes) -> page.field(2, "answered", "on " + edge + " " + said(nodes)));
      fleet.back().forEach(back -> page.field(2, "node", said(back)));
    }
    page.blank();
  }

  private static String said(Map<Integer, Integer> nodes) {
    return nodes.entrySet().stream()
        .map(
            one ->
                "call "
                    + (one.getKey() + 1)
                    + " by "
                    + (one.getValue() < 0 ? "the version before" : "node " + one.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String said(FleetRecord.Back back) {
    return "node "
        + back.node()
        + " of "
        + back.subject()
        + ": "
        + back.deed()
        + (back.millis() == FleetRecord.Back.NEVER
            ? ", and did not come back"
            : ", back after " + back.millis() + " ms");
  }

  private static void marked(TextPage page, String tone, String label, String text) {
    page.text("  " + page.palette().tone(tone, TextPage.pad(label, 11)), text);
  }

  private static void message(
      TextPage page, String label, CellRecord.@Nullable MessageSketch message) {
    if (message == null) {
      page.field(2, label, "none");
      return;
    }
    page.field(2, label, message.start());
    message.headers().forEach(header -> page.quiet(" ".repeat(13), header));
    if (!message.body().isEmpty()) {
      page.block(" ".repeat(13), message.body());
    }
  }

  static String injection(Injection injection) {
    return injection.fault()
        + (injection.detail().isEmpty() ? "" : " " + injection.detail())
        + ", on the "
        + (injection.stream() == Stream.UPSTREAM ? "request" : "reply")
        + " of exchange "
        + (injection.call() + 1)
        + " on "
        + injection.edge();
  }

  static String mismatch(Mismatch mismatch) {
    return mismatch.path() + ": expected " + mismatch.expected() + ", was " + mismatch.actual();
  }

  static String effect(CellRecord.EffectReading effect) {
    if (effect.behind() != null) {
      return effect.name()
          + " of "
          + effect.behind()
          + (effect.change() == null ? ": could not be read" : ": changed by " + effect.change());
    }
    return effect.name()
        + ": expected a change of "
        + effect.expected()
        + (effect.change() == null ? ", could not be read" : ", was " + effect.change());
  }

  private static String underLoad(LoadRecord load) {
    LoadRecord.Latency latency = load.latency();
    return "under load, the most frequent reply: p50 "
        + latency.p50()
        + ", p90 "
        + latency.p90()
        + ", p99 "
        + latency.p99()
        + ", max "
        + latency.max()
        + " ms of "
        + load.sent()
        + " of "
        + Wording.count(load.planned(), "request")
        + " at "
        + load.perSecond()
        + "/s, "
        + Wording.count(load.errors(), "error")
        + "; sent late by "
        + load.lag().p99()
        + " ms (p99)"
        + (load.unchecked() == 0
            ? ""
            : "; " + load.unchecked() + " replies were not held to the contract one by one")
        + (load.repeated() == 0
            ? ""
            : "; begun anew "
                + Wording.count(load.repeated(), "time")
                + ", as this machine could not keep the rate");
  }

  static String took(CellRecord cell) {
    LoadRecord load = cell.load();
    if (load != null) {
      return underLoad(load);
    }
    String end =
        switch (cell.ended()) {
          case REPLIED -> "replied after ";
          case TIMED_OUT -> "no whole reply after ";
          case DISCONNECTED -> "disconnected after ";
          case GARBLED -> "not HTTP, after ";
          case NOT_SENT -> "not sent; ";
        };
    return end + cell.elapsedMillis() + " ms of a budget of " + cell.budgetMillis() + " ms";
  }
}
