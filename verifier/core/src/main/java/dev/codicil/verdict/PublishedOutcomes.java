package dev.codicil.verdict;

import dev.codicil.contract.Mismatch;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.PublishedRecord;
import dev.codicil.history.PublishedRecord.Message;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What subjects published in a cell, held to their contract and to what the base publishes in calm.
 * A message that breaks its contract, or says something else, is {@link Outcome#CORRUPTED}; one
 * that is missing though the answer is as in calm, one that comes twice, and one that tells of what
 * was refused, is {@link Outcome#LOST}.
 */
final class PublishedOutcomes {
  private final CellRecord record;
  private final Outcome answer;
  private final RequestFit fit;
  private Outcome outcome = Outcome.HELD;
  private String why = "";

  private PublishedOutcomes(CellRecord record, Outcome answer, RequestFit fit) {
    this.record = record;
    this.answer = answer;
    this.fit = fit;
  }

  /**
   * The outcome of what was published.
   *
   * @param answer the outcome of the rest: a declared fallback may leave messages out
   * @param calmBase the base's calm cell, without its noise; null for that cell itself
   */
  static Outcome of(
      CellRecord record, Outcome answer, RequestFit fit, @Nullable CellRecord calmBase) {
    return weighed(record, answer, fit, calmBase).outcome;
  }

  /** The first thing that is not as it should be, for people; empty when all is. */
  static Optional<String> difference(CellRecord record, @Nullable CellRecord calmBase) {
    String why = weighed(record, Outcome.HELD, RequestFit.UNTOUCHED, calmBase).why;
    return why.isEmpty() ? Optional.empty() : Optional.of(why);
  }

  private static PublishedOutcomes weighed(
      CellRecord record, Outcome answer, RequestFit fit, @Nullable CellRecord calmBase) {
    PublishedOutcomes weighed = new PublishedOutcomes(record, answer, fit);
    PublishedRecord run = record.published();
    if (run != null) {
      weighed.weigh(run, calmBase);
    }
    return weighed;
  }

  private void found(Outcome worse, String what) {
    if (worse.worseThan(outcome)) {
      outcome = worse;
      why = what;
    }
  }

  private void weigh(PublishedRecord run, @Nullable CellRecord calmBase) {
    PublishedRecord calm = calmBase == null ? null : calmBase.published();
    String problem = run.problem() == null && calm != null ? calm.problem() : run.problem();
    if (problem != null) {
      outcome = Outcome.UNKNOWN;
      why = problem;
      return;
    }
    run.topics().forEach(this::contract);
    if (calm == null || calmBase == null) {
      return;
    }
    Set<String> edges = new TreeSet<>(calm.topics().keySet());
    edges.addAll(run.topics().keySet());
    for (String edge : edges) {
      compare(
          edge,
          calm.topics().getOrDefault(edge, List.of()),
          once(run.topics().getOrDefault(edge, List.of())),
          record.status() / 100 == calmBase.status() / 100);
    }
  }

  private void contract(String edge, List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      for (Mismatch mismatch : messages.get(i).mismatches()) {
        found(
            Outcome.CORRUPTED,
            named(edge, i, messages.get(i))
                + ": "
                + mismatch.path()
                + ": expected "
                + mismatch.expected()
                + ", was "
                + mismatch.actual());
      }
    }
  }

  private static String named(String edge, int number, Message message) {
    return "message "
        + (number + 1)
        + " on "
        + edge
        + (message.kind().isEmpty() ? "" : " (" + message.kind() + ")");
  }

  /** Without those that consumers know they have had. */
  private static List<Message> once(List<Message> messages) {
    Set<String> seen = new HashSet<>();
    List<Message> once = new ArrayList<>();
    for (Message message : messages) {
      if (message.id() == null || seen.add(message.id())) {
        once.add(message);
      }
    }
    return once;
  }

  private void compare(String edge, List<Message> calm, List<Message> got, boolean asInCalm) {
    List<Message> wanted = once(calm);
    boolean replied = record.ended() == CellRecord.Ended.REPLIED;
    boolean refused = replied && !asInCalm && record.status() >= 400;
    Map<String, Integer> kinds = counts(wanted);
    Map<String, Integer> gotten = counts(got);
    gotten.forEach(
        (kind, count) -> {
          int most = refused && kinds.containsKey(kind) ? 0 : kinds.getOrDefault(kind, 0);
          if (count > most && (kinds.containsKey(kind) || replied && asInCalm)) {
            found(
                Outcome.LOST,
                told(kind, edge)
                    + (refused
                        ? ": it refused with " + record.status() + ", and yet published " + count
                        : ": expected "
                            + most
                            + " as the base in calm, came "
                            + count
                            + " (doubled)"));
          }
        });
    if (!replied || !asInCalm || answer == Outcome.DEGRADED || fit == RequestFit.OUT_OF_CONTRACT) {
      return;
    }
    kinds.forEach(
        (kind, count) -> {
          int came = gotten.getOrDefault(kind, 0);
          if (came < count) {
            found(
                Outcome.LOST,
                told(kind, edge)
                    + ": expected "
                    + count
                    + " as the base in calm, came "
                    + came
                    + ", though it answered as in calm");
          }
        });
    List<Message> known = got.stream().filter(message -> !message.added()).toList();
    if (wanted.size() == known.size() && fit == RequestFit.UNTOUCHED) {
      for (int i = 0; i < known.size(); i++) {
        content(edge, i, wanted.get(i), known.get(i));
      }
    }
  }

  private static String told(String kind, String edge) {
    return (kind.isEmpty() ? "messages" : "'" + kind + "'") + " on " + edge;
  }

  /** Those that only the head knows are nobody's loss. */
  private static Map<String, Integer> counts(List<Message> messages) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    messages.stream()
        .filter(message -> !message.added())
        .forEach(message -> counts.merge(message.kind(), 1, Integer::sum));
    return counts;
  }

  private void content(String edge, int number, Message wanted, Message got) {
    if (wanted.key() != null && got.key() == null) {
      found(Outcome.CORRUPTED, named(edge, number, got) + ": expected a key, was none");
    }
    for (Map.Entry<String, String> field : wanted.fields().entrySet()) {
      String pointer = field.getKey();
      String value = got.fields().get(pointer);
      if (value == null) {
        found(
            Outcome.CORRUPTED,
            named(edge, number, got) + ": " + pointer + ": was there in calm, and is absent");
      } else if (got.changed().contains(pointer)
          && !field.getValue().equals(PublishedRecord.NOISE)) {
        found(
            Outcome.CORRUPTED,
            named(edge, number, got)
                + ": "
                + pointer
                + ": expected "
                + field.getValue()
                + " as in calm, was "
                + value);
      }
    }
  }

  /**
   * What others are measured by: of a value that two runs of the base do not agree on only its
   * being there counts, of one run alone no value does.
   */
  static PublishedRecord measure(List<PublishedRecord> runs) {
    PublishedRecord first = runs.get(0);
    PublishedRecord measure = runs.size() == 1 ? withoutValues(first) : first;
    for (PublishedRecord run : runs.subList(1, runs.size())) {
      measure = common(measure, run);
    }
    return measure;
  }

  private static PublishedRecord common(PublishedRecord one, PublishedRecord other) {
    if (one.problem() != null || other.problem() != null) {
      return one.problem() == null ? other : one;
    }
    Map<String, List<Message>> topics = new TreeMap<>();
    for (Map.Entry<String, List<Message>> entry : one.topics().entrySet()) {
      List<Message> left = once(entry.getValue());
      List<Message> right = once(other.topics().getOrDefault(entry.getKey(), List.of()));
      if (!counts(left).equals(counts(right))) {
        return PublishedRecord.unknown(
            "two runs of the base in calm published "
                + left.size()
                + " and "
                + right.size()
                + " messages on "
                + entry.getKey());
      }
      List<Message> both = new ArrayList<>();
      for (int i = 0; i < left.size(); i++) {
        Map<String, String> fields = new TreeMap<>(left.get(i).fields());
        Map<String, String> others = right.get(i).fields();
        fields.keySet().retainAll(others.keySet());
        fields.replaceAll(
            (pointer, value) -> value.equals(others.get(pointer)) ? value : PublishedRecord.NOISE);
        both.add(left.get(i).withFields(fields));
      }
      topics.put(entry.getKey(), both);
    }
    return new PublishedRecord(topics, null);
  }

  /** Only what is there, whatever it says. */
  static PublishedRecord withoutValues(PublishedRecord run) {
    Map<String, List<Message>> topics = new TreeMap<>();
    run.topics()
        .forEach(
            (edge, messages) ->
                topics.put(
                    edge,
                    messages.stream()
                        .map(
                            message -> {
                              Map<String, String> places = new TreeMap<>(message.fields());
                              places.replaceAll((pointer, value) -> PublishedRecord.NOISE);
                              return message.withFields(places);
                            })
                        .toList()));
    return new PublishedRecord(topics, run.problem());
  }
}
