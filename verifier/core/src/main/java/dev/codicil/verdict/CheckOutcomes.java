package dev.codicil.verdict;

import dev.codicil.experiment.Invariant;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CheckRecord;
import dev.codicil.history.CheckRecord.Reading;
import dev.codicil.history.CheckRecord.Result;
import dev.codicil.history.CheckRecord.Unaided;
import java.util.List;
import java.util.Optional;

/** What declared checks add to the outcome of a cell. Pure. */
final class CheckOutcomes {
  private CheckOutcomes() {}

  /**
   * The outcome with the checks.
   *
   * @param rest what it would be without
   */
  static Outcome of(CellRecord record, Outcome rest) {
    CheckRecord found = record.found();
    Outcome sure = Outcome.HELD;
    boolean undecided = rest == Outcome.UNKNOWN;
    if (!found.surfaced().isEmpty()) {
      sure = worst(sure, Outcome.FAILED);
    }
    if (found.wrongError() != null) {
      sure = worst(sure, Outcome.FAILED);
    }
    for (Reading reading : found.invariants()) {
      if (reading.result() == Result.VIOLATED) {
        sure = worst(sure, reading.lost() ? Outcome.LOST : Outcome.CORRUPTED);
      }
      undecided |= reading.result() == Result.UNDECIDED;
    }
    Unaided unaided = found.unaided();
    if (unaided != null && !unaided.back()) {
      sure = worst(sure, Outcome.LOST);
    }
    if (rest != Outcome.UNKNOWN) {
      sure = worst(sure, rest);
    }
    // A loss stays one, whatever else is not known.
    return undecided && sure.compareTo(Outcome.LOST) < 0 ? Outcome.UNKNOWN : sure;
  }

  private static Outcome worst(Outcome left, Outcome right) {
    return left.compareTo(right) >= 0 ? left : right;
  }

  /** Why an outcome is not known, when an invariant is to blame. */
  static Optional<String> undecided(CellRecord record) {
    return record.found().invariants().stream()
        .filter(reading -> reading.result() == Result.UNDECIDED)
        .findFirst()
        .map(
            reading ->
                "the invariant " + reading.name() + " could not be decided: " + reading.problem());
  }

  /** What was found, one line; empty when nothing was. */
  static Optional<String> missed(List<Invariant.Declared> declared, CellRecord record) {
    CheckRecord found = record.found();
    for (Reading reading : found.invariants()) {
      if (reading.result() == Result.VIOLATED) {
        String check =
            declared.stream()
                .filter(one -> one.name().equals(reading.name()))
                .map(Invariant.Declared::check)
                .findFirst()
                .orElse("its check");
        return Optional.of(
            "invariant "
                + reading.name()
                + (reading.recovered() ? ", after the recovery" : "")
                + ": expected "
                + check
                + ", was "
                + (reading.values().isEmpty() ? "false" : reading.valuesText()));
      }
    }
    if (!found.surfaced().isEmpty()) {
      return Optional.of(
          "expected no secret to come to light, was " + found.surfaced().get(0).text());
    }
    return Optional.ofNullable(found.wrongError());
  }

  /** How the subject was not as before after a storm, unless reset; empty when it was. */
  static Optional<String> unreturned(CellRecord record) {
    Unaided unaided = record.found().unaided();
    return unaided == null || unaided.back()
        ? Optional.empty()
        : Optional.of("asked again after the storm, without a reset: " + unaided.difference());
  }

  /**
   * Whether it is known of all runs of a storm's cells, of both sides, if the subject came back
   * unaided: else neither side can be told to be the worse one by it.
   */
  static boolean unaidedKnown(List<CellRecord> all) {
    return all.stream().allMatch(record -> record.found().unaided() != null);
  }

  /** The same observation without that. */
  static CellRecord withoutUnaided(CellRecord record) {
    CheckRecord found = record.found();
    return found.unaided() == null ? record : record.withChecks(found.withUnaided(null));
  }
}
