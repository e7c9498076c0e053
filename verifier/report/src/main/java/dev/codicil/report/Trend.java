package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.VerdictReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How interactions fared over several runs: which got harder, which softer, and what is still
 * fragile. What is compared is how the amended side ended, by the id of each finding, in the first
 * and in the last run that knows it.
 *
 * @param runs in order, oldest first
 * @param lines one an interaction of an amendment, worst first
 * @param unread runs that could not be read, each with the reason
 */
public record Trend(List<Run> runs, List<Line> lines, List<String> unread) {
  public Trend {
    runs = List.copyOf(runs);
    lines = List.copyOf(lines);
    unread = List.copyOf(unread);
  }

  /**
   * One run.
   *
   * @param name by which it is told: its folder
   * @param report its verdict
   */
  public record Run(String name, VerdictReport report) {}

  /** Which way an interaction went, worst first. */
  public enum Course {
    /** Something ends worse than it did, and nothing better. */
    SOFTER,
    /** Something ends worse than it did, and something better. */
    MIXED,
    /** Nothing changed, and something still fails. */
    FRAGILE,
    /** Nothing can be said of the last run. */
    UNKNOWN,
    /** Something ends better than it did, and nothing worse. */
    HARDER,
    /** As it was, and well. */
    STEADY
  }

  /**
   * One interaction of one amendment.
   *
   * @param worst the worst outcome of each run, calm and storms together; null where the run does
   *     not know it
   * @param softer how many of its findings end worse in the last run than in the first
   * @param harder how many end better
   * @param gating how many gate in the last run
   * @param fragile how many are fragile in the last run
   * @param unknown how many are inconclusive in the last run
   * @param ill how many runs in a row, up to the last one, something of it failed
   */
  public record Line(
      String amendment,
      String consumer,
      String provider,
      String interaction,
      Course course,
      List<@Nullable Outcome> worst,
      int softer,
      int harder,
      int gating,
      int fragile,
      int unknown,
      int ill) {
    public Line {
      worst = Collections.unmodifiableList(new ArrayList<>(worst));
    }
  }

  private record Key(String amendment, String consumer, String provider, String interaction) {}

  /**
   * Compares runs.
   *
   * @param runs oldest first
   * @param unread runs that could not be read, each with the reason
   */
  public static Trend of(List<Run> runs, List<String> unread) {
    Map<Key, Map<Integer, Map<String, Finding>>> all = new LinkedHashMap<>();
    for (int run = 0; run < runs.size(); run++) {
      for (AmendmentVerdict amendment : runs.get(run).report().amendments()) {
        for (Finding finding : amendment.findings()) {
          Key key =
              new Key(
                  amendment.name(), finding.consumer(), finding.provider(), finding.interaction());
          all.computeIfAbsent(key, k -> new TreeMap<>())
              .computeIfAbsent(run, k -> new HashMap<>())
              .merge(finding.id(), finding, Trend::worse);
        }
      }
    }
    List<Line> lines = new ArrayList<>();
    all.forEach((key, byRun) -> lines.add(line(key, byRun, runs.size())));
    lines.sort(
        Comparator.comparing(Line::course)
            .thenComparing(line -> -line.gating())
            .thenComparing(line -> -line.softer())
            .thenComparing(line -> -line.fragile())
            .thenComparing(line -> -line.ill())
            .thenComparing(Line::amendment)
            .thenComparing(Line::consumer)
            .thenComparing(Line::provider)
            .thenComparing(Line::interaction));
    return new Trend(runs, lines, unread);
  }

  private static Line line(Key key, Map<Integer, Map<String, Finding>> byRun, int runs) {
    List<@Nullable Outcome> worst = new ArrayList<>();
    Map<String, Outcome> first = new HashMap<>();
    int ill = 0;
    for (int run = 0; run < runs; run++) {
      Map<String, Finding> findings = byRun.getOrDefault(run, Map.of());
      Outcome ended = null;
      for (Finding finding : findings.values()) {
        Outcome outcome = ended(finding);
        if (outcome != Outcome.UNKNOWN) {
          first.putIfAbsent(finding.id(), outcome);
        }
        ended = ended == null ? outcome : worse(ended, outcome);
      }
      worst.add(ended);
      if (ended != null && ended != Outcome.UNKNOWN) {
        ill = Wording.tone(ended).equals("bad") ? ill + 1 : 0;
      }
    }
    Map<String, Finding> last = byRun.getOrDefault(runs - 1, Map.of());
    int softer = 0;
    int harder = 0;
    int gating = 0;
    int fragile = 0;
    int unknown = 0;
    for (Finding finding : last.values()) {
      Outcome was = first.getOrDefault(finding.id(), Outcome.UNKNOWN);
      softer += ended(finding).worseThan(was) ? 1 : 0;
      harder += was.worseThan(ended(finding)) ? 1 : 0;
      gating += finding.gates() ? 1 : 0;
      fragile += finding.kind() == FindingKind.FRAGILE ? 1 : 0;
      unknown += finding.kind() == FindingKind.INCONCLUSIVE ? 1 : 0;
    }
    Course course =
        softer > 0
            ? harder > 0 ? Course.MIXED : Course.SOFTER
            : last.isEmpty() || unknown == last.size()
                ? Course.UNKNOWN
                : harder > 0 ? Course.HARDER : ill > 0 ? Course.FRAGILE : Course.STEADY;
    return new Line(
        key.amendment(),
        key.consumer(),
        key.provider(),
        key.interaction(),
        course,
        worst,
        softer,
        harder,
        gating,
        fragile,
        unknown,
        last.isEmpty() ? 0 : ill);
  }

  private static Finding worse(Finding one, Finding other) {
    return worse(ended(one), ended(other)) == ended(one) ? one : other;
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return one == Outcome.UNKNOWN || other.worseThan(one) ? other : one;
  }

  /** How the amended side ended. */
  private static Outcome ended(Finding finding) {
    Outcome storm = finding.after().storm();
    return storm == null ? finding.after().calm() : storm;
  }

  /** How many interactions went this way. */
  long count(Course course) {
    return lines.stream().filter(line -> line.course() == course).count();
  }
}
