package dev.codicil.verdict;

import dev.codicil.chaos.Load;
import dev.codicil.chaos.Load.Percentile;
import dev.codicil.chaos.Load.Tolerance;
import dev.codicil.history.CellRecord;
import dev.codicil.history.LoadRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Latencies before against after, under one load. Pure: read from the records alone.
 *
 * @param load with the tolerance
 * @param before the first run of the side before; null when there is none
 * @param after the first run of the side after; null when there is none
 * @param standing what the runs say together
 * @param worse in how many of the pairs of runs some percentile is beyond its tolerance
 * @param runs how many pairs of runs there are
 * @param why what is beyond, or why nothing can be said; empty when the tolerance is kept
 */
public record LoadComparison(
    Load load,
    @Nullable LoadRecord before,
    @Nullable LoadRecord after,
    Standing standing,
    int worse,
    int runs,
    String why) {

  /** What the runs of both sides say together. */
  public enum Standing {
    /** Within the tolerance in every pair of runs. */
    KEPT,
    /** Beyond it in every pair of runs. */
    EXCEEDED,
    /** Beyond it in some. */
    FLAKY,
    /** Too few samples, or this machine could not keep the rate. */
    UNKNOWN
  }

  /** Compares all runs of a cell, the first with the first and so on. */
  public static LoadComparison of(Load load, List<CellRecord> before, List<CellRecord> after) {
    int runs = Math.max(before.size(), after.size());
    LoadRecord firstBefore = before.isEmpty() ? null : before.get(0).load();
    LoadRecord firstAfter = after.isEmpty() ? null : after.get(0).load();
    if (before.isEmpty() || after.isEmpty()) {
      String side = before.isEmpty() ? "before" : "after";
      return new LoadComparison(
          load, firstBefore, firstAfter, Standing.UNKNOWN, 0, 0, side + ": not run under load");
    }
    List<String> beyond = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      CellRecord left = before.get(Math.min(i, before.size() - 1));
      CellRecord right = after.get(Math.min(i, after.size() - 1));
      String doubt =
          doubt(load, left).map(why -> "before: " + why).orElse("")
              + doubt(load, right).map(why -> " after: " + why).orElse("");
      LoadRecord one = left.load();
      LoadRecord other = right.load();
      if (!doubt.isEmpty() || one == null || other == null) {
        return new LoadComparison(
            load, firstBefore, firstAfter, Standing.UNKNOWN, 0, runs, doubt.trim());
      }
      String excess = excess(load, one.latency(), other.latency());
      if (!excess.isEmpty()) {
        beyond.add(excess);
      }
    }
    Standing standing =
        beyond.isEmpty()
            ? Standing.KEPT
            : beyond.size() == runs ? Standing.EXCEEDED : Standing.FLAKY;
    String why =
        switch (standing) {
          case EXCEEDED -> beyond.get(0);
          case FLAKY ->
              "flaky: beyond the tolerance in "
                  + beyond.size()
                  + " of "
                  + runs
                  + " runs, "
                  + beyond.get(0);
          default -> "";
        };
    return new LoadComparison(load, firstBefore, firstAfter, standing, beyond.size(), runs, why);
  }

  /** Why one run of a cell says nothing about latencies; empty when it does. */
  public static Optional<String> doubt(Load load, CellRecord record) {
    LoadRecord run = record.load();
    if (record.problem() != null) {
      return Optional.of(record.problem());
    }
    if (run == null) {
      return Optional.of("not run under load");
    }
    Optional<String> behind = behind(load, run);
    if (behind.isPresent()) {
      return behind;
    }
    for (Percentile percentile : load.tolerance().keySet()) {
      if (run.latency().samples() < percentile.leastSamples()) {
        return Optional.of(
            run.latency().samples()
                + " samples are too few for "
                + percentile.label()
                + ", which needs "
                + percentile.leastSamples());
      }
    }
    return Optional.empty();
  }

  /** Why this machine, and not the service, is what was measured; empty when it is not. */
  public static Optional<String> behind(Load load, LoadRecord run) {
    if (run.sent() < run.planned()) {
      return Optional.of(
          "this machine could not keep the rate: "
              + (run.planned() - run.sent())
              + " of "
              + run.planned()
              + " requests were not sent, because "
              + "too many were on their way");
    }
    if (run.lag().p99() > load.mostLagMillis()) {
      return Optional.of(
          "this machine could not keep the rate: one request in a hundred left "
              + millis(run.lag().p99())
              + " ms late or more, where "
              + millis(load.mostLagMillis())
              + " ms are allowed");
    }
    return Optional.empty();
  }

  private static String excess(Load load, LoadRecord.Latency before, LoadRecord.Latency after) {
    List<String> beyond = new ArrayList<>();
    for (Map.Entry<Percentile, Tolerance> one : load.tolerance().entrySet()) {
      double was = at(before, one.getKey());
      double is = at(after, one.getKey());
      double most = one.getValue().most(was);
      if (is > most) {
        beyond.add(
            one.getKey().label()
                + " is "
                + millis(is)
                + " ms after, was "
                + millis(was)
                + " ms before, and at most "
                + millis(most)
                + " ms is tolerated ("
                + one.getValue().label()
                + ")");
      }
    }
    return String.join("; ", beyond);
  }

  /** {@code expected a p99 of at most 24 ms, was 480 ms}; empty within the tolerance. */
  public String missed() {
    LoadRecord was = before;
    LoadRecord is = after;
    if (was == null || is == null) {
      return "";
    }
    for (Map.Entry<Percentile, Tolerance> one : load.tolerance().entrySet()) {
      double most = one.getValue().most(at(was.latency(), one.getKey()));
      double found = at(is.latency(), one.getKey());
      if (found > most) {
        return "expected a "
            + one.getKey().label()
            + " of at most "
            + millis(most)
            + " ms, was "
            + millis(found)
            + " ms";
      }
    }
    return "";
  }

  /** A percentile of latencies, in milliseconds. */
  public static double at(LoadRecord.Latency latency, Percentile percentile) {
    return switch (percentile) {
      case P50 -> latency.p50();
      case P90 -> latency.p90();
      case P99 -> latency.p99();
      case P99_9 -> latency.p999();
    };
  }

  /**
   * {@code 50/s for 4s: p50 3.1 -> 3.3, p90 4 -> 4.2, p99 12 -> 480 (at most 24), max 15 -> 502 ms,
   * errors 0 of 200 -> 1 of 200}.
   */
  public String label() {
    LoadRecord was = before;
    LoadRecord is = after;
    StringBuilder text = new StringBuilder(load.pace()).append(": ");
    if (was == null || is == null) {
      return text.append("not run on both sides").toString();
    }
    for (Percentile percentile : Percentile.values()) {
      Tolerance tolerance = load.tolerance().get(percentile);
      if (percentile == Percentile.P99_9 && tolerance == null) {
        continue; // too few samples to mean anything unless asked for
      }
      double left = at(was.latency(), percentile);
      text.append(percentile.label())
          .append(' ')
          .append(millis(left))
          .append(" -> ")
          .append(millis(at(is.latency(), percentile)));
      if (tolerance != null) {
        text.append(" (at most ").append(millis(tolerance.most(left))).append(')');
      }
      text.append(", ");
    }
    return text.append("max ")
        .append(millis(was.latency().max()))
        .append(" -> ")
        .append(millis(is.latency().max()))
        .append(" ms, errors ")
        .append(was.errors())
        .append(" of ")
        .append(was.sent())
        .append(" -> ")
        .append(is.errors())
        .append(" of ")
        .append(is.sent())
        .toString();
  }

  /** Three digits are enough for whoever reads. */
  static String millis(double millis) {
    BigDecimal value = BigDecimal.valueOf(millis);
    int scale = millis >= 100 ? 0 : millis >= 10 ? 1 : 2;
    BigDecimal shown = value.setScale(scale, RoundingMode.HALF_UP).stripTrailingZeros();
    return shown.toPlainString();
  }
}
