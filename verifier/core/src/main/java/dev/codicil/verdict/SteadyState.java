package dev.codicil.verdict;

import dev.codicil.history.CellRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a probe without a declared good answer is held to: what the base answers in calm, as far as
 * it answers the same every time (Principles of Chaos: the steady state is measured, not guessed).
 */
final class SteadyState {
  private SteadyState() {}

  /** Whether nobody declared what the probe must answer, and none of the other answers matched. */
  static boolean asked(CellRecord record) {
    return CellRecord.UNDECLARED.equals(record.answer());
  }

  /**
   * The outcome of an answer that came in time and gives nothing away.
   *
   * @param record of a probe, see {@link #asked}
   * @param calm what the base answers in calm, without its noise; null for that cell itself
   */
  static Outcome outcome(CellRecord record, @Nullable CellRecord calm) {
    if (record.status() >= 400) {
      return record.declaredError() ? Outcome.REFUSED : Outcome.FAILED;
    }
    if (calm == null || !asked(calm)) {
      return Outcome.HELD;
    }
    if (record.status() != calm.status()) {
      return record.status() / 100 == calm.status() / 100 ? Outcome.DEGRADED : Outcome.FAILED;
    }
    return difference(record, calm).isEmpty() ? Outcome.HELD : Outcome.CORRUPTED;
  }

  /** The first thing that is not as in calm, for people; empty when all is. */
  static Optional<String> difference(CellRecord record, CellRecord calm) {
    if (record.status() != calm.status()) {
      return Optional.of(
          "status: expected " + calm.status() + ", as the base in calm, was " + record.status());
    }
    for (Map.Entry<String, String> field : calm.fields().entrySet()) {
      String got = record.fields().get(field.getKey());
      if (got == null) {
        return Optional.of(place(field.getKey()) + ": expected present, as in calm, was absent");
      }
      if (!field.getValue().equals(got)) {
        return Optional.of(
            place(field.getKey())
                + (valued(field.getKey())
                    ? ": expected the value that the base answers in calm, was another"
                    : ": expected " + field.getValue() + ", as in calm, was " + got));
      }
    }
    return Optional.empty();
  }

  /** The first place that has another value than in calm, for people. */
  static Optional<String> otherValue(CellRecord record, CellRecord calm) {
    return calm.fields().entrySet().stream()
        .filter(field -> valued(field.getKey()))
        .filter(field -> !field.getValue().equals(record.fields().get(field.getKey())))
        .map(
            field ->
                place(field.getKey())
                    + ": expected the value that is answered in calm, was another, though only the"
                    + " order of items has changed")
        .findFirst();
  }

  /**
   * A calm observation without the values that another one of the same stimulus does not share: of
   * a probe with a declared good answer an amendment may well change them.
   */
  static CellRecord sharedValues(CellRecord calm, CellRecord other) {
    if (asked(calm)) {
      return calm;
    }
    Map<String, String> shared = new TreeMap<>(calm.fields());
    shared
        .entrySet()
        .removeIf(
            field ->
                valued(field.getKey())
                    && !field.getValue().equals(other.fields().get(field.getKey())));
    return shared.equals(calm.fields()) ? calm : calm.withFields(shared);
  }

  /** The same observation without its values: what must be there again, whatever it says. */
  static CellRecord withoutValues(CellRecord record) {
    Map<String, String> types = new TreeMap<>(record.fields());
    types.keySet().removeIf(SteadyState::valued);
    return types.equals(record.fields()) ? record : record.withFields(types);
  }

  /**
   * What of a reply is compared whatever the faults are: values only where no answer is declared.
   */
  static Set<String> compared(CellRecord record) {
    return (asked(record) ? record : withoutValues(record)).fields().keySet();
  }

  /** Fields and values, for people. */
  static Set<String> told(Set<String> keys) {
    return keys.stream()
        .map(key -> valued(key) ? "the value of " + key.substring(CellRecord.VALUE.length()) : key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean valued(String key) {
    return key.startsWith(CellRecord.VALUE);
  }

  private static String place(String key) {
    return "body" + (valued(key) ? key.substring(CellRecord.VALUE.length()) : key);
  }
}
