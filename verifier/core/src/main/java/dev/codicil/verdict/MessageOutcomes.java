package dev.codicil.verdict;

import dev.codicil.chaos.MessageFault.Kind;
import dev.codicil.history.CellRecord;
import dev.codicil.history.MessageRecord;
import dev.codicil.history.MessageRecord.DeadLetter;
import dev.codicil.history.MessageRecord.Strike;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a subject made of messages, held to what the base makes of them in calm. Its state has to
 * converge to that: less, or twice as much, is {@link Outcome#LOST}; something else is {@link
 * Outcome#CORRUPTED}; messages that stay unread are {@link Outcome#HUNG}. A message that a fault
 * has damaged may instead end in the dead-letter topic, and only what is kept under its key may
 * then differ.
 */
final class MessageOutcomes {
  private final CellRecord record;
  private final MessageRecord run;
  private final @Nullable MessageRecord calm;
  private final Map<Kind, Set<String>> struck = new HashMap<>();
  private Outcome outcome = Outcome.HELD;
  private String why = "";

  private MessageOutcomes(CellRecord record, MessageRecord run, @Nullable MessageRecord calm) {
    this.record = record;
    this.run = run;
    this.calm = calm;
    for (Strike strike : run.strikes()) {
      String key = strike.key();
      if (key != null) {
        struck.computeIfAbsent(strike.kind(), kind -> new HashSet<>()).add(key);
      }
    }
  }

  /**
   * The outcome of one observation of which something can be said.
   *
   * @param calmBase the base's calm cell, without its noise; null for that cell itself
   */
  static Outcome of(CellRecord record, MessageRecord run, @Nullable CellRecord calmBase) {
    return weighed(record, run, calmBase).outcome;
  }

  /** The first thing that is not as it should be, for people; empty when all is. */
  static Optional<String> difference(
      CellRecord record, MessageRecord run, @Nullable CellRecord calmBase) {
    String why = weighed(record, run, calmBase).why;
    return why.isEmpty() ? Optional.empty() : Optional.of(why);
  }

  private static MessageOutcomes weighed(
      CellRecord record, MessageRecord run, @Nullable CellRecord calmBase) {
    MessageOutcomes weighed =
        new MessageOutcomes(record, run, calmBase == null ? null : calmBase.messages());
    weighed.weigh();
    return weighed;
  }

  /**
   * What a run is measured by: of a value that two runs of the base do not agree on only its being
   * there counts.
   */
  static MessageRecord measure(List<MessageRecord> runs) {
    Map<String, String> common = new TreeMap<>(runs.get(0).state());
    for (MessageRecord run : runs) {
      run.state().keySet().forEach(pointer -> common.putIfAbsent(pointer, MessageRecord.NOISE));
      common.replaceAll(
          (pointer, value) -> value.equals(run.state().get(pointer)) ? value : MessageRecord.NOISE);
    }
    return runs.get(0).withState(common);
  }

  /** Only what is there, whatever it says. */
  static MessageRecord withoutValues(MessageRecord run) {
    Map<String, String> places = new TreeMap<>(run.state());
    places.replaceAll((pointer, value) -> MessageRecord.NOISE);
    return run.withState(places);
  }

  private void found(Outcome worse, String what) {
    if (worse.worseThan(outcome)) {
      outcome = worse;
      why = what;
    }
  }

  private void weigh() {
    if (run.unread() > 0) {
      found(
          Outcome.HUNG,
          run.unread()
              + " of "
              + run.published()
              + " messages were still unread after "
              + record.budgetMillis()
              + " ms");
      return;
    }
    if (record.status() / 100 != 2) {
      found(
          Outcome.FAILED,
          record.status() == 0
              ? "it does not tell what the messages have led to"
              : "asked what the messages have led to it answers " + record.status());
      return;
    }
    if (calm == null) {
      return;
    }
    letters();
    state();
  }

  private void letters() {
    long expected = calm == null ? 0 : calm.deadLetters().size();
    long good = run.deadLetters().stream().filter(letter -> !letter.struck()).count();
    if (good > expected) {
      found(
          Outcome.LOST,
          good
              + " good messages ended in the dead-letter topic, "
              + (expected == 0 ? "none of them" : expected + " of them")
              + " as the base in calm");
    }
    long poison = run.strikes().stream().filter(strike -> strike.kind() == Kind.ADDED).count();
    long buried = run.deadLetters().stream().filter(DeadLetter::struck).count();
    if (buried < poison) {
      found(Outcome.LOST, "the poison is in no dead-letter topic");
    }
    if (run.deadLetters().stream().anyMatch(letter -> letter.struck() && !letter.reasoned())) {
      found(Outcome.DEGRADED, "the dead letter does not say why it is one");
    }
  }

  private void state() {
    Map<String, String> wanted = calm == null ? Map.of() : calm.state();
    Set<String> all = new TreeSet<>(wanted.keySet());
    all.addAll(run.state().keySet());
    for (String pointer : all) {
      String want = wanted.get(pointer);
      String got = run.state().get(pointer);
      if (got == null && want != null && !excused(pointer, true)) {
        found(Outcome.LOST, pointer + ": expected " + shown(want) + ", was absent");
      } else if (want == null && got != null && !excused(pointer, true)) {
        found(
            struck.keySet().stream().allMatch(kind -> kind == Kind.KEPT)
                ? Outcome.LOST
                : Outcome.CORRUPTED,
            pointer + ": expected nothing, as the base in calm, was " + got);
      } else if (want != null
          && got != null
          && !want.equals(MessageRecord.NOISE)
          && !want.equals(got)
          && !excused(pointer, false)) {
        found(
            counted(want, got) ? Outcome.LOST : Outcome.CORRUPTED,
            pointer + ": expected " + want + ", as the base in calm, was " + got);
      }
    }
  }

  /** More or less of something after messages came twice, or not at all, is lost or doubled. */
  private boolean counted(String want, String got) {
    boolean same = record.injections().stream().allMatch(one -> one.fault().startsWith("dup"));
    return same && number(want) && number(got);
  }

  private static boolean number(String text) {
    return text.matches("-?\\d+(\\.\\d+)?");
  }

  /**
   * Whether something kept under the key of a struck message may differ.
   *
   * @param there whether it is about its being there, and not about its value
   */
  private boolean excused(String pointer, boolean there) {
    return about(pointer, Kind.GONE)
        || about(pointer, Kind.ALTERED) && run.deadLetters().stream().anyMatch(DeadLetter::struck)
        || !there && about(pointer, Kind.VARIED);
  }

  private boolean about(String pointer, Kind kind) {
    for (String key : struck.getOrDefault(kind, Set.of())) {
      String segment = "/" + key.replace("~", "~0").replace("/", "~1");
      if (pointer.endsWith(segment) || pointer.contains(segment + "/")) {
        return true;
      }
    }
    return false;
  }

  private static String shown(String value) {
    return value.equals(MessageRecord.NOISE) ? "something, as the base in calm" : value;
  }
}
