package dev.codicil.verdict;

import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.EffectReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a replay changed in the subjects behind the one that was asked. Nobody declares how much
 * that has to be, so calm tells: a good answer has done as much as in calm, and any other answer at
 * most as much. More is work done twice; less behind a good answer is work that was promised only.
 * In calm itself an amendment may ask others for more than the base did, but not say the same and
 * have done less.
 */
final class EffectsBehind {
  private EffectsBehind() {}

  /**
   * The outcome of what was changed behind.
   *
   * @param reply what the reply came to
   * @param calm what the same column changes in calm, and the base for a calm cell; null when that
   *     is not known
   */
  static Outcome of(CellRecord record, Outcome reply, @Nullable CellRecord calm) {
    if (calm == null) {
      return Outcome.HELD;
    }
    boolean unread = false;
    for (EffectReading reading : record.effects()) {
      Long usual = reading.own() ? null : usual(reading, calm);
      if (usual == null) {
        continue;
      }
      Long change = reading.change();
      if (change == null) {
        unread = true;
      } else if (!allowed(record, change, usual, reply)) {
        return Outcome.LOST;
      }
    }
    return unread ? Outcome.UNKNOWN : Outcome.HELD;
  }

  /** The first effect behind that is not as it has to be, for people. */
  static Optional<String> difference(CellRecord record, Outcome reply, @Nullable CellRecord calm) {
    if (calm == null) {
      return Optional.empty();
    }
    for (EffectReading reading : record.effects()) {
      Long usual = reading.own() ? null : usual(reading, calm);
      Long change = reading.change();
      if (usual != null && change != null && !allowed(record, change, usual, reply)) {
        return Optional.of(
            reading.name()
                + " of "
                + reading.behind()
                + ": expected a change of "
                + usual
                + ", as in calm, was "
                + change);
      }
    }
    return Optional.empty();
  }

  /**
   * The effects behind that all runs of a calm cell agree on; the others are noise.
   *
   * @param runs at least one
   */
  static List<EffectReading> agreed(List<CellRecord> runs) {
    Map<String, EffectReading> first = new HashMap<>();
    runs.get(0).effects().forEach(reading -> first.put(key(reading), reading));
    for (CellRecord run : runs) {
      for (EffectReading reading : run.effects()) {
        EffectReading other = first.get(key(reading));
        if (!reading.own() && other != null && !Objects.equals(other.change(), reading.change())) {
          first.remove(key(reading));
        }
      }
    }
    List<EffectReading> agreed = new ArrayList<>(runs.get(0).effects());
    agreed.removeIf(reading -> !reading.own() && !first.containsKey(key(reading)));
    return agreed;
  }

  private static boolean allowed(CellRecord record, long change, long usual, Outcome reply) {
    if (record.cell().calm()) {
      boolean less = usual >= 0 ? change < usual : change > usual;
      return reply != Outcome.HELD || !less;
    }
    boolean within = usual >= 0 ? change >= 0 && change <= usual : change <= 0 && change >= usual;
    return reply == Outcome.HELD && !feigned(record) ? change == usual : within;
  }

  /**
   * Whether a fault said in a subject's place that it is done: who believes that is not to blame.
   */
  private static boolean feigned(CellRecord record) {
    return record.injections().stream()
        .anyMatch(
            injection ->
                injection.fault().equals("stale-reply")
                    || injection.fault().equals("status") && injection.detail().startsWith("2"));
  }

  private static @Nullable Long usual(EffectReading reading, CellRecord calm) {
    return calm.effects().stream()
        .filter(other -> key(other).equals(key(reading)))
        .map(EffectReading::change)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String key(EffectReading reading) {
    return reading.behind() + "/" + reading.name();
  }
}
