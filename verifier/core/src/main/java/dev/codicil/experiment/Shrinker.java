package dev.codicil.experiment;

import dev.codicil.chaos.Durations;
import dev.codicil.chaos.FaultSet;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.experiment.SmallestCause.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest cause of a failing experiment: first delta debugging over its faults
 * (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE 28(2),
 * 2002, algorithm ddmin), then bisection of the parameters that measure how much of a fault there
 * is. Deterministic and bounded: the same answers of the trials give the same cause.
 */
public final class Shrinker {
  /** The border is narrowed to this share of its value. */
  private static final double PRECISION = 0.025;

  private static final long FINEST_MILLIS = 5;

  /** How far from a guess the border is looked for first, as a share of it; doubled when missed. */
  private static final double FIRST_STEP = 0.05;

  private final Function<String, Optional<String>> measures;
  private final Duration patience;
  private final Duration guess;
  private final int mostTrials;
  private final Trial trial;
  private final List<String> tried = new ArrayList<>();
  private boolean complete = true;

  /** Runs the experiment under other faults. */
  public interface Trial {
    /**
     * Whether it still fails. What cannot be told does not count as a failure.
     *
     * @throws InterruptedException when the run is being stopped
     */
    boolean fails(FaultSet faults) throws InterruptedException;
  }

  private Shrinker(
      Function<String, Optional<String>> measures,
      Duration patience,
      Duration guess,
      int mostTrials,
      Trial trial) {
    this.measures = measures;
    this.patience = patience;
    this.guess = guess;
    this.mostTrials = mostTrials;
    this.trial = trial;
  }

  /**
   * Looks for the smallest cause.
   *
   * @param failing a fault set that is known to fail
   * @param measures name of the parameter of a fault of which more is worse, by its id
   * @param patience how long a reply is waited for at most: longer delays are all alike
   * @param guess where the border of a delay may lie, so that it is looked for there first; zero
   *     for no idea. A wrong one costs trials, never the right answer
   * @param mostTrials bound of the search
   */
  public static SmallestCause shrink(
      FaultSet failing,
      Function<String, Optional<String>> measures,
      Duration patience,
      Duration guess,
      int mostTrials,
      Trial trial)
      throws InterruptedException {
    Shrinker shrinker = new Shrinker(measures, patience, guess, mostTrials, trial);
    FaultSet smallest = shrinker.fewest(failing);
    Threshold threshold = shrinker.threshold(smallest);
    return new SmallestCause(
        threshold == null ? smallest : with(smallest, threshold.struck()),
        threshold,
        shrinker.tried,
        shrinker.complete);
  }

  /** The fault set with the one fault of the same kind and place replaced. */
  private static FaultSet with(FaultSet set, PlannedFault changed) {
    return new FaultSet(
        set.profile(),
        set.faults().stream().map(fault -> sameSpot(fault, changed) ? changed : fault).toList());
  }

  private static boolean sameSpot(PlannedFault one, PlannedFault other) {
    return one.fault().equals(other.fault())
        && one.edge().equals(other.edge())
        && one.stream() == other.stream();
  }

  private boolean fails(FaultSet candidate, String shown) throws InterruptedException {
    if (tried.size() >= mostTrials) {
      complete = false;
      return false;
    }
    boolean fails = trial.fails(candidate);
    tried.add(shown + (fails ? ": fails" : ": holds"));
    return fails;
  }

  private FaultSet fewest(FaultSet failing) throws InterruptedException {
    List<PlannedFault> faults = failing.faults();
    int parts = 2;
    while (faults.size() > 1) {
      List<PlannedFault> smaller = smaller(failing.profile(), faults, parts);
      if (smaller != null) {
        parts = Math.max(2, Math.min(smaller.size(), parts - 1));
        faults = smaller;
      } else if (parts >= faults.size()) {
        break;
      } else {
        parts = Math.min(faults.size(), parts * 2);
      }
    }
    return new FaultSet(failing.profile(), faults);
  }

