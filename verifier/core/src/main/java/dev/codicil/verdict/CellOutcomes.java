package dev.codicil.verdict;

import dev.codicil.chaos.Stream;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Experiment.ReplyFit;
import dev.codicil.experiment.Experiment.RequestFit;
import dev.codicil.history.CellRecord;
import dev.codicil.history.CellRecord.EffectReading;
import dev.codicil.history.LoadRecord;
import dev.codicil.history.MessageRecord;
import dev.codicil.history.PublishedRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Classifies what was observed in one run of a cell. Pure; the scale is {@link Outcome}. */
public final class CellOutcomes {
  /** A load is as good as all but this share of it, in percent. */
  static final int SHARE_PERCENT = 1;

  private static final Set<String> CUTTING = Set.of("truncate", "reset");

  /** Faults after which nobody can tell where a request ends; RFC 9112, sections 6.3 and 7.1. */
  private static final Set<String> MISFRAMING = Set.of("malformed-chunk", "wrong-length");

  private CellOutcomes() {}

  /**
   * The outcome of one observation.
   *
   * @param record what was observed
   * @param fit what the faults did to the request
   * @param calmBase the base's calm cell of the same stimulus, which the reply must be as good as;
   *     null for that cell itself
   */
  public static Outcome of(CellRecord record, RequestFit fit, @Nullable CellRecord calmBase) {
    Outcome observed = observed(record, fit, calmBase);
    if (record.published() == null || observed == Outcome.UNKNOWN) {
      return observed;
    }
    Outcome told = PublishedOutcomes.of(record, observed, fit, calmBase);
    return told == Outcome.UNKNOWN ? told : worst(observed, told);
  }

  private static Outcome observed(
      CellRecord record, RequestFit fit, @Nullable CellRecord calmBase) {
    if (record.problem() != null || record.ended() == CellRecord.Ended.NOT_SENT) {
      return Outcome.UNKNOWN;
    }
    return CheckOutcomes.of(record, unchecked(record, fit, calmBase));
  }

  private static Outcome unchecked(
      CellRecord record, RequestFit fit, @Nullable CellRecord calmBase) {
    MessageRecord messages = record.messages();
    if (messages != null) {
      Outcome made = MessageOutcomes.of(record, messages, calmBase);
      return record.recoveryMillis() < 0 ? worst(made, Outcome.LOST) : made;
    }
    if (record.load() != null) {
      return loaded(record, counts(record, fit, calmBase));
    }
    Outcome reply = reply(record, fit, calmBase);
    Outcome effects = effects(record, fit);
    Outcome behind = EffectsBehind.of(record, reply, calmBase);
    if (effects == Outcome.HELD || behind == Outcome.LOST) {
      effects = behind;
    }
    if (reply == Outcome.UNKNOWN || effects == Outcome.UNKNOWN) {
      return reply == Outcome.CORRUPTED || effects == Outcome.LOST
          ? worst(reply, effects)
          : Outcome.UNKNOWN;
    }
    Outcome worst = worst(reply, effects);
    return record.recoveryMillis() < 0 ? worst(worst, Outcome.LOST) : worst;
  }

  /**
   * The outcome of one observation under the faults of an experiment. A reply of an upstream that
   * was varied within its contract may well make another answer: it must have the form it has in
   * calm, not the values.
   *
   * @param experiment null in calm
   * @param calmBase as above
   */
  public static Outcome of(
      CellRecord record, @Nullable Experiment experiment, @Nullable CellRecord calmBase) {
    if (experiment == null) {
      return of(record, RequestFit.UNTOUCHED, calmBase);
    }
    CellRecord measure =
        calmBase != null
                && experiment.reply() == ReplyFit.IN_CONTRACT
                && record.messages() == null // what a strike may change is said by the strike
            ? recovered(calmBase)
            : calmBase;
    Outcome made = of(record, experiment.request(), measure);
    return made == Outcome.HELD && calmBase != null && reordered(record)
        ? SteadyState.otherValue(record, calmBase).map(place -> Outcome.CORRUPTED).orElse(made)
        : made;
  }

  /** Whether nothing but the order of items was changed: then a probe's answer says the same. */
  static boolean reordered(CellRecord record) {
    return "held".equals(record.answer()) || SteadyState.asked(record)
        ? !record.injections().isEmpty()
            && record.injections().stream()
                .allMatch(injection -> injection.fault().equals("reorder-array"))
        : false;
  }

