package dev.codicil.storm.run;

import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import dev.codicil.history.LoadRecord;
import dev.codicil.history.LoadRecord.Answer;
import dev.codicil.storm.run.LoadRun.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of a load came to, by kind. Replies that are the same are held to their
 * contract once; when too many differ, the rest is taken for what most of their status were, and
 * counted.
 */
final class LoadAnswers {
  /** Most different replies of a cell that are held to their contract. */
  static final int MOST_RULINGS = 2_000;

  /** Most kinds of answers that are kept; more cannot be read. */
  static final int MOST_KINDS = 100;

  /** Decides about one request, as if it were the only one; {@code count} is 1. */
  interface Ruler {
    Answer rule(Taken taken) throws InterruptedException;
  }

  private final Map<List<Object>, Tally> kinds = new LinkedHashMap<>();
  private int unchecked;

  /** A kind of answer, with one that stands for it. */
  private static final class Tally {
    final Answer answer;
    final Taken one;
    int count;

    Tally(Answer answer, Taken one) {
      this.answer = answer;
      this.one = one;
    }
  }

  private LoadAnswers() {}

  /**
   * Sorts them.
   *
   * @param late whether a request took too long
   */
  static LoadAnswers of(List<Taken> all, Predicate<Taken> late, Ruler ruler)
      throws InterruptedException {
    LoadAnswers answers = new LoadAnswers();
    Map<List<Object>, Tally> ruled = new HashMap<>();
    List<Taken> left = new ArrayList<>();
    for (Taken taken : all) {
      List<Object> same = same(taken, late.test(taken));
      Tally known = ruled.get(same);
      if (known == null && (!taken.whole() || ruled.size() >= MOST_RULINGS)) {
        left.add(taken);
        continue;
      }
      if (known == null) {
        Answer answer = ruler.rule(taken);
        known = answers.kinds.computeIfAbsent(kind(answer), kind -> new Tally(answer, taken));
        ruled.put(same, known);
      }
      known.count++;
    }
    answers.unchecked = left.size();
    Map<String, Tally> byStatus = new HashMap<>();
    for (Tally tally : answers.frequent()) {
      byStatus.putIfAbsent(status(tally.one, late.test(tally.one)), tally);
    }
    for (Taken taken : left) {
      Tally known = byStatus.get(status(taken, late.test(taken)));
      if (known == null) { // a status that was never seen before the limits were reached
        Answer answer = ruler.rule(taken);
        known = answers.kinds.computeIfAbsent(kind(answer), kind -> new Tally(answer, taken));
        byStatus.put(status(taken, late.test(taken)), known);
      }
      known.count++;
    }
    return answers;
  }

  private List<Tally> frequent() {
    return kinds.values().stream()
        .sorted(Comparator.comparing((Tally tally) -> -tally.count))
        .toList();
  }

  /** How many were not held to their contract. */
  int unchecked() {
    return unchecked;
  }

  /** One of the most frequent kind; null when nothing was sent. */
  @Nullable Taken typical() {
    List<Tally> frequent = frequent();
    return frequent.isEmpty() ? null : frequent.get(0).one;
  }

  /** The kinds, the most frequent first. */
  List<Answer> kinds() {
    List<Answer> list = new ArrayList<>();
    int beyond = 0;
    for (Tally tally : frequent()) {
      if (list.size() < MOST_KINDS) {
        list.add(counted(tally.answer, tally.count));
      } else {
        beyond += tally.count;
      }
    }
    if (beyond > 0) {
      Answer last = list.get(list.size() - 1);
      list.add(
          new LoadRecord.Answer(
              last.ended(),
              0,
              List.of(),
              false,
              null,
              null,
              Map.of(),
              beyond,
              "more than " + MOST_KINDS + " kinds of answers"));
    }
    return list;
  }

  private static Answer counted(Answer one, int count) {
    return new Answer(
        one.ended(),
        one.status(),
        one.mismatches(),
        one.declaredError(),
        one.answer(),
        one.leak(),
        one.fields(),
        count,
        one.problem());
  }

  private static String status(Taken taken, boolean late) {
    HttpReply reply = taken.result().reply();
    return taken.result().ended() + (late ? " late " : " ") + (reply == null ? 0 : reply.status());
  }

  /** Equal for what cannot be told apart but by the time of day. */
  private static List<Object> same(Taken taken, boolean late) {
    HttpReply reply = taken.result().reply();
    List<Object> key = new ArrayList<>();
    key.add(status(taken, late));
    if (reply != null) {
      Map<String, Object> headers = new TreeMap<>();
      reply
          .headers()
          .asMap()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      headers.remove("date");
      key.add(headers);
      key.add(reply.body());
    }
    return key;
  }

  private static List<Object> kind(Answer answer) {
    return List.of(
        answer.ended(),
        answer.status(),
        answer.mismatches().stream().map(Mismatch::path).distinct().toList(),
        answer.declaredError(),
        Objects.toString(answer.answer(), ""),
        Objects.toString(answer.leak(), ""),
        answer.fields(),
        Objects.toString(answer.problem(), ""));
  }
}