  /** One of the parts, or all but one of them, that still fails; null when none does. */
  private @Nullable List<PlannedFault> smaller(String profile, List<PlannedFault> faults, int parts)
      throws InterruptedException {
    List<List<PlannedFault>> candidates = new ArrayList<>();
    List<List<PlannedFault>> complements = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = i * faults.size() / parts;
      int to = (i + 1) * faults.size() / parts;
      candidates.add(faults.subList(from, to));
      List<PlannedFault> rest = new ArrayList<>(faults.subList(0, from));
      rest.addAll(faults.subList(to, faults.size()));
      complements.add(rest);
    }
    if (parts > 2) { // of two parts, each is the complement of the other
      candidates.addAll(complements);
    }
    for (List<PlannedFault> candidate : candidates) {
      FaultSet set = new FaultSet(profile, candidate);
      if (fails(set, set.label())) {
        return candidate;
      }
    }
    return null;
  }

  /** The border of the first parameter that has one. */
  private @Nullable Threshold threshold(FaultSet failing) throws InterruptedException {
    for (PlannedFault fault : failing.faults()) {
      Optional<String> measure = measures.apply(fault.fault());
      if (measure.isPresent() && fault.parameters().text(measure.get()).isPresent()) {
        return bisect(failing, fault, measure.get());
      }
    }
    return null;
  }

  private @Nullable Threshold bisect(FaultSet failing, PlannedFault fault, String name)
      throws InterruptedException {
    long whole = fault.parameters().duration(name).toMillis();
    // Whatever comes after the patience is not waited for, so the border cannot lie beyond.
    long most = Math.min(whole, patience.toMillis());
    Border border =
        new Border(
            most,
            most == whole,
            millis -> fails(at(failing, fault, name, millis), shown(fault, name, millis)));
    if (guess.toMillis() > 0 && guess.toMillis() < most) {
      border.near(guess.toMillis());
    }
    if (!border.failsSomewhere()) {
      return null;
    }
    border.narrow();
    return new Threshold(
        set(fault, name, border.fails), name, text(border.fails), text(border.holds));
  }

  /** Whether a fault of this much makes the experiment fail. */
  private interface Probe {
    boolean fails(long millis) throws InterruptedException;
  }

  /** The range in which a border lies. */
  private final class Border {
    private final Probe probe;
    private long fails;
    private long holds;
    private boolean failed;

    /**
     * @param most largest value that is looked at
     * @param failed whether that one is known to fail
     */
    Border(long most, boolean failed, Probe probe) {
      this.fails = most;
      this.failed = failed;
      this.probe = probe;
    }

    /** Tries a value inside the range; whether it fails. Without trials left nothing changes. */
    private boolean tries(long millis) throws InterruptedException {
      boolean fail = probe.fails(millis);
      if (fail) {
        fails = millis;
        failed = true;
      } else if (complete) {
        holds = millis;
      }
      return fail;
    }

    /** Looks left or right of a guess, in steps that double until the border is in between. */
    void near(long guess) throws InterruptedException {
      boolean fail = tries(guess);
      long at = guess;
      for (double step = FIRST_STEP; complete && step < 1; step *= 2) {
        at = Math.round(at * (fail ? 1 - step : 1 + step));
        if (at <= holds || at >= fails || tries(at) != fail) {
          return;
        }
      }
    }

    /** Whether there is a value that fails; the largest is tried only when none is known. */
    boolean failsSomewhere() throws InterruptedException {
      return failed || tries(fails);
    }

    void narrow() throws InterruptedException {
      while (complete && fails - holds > Math.max(FINEST_MILLIS, Math.round(fails * PRECISION))) {
        tries((fails + holds) / 2);
      }
    }
  }

  private static FaultSet at(FaultSet failing, PlannedFault fault, String name, long millis) {
    return with(failing, set(fault, name, millis));
  }

  private static PlannedFault set(PlannedFault fault, String name, long millis) {
    return fault.with(name, text(millis));
  }

  private static String shown(PlannedFault fault, String name, long millis) {
    return fault.fault() + " on " + fault.edge() + " with " + name + "=" + text(millis);
  }

  private static String text(long millis) {
    return Durations.format(Duration.ofMillis(millis));
  }
}