  /**
   * How many requests of a load had which outcome.
   *
   * @return empty for what was observed of a single replay
   */
  public static SortedMap<Outcome, Integer> counts(
      CellRecord record, RequestFit fit, @Nullable CellRecord calmBase) {
    SortedMap<Outcome, Integer> counts = new TreeMap<>();
    LoadRecord load = record.load();
    if (load != null) {
      for (LoadRecord.Answer answer : load.answers()) {
        counts.merge(of(record.answered(answer), fit, calmBase), answer.count(), Integer::sum);
      }
    }
    return counts;
  }

  /** The worst that more than one request in a hundred came off with, or worse. */
  private static Outcome loaded(CellRecord record, SortedMap<Outcome, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    int worse = counts.getOrDefault(Outcome.UNKNOWN, 0);
    if (all == 0 || beyondShare(worse, all)) {
      return Outcome.UNKNOWN;
    }
    worse = 0;
    Outcome outcome = Outcome.HELD;
    for (int i = Outcome.UNKNOWN.ordinal() - 1; i >= 0; i--) {
      outcome = Outcome.values()[i];
      worse += counts.getOrDefault(outcome, 0);
      if (beyondShare(worse, all)) {
        break;
      }
    }
    return record.recoveryMillis() < 0 ? worst(outcome, Outcome.LOST) : outcome;
  }

  private static boolean beyondShare(int some, int all) {
    return some * 100L > all * (long) SHARE_PERCENT;
  }

  /**
   * What a reply is measured by, from all runs of the base's calm cell: what the base itself does
   * not always give, in one type, is noise, and nobody can be asked for it.
   *
   * @param runs at least one, the first of them first
   */
  public static CellRecord measure(List<CellRecord> runs) {
    List<PublishedRecord> published =
        runs.stream().map(CellRecord::published).filter(Objects::nonNull).toList();
    return published.isEmpty()
        ? answerMeasure(runs)
        : answerMeasure(runs).withPublished(PublishedOutcomes.measure(published));
  }

  private static CellRecord answerMeasure(List<CellRecord> runs) {
    CellRecord first = runs.get(0);
    List<MessageRecord> messages =
        runs.stream().map(CellRecord::messages).filter(Objects::nonNull).toList();
    if (messages.size() == runs.size()) {
      return first.withMessages(MessageOutcomes.measure(messages));
    }
    Map<String, String> common = new TreeMap<>(first.fields());
    if (runs.size() == 1) {
      return SteadyState.withoutValues(first); // nothing shows which of them are noise
    }
    for (CellRecord run : runs) {
      common
          .entrySet()
          .removeIf(field -> !field.getValue().equals(run.fields().get(field.getKey())));
    }
    CellRecord agreed = common.equals(first.fields()) ? first : first.withFields(common);
    return agreed.withEffects(EffectsBehind.agreed(runs));
  }

  /**
   * What shows that a subject is back in its steady state: as much as one calm run of it can tell,
   * so without the values that may be noise.
   */
  public static CellRecord recovered(CellRecord calm) {
    MessageRecord messages = calm.messages();
    CellRecord recovered =
        messages != null
            ? calm.withMessages(MessageOutcomes.withoutValues(messages))
            : SteadyState.withoutValues(calm);
    PublishedRecord published = calm.published();
    return published == null
        ? recovered
        : recovered.withPublished(PublishedOutcomes.withoutValues(published));
  }

  private static Outcome worst(Outcome left, Outcome right) {
    if (left == Outcome.UNKNOWN) {
      return right;
    }
    if (right == Outcome.UNKNOWN) {
      return left;
    }
    return left.compareTo(right) >= 0 ? left : right;
  }

  static Outcome reply(CellRecord record, RequestFit fit, @Nullable CellRecord calmBase) {
    switch (record.ended()) {
      case TIMED_OUT:
        return Outcome.HUNG;
      case REPLIED:
        break;
      case DISCONNECTED:
        return struck(record, CUTTING) || struck(record, MISFRAMING)
            ? Outcome.HELD
            : Outcome.FAILED;
      default:
        return Outcome.FAILED;
    }
    if (record.elapsedMillis() > record.budgetMillis()) {
      return Outcome.HUNG;
    }
    if (record.leak() != null) {
      return Outcome.FAILED;
    }
    if (record.answer() != null) {
      return probe(record, record.answer(), calmBase);
    }
    return fit == RequestFit.OUT_OF_CONTRACT
        ? outOfContract(record)
        : interaction(record, calmBase);
  }

