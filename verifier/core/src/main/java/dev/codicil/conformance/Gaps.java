package dev.codicil.conformance;

import dev.codicil.amendment.Severity;
import dev.codicil.contract.Location;
import dev.codicil.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was found about one interaction, and what could not be decided. */
final class Gaps {
  final List<Gap> found = new ArrayList<>();
  final List<String> undecided = new ArrayList<>();

  /**
   * Something a document does not promise.
   *
   * @param rule id, in kebab-case
   * @param path as in {@link dev.codicil.amendment.Change#path()}
   * @param place as Pact writes paths of matchers
   * @param expected what the consumer relies on, short
   * @param promised what the document says, short
   * @param message one sentence
   * @param consumer where the consumer relies on it
   * @param provider where the document says it; null when it says nothing
   */
  record Gap(
      String rule,
      Severity severity,
      String path,
      String place,
      String expected,
      String promised,
      String message,
      Location consumer,
      @Nullable Location provider) {

    Gap {
      ConformityRules.known(rule);
    }

    /** Where two shapes at one place disagree. */
    static Gap of(
        String rule,
        Severity severity,
        String path,
        String place,
        String expected,
        String promised,
        String message,
        Shape consumer,
        Shape provider) {
      return new Gap(
          rule,
          severity,
          path,
          place,
          expected,
          promised,
          message,
          consumer.location(),
          provider.location());
    }

    Gap atMost(Severity most) {
      return severity.compareTo(most) <= 0
          ? this
          : new Gap(rule, most, path, place, expected, promised, message, consumer, provider);
    }
  }

  void add(Gap gap) {
    found.add(gap);
  }

  void undecided(String what) {
    undecided.add(what);
  }

  void addAll(Gaps other, Severity most) {
    other.found.forEach(gap -> found.add(gap.atMost(most)));
    undecided.addAll(other.undecided);
  }

  boolean isEmpty() {
    return found.isEmpty() && undecided.isEmpty();
  }

  /** How bad it is: the worst, then how many. */
  int weight() {
    int weight = 0;
    for (Gap gap : found) {
      weight += gap.severity() == Severity.BREAKING ? 1_000 : 1;
    }
    return weight;
  }
}
