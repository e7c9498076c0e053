package dev.codicil.verdict;

import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.experiment.Experiment;
import dev.codicil.history.CellRecord;
import dev.codicil.history.FleetRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long each side took back to its steady state after a storm: until its nodes were back, and
 * then until a calm replay held on each of them. It is told and gates nothing; what gates is
 * whether the steady state came back in time. Times differ from run to run.
 *
 * @param before milliseconds; {@link #NEVER} when it did not come back in time, null when that side
 *     was not struck
 * @param after the same, after
 */
public record RecoveryComparison(@Nullable Long before, @Nullable Long after) {
  /** It did not come back by itself in time. */
  public static final long NEVER = -1;

  /** From here on it is worth a word whatever the fault was. */
  private static final long LONG_MILLIS = 1_000;

  /** Faults that take something down, whose end is what matters. */
  private static final Set<FaultCard.Layer> DOWN =
      Set.of(FaultCard.Layer.NODE, FaultCard.Layer.APPLICATION, FaultCard.Layer.WORLD);

  /**
   * From the runs of a storm's cells.
   *
   * @return empty when there is nothing worth telling
   */
  static Optional<RecoveryComparison> of(
      Experiment experiment, List<CellRecord> before, List<CellRecord> after) {
    RecoveryComparison one = new RecoveryComparison(millis(before), millis(after));
    boolean down =
        experiment.faults().faults().stream()
            .map(fault -> Faults.byId(fault.fault()))
            .flatMap(Optional::stream)
            .anyMatch(fault -> DOWN.contains(fault.card().layer()));
    boolean known = one.before != null || one.after != null;
    return known && (down || telling(one.before) || telling(one.after))
        ? Optional.of(one)
        : Optional.empty();
  }

  /** Of the first run; the others only confirm it. */
  private static @Nullable Long millis(List<CellRecord> runs) {
    CellRecord first = runs.isEmpty() ? null : runs.get(0);
    if (first == null || first.problem() != null) {
      return null;
    }
    FleetRecord fleet = first.fleet();
    boolean lost =
        first.recoveryMillis() < 0
            || fleet != null
                && fleet.back().stream().anyMatch(one -> one.millis() == FleetRecord.Back.NEVER);
    return lost ? NEVER : first.recoveryMillis() + (fleet == null ? 0 : fleet.millis());
  }

  private static boolean telling(@Nullable Long millis) {
    return millis != null && (millis == NEVER || millis >= LONG_MILLIS);
  }

  /** {@code 3.2 s before -> not in time after}, for people. */
  public String label() {
    return side(before) + " before -> " + side(after) + " after";
  }

  private static String side(@Nullable Long millis) {
    if (millis == null) {
      return "not struck";
    }
    if (millis == NEVER) {
      return "not in time";
    }
    return millis < LONG_MILLIS
        ? millis + " ms"
        : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
