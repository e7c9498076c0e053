package dev.codicil.verdict;

import dev.codicil.experiment.Invariant;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Result;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often each invariant was asked, and whether that can say anything. One is vacuous that was
 * true in every cell and either could not have been false, whatever stood in the places it reads,
 * or was never tried, since what it reads was the same in all cells.
 */
final class InvariantCounts {
  static final String IDLE = "no value in the places it reads would violate it";
  static final String UNMOVED = "what it reads was the same in all cells";

  private InvariantCounts() {}

  static List<Coverage.Asked> of(RunIndex index) {
    List<Coverage.Asked> all = new ArrayList<>();
    for (Invariant.Declared declared : index.planned().invariants()) {
      all.add(count(declared, index));
    }
    return all;
  }

  private static Coverage.Asked count(Invariant.Declared declared, RunIndex index) {
    int[] counts = new int[Result.values().length];
    int idle = 0;
    Set<Map<String, String>> values = new HashSet<>();
    for (CellRecord record : index.all()) {
      for (Reading reading : record.found().invariants()) {
        if (reading.name().equals(declared.name())) {
          counts[reading.result().ordinal()]++;
          if (reading.result() == Result.HELD) {
            idle += reading.idle() ? 1 : 0;
            values.add(reading.values());
          }
        }
      }
    }
    int held = counts[Result.HELD.ordinal()];
    int violated = counts[Result.VIOLATED.ordinal()];
    String vacuous = "";
    if (held > 0 && violated == 0) {
      vacuous = idle == held ? IDLE : held > 1 && values.size() == 1 ? UNMOVED : "";
    }
    return new Coverage.Asked(
        declared.name(),
        declared.stimuli(),
        held,
        violated,
        counts[Result.UNDECIDED.ordinal()],
        counts[Result.NOT_ASKED.ordinal()],
        vacuous);
  }

  /**
   * One finding for each invariant that no cell has decided: nothing was looked at, which is never
   * a pass. Not for those of which nothing could be replayed, as it should be.
   */
  static List<Finding> unasked(RunIndex index, FindingMaker maker) {
    List<Finding> findings = new ArrayList<>();
    for (Invariant.Declared declared : index.planned().invariants()) {
      Coverage.Asked asked = count(declared, index);
      if (asked.held() + asked.violated() == 0 && declared.left() == null) {
        findings.add(maker.invariant(declared, why(asked)));
      }
    }
    return findings;
  }

  private static String why(Coverage.Asked asked) {
    if (asked.stimuli() == 0) {
      return "nothing that is replayed belongs to it: check its 'of' and 'read'";
    }
    return asked.undecided() + asked.notAsked() == 0
        ? "no cell that belongs to it was run"
        : "no cell has decided it: "
            + asked.undecided()
            + " could not, and "
            + asked.notAsked()
            + " had no reply that it could be asked of";
  }
}