  /**
   * Whether the request itself was struck so. One that we cut off cannot be answered, and one that
   * is framed wrongly may be answered by closing; what is left to judge is what it did.
   */
  private static boolean struck(CellRecord record, Set<String> faults) {
    return record.injections().stream()
        .anyMatch(
            injection ->
                injection.stream() == Stream.UPSTREAM
                    && injection.edge().startsWith("client->")
                    && faults.contains(injection.fault()));
  }

  private static Outcome interaction(CellRecord record, @Nullable CellRecord calmBase) {
    boolean honored = record.mismatches().isEmpty();
    boolean asGood =
        calmBase == null
            || record.status() / 100 == calmBase.status() / 100 && keepsFields(record, calmBase);
    if (honored && asGood) {
      return Outcome.HELD;
    }
    if (honored && record.status() < 400) {
      return Outcome.DEGRADED; // the document allows it, and the base gives more
    }
    return record.status() >= 400 && record.declaredError() ? Outcome.REFUSED : Outcome.FAILED;
  }

  private static Outcome outOfContract(CellRecord record) {
    if (record.status() >= 400) {
      if (record.status() < 500 && struck(record, MISFRAMING)) {
        return Outcome.HELD; // below any contract: what reads HTTP refuses it, and has to
      }
      if (!record.declaredError()) {
        return Outcome.FAILED;
      }
      return record.status() < 500 ? Outcome.HELD : Outcome.REFUSED;
    }
    if (record.ownEffects().isEmpty()) {
      return Outcome.UNKNOWN;
    }
    for (EffectReading effect : record.ownEffects()) {
      if (effect.change() == null) {
        return Outcome.UNKNOWN;
      }
      if (effect.change() != effect.expected()) {
        return Outcome.CORRUPTED;
      }
    }
    return Outcome.HELD;
  }

  private static Outcome probe(CellRecord record, String answer, @Nullable CellRecord calmBase) {
    return switch (answer) {
      case "held" ->
          calmBase == null || !"held".equals(calmBase.answer()) || sameTypes(record, calmBase)
              ? Outcome.HELD
              : Outcome.CORRUPTED;
      case "degraded" -> Outcome.DEGRADED;
      case "refused" -> Outcome.REFUSED;
      case "wrong" -> Outcome.CORRUPTED;
      case CellRecord.UNDECLARED -> SteadyState.outcome(record, calmBase);
      default -> Outcome.FAILED;
    };
  }

  /** Every promised field of the calm reply is there. */
  private static boolean keepsFields(CellRecord record, CellRecord calmBase) {
    return record.fields().keySet().containsAll(calmBase.fields().keySet());
  }

  /** A good answer made from damaged data shows as a field that is gone or has another type. */
  private static boolean sameTypes(CellRecord record, CellRecord calmBase) {
    for (Map.Entry<String, String> field :
        SteadyState.withoutValues(calmBase).fields().entrySet()) {
      if (!field.getValue().equals(record.fields().get(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static Outcome effects(CellRecord record, RequestFit fit) {
    boolean replied = record.ended() == CellRecord.Ended.REPLIED;
    boolean success = replied && record.status() < 400;
    boolean unknown = false;
    for (EffectReading effect : record.ownEffects()) {
      Long change = effect.change();
      if (change == null) {
        unknown = true;
      } else if (success && fit == RequestFit.OUT_OF_CONTRACT) {
        continue; // judged with the reply: a wrong effect of a wrong request is CORRUPTED
      } else if (success ? change != effect.expected() : replied && change != 0) {
        return Outcome.LOST;
      } else if (!replied && change != 0 && fit == RequestFit.OUT_OF_CONTRACT) {
        return Outcome.CORRUPTED; // half a request was taken for a whole one
      } else if (!replied && change != 0 && change != effect.expected()) {
        return Outcome.LOST;
      }
    }
    return unknown ? Outcome.UNKNOWN : Outcome.HELD;
  }
}
