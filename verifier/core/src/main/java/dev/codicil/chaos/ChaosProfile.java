package dev.codicil.chaos;

import dev.codicil.contract.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named weather: which faults may strike where.
 *
 * @param name kebab-case; the file's name
 * @param title one line
 * @param entries each gives fault sets of its own
 * @param combinations faults of which all belong to one fault set
 * @param radius how far all of them may reach
 * @param abort when its storms are given up
 * @param location the file
 */
public record ChaosProfile(
    String name,
    String title,
    List<Entry> entries,
    List<Combination> combinations,
    BlastRadius radius,
    AbortRule abort,
    Location location) {
  public ChaosProfile {
    entries = List.copyOf(entries);
    combinations = List.copyOf(combinations);
  }

  /** A profile of single faults that may strike everywhere. */
  public ChaosProfile(String name, String title, List<Entry> entries, Location location) {
    this(name, title, entries, List.of(), BlastRadius.ALL, AbortRule.NEVER, location);
  }

  /** All faults, those of combinations last. */
  public List<Entry> all() {
    List<Entry> all = new ArrayList<>(entries);
    combinations.forEach(combination -> all.addAll(combination.entries()));
    return all;
  }

  /**
   * One fault of a profile, before it is bound to edges and fields.
   *
   * @param fault id of the fault
   * @param edges which edges it may strike
   * @param stream request or reply; null for the fault's default
   * @param parameters as written, validated, without defaults
   * @param conditions which exchanges it strikes
   * @param load under which load it strikes; null for a single replay
   * @param location where it stands
   */
  public record Entry(
      String fault,
      Edges edges,
      @Nullable Stream stream,
      Parameters parameters,
      Conditions conditions,
      @Nullable Load load,
      Location location) {

    /** A fault that strikes a single replay. */
    public Entry(
        String fault,
        Edges edges,
        @Nullable Stream stream,
        Parameters parameters,
        Conditions conditions,
        Location location) {
      this(fault, edges, stream, parameters, conditions, null, location);
    }

    /** A fault that strikes every exchange. */
    public Entry(
        String fault,
        Edges edges,
        @Nullable Stream stream,
        Parameters parameters,
        Location location) {
      this(fault, edges, stream, parameters, Conditions.NONE, location);
    }
  }

  /**
   * Faults of one fault set.
   *
   * @param kind whether they strike at once or one after the other
   * @param entries at least one; those of phases have the exchanges of their phase as {@link
   *     Conditions#when}
   * @param load under which load they strike; null for a single replay
   * @param location where it stands
   */
  public record Combination(
      Kind kind, List<Entry> entries, @Nullable Load load, Location location) {
    public Combination {
      entries = List.copyOf(entries);
    }

    /** Faults that strike a single replay. */
    public Combination(Kind kind, List<Entry> entries, Location location) {
      this(kind, entries, null, location);
    }

    /** How its faults follow each other. */
    public enum Kind {
      /** All strike the same exchanges. */
      TOGETHER,
      /** On one edge, some strike the first exchanges and others those that follow. */
      PHASES
    }
  }

  /** Which edges a fault may strike, seen from the replayed subject. */
  public enum Edges {
    /** Between the replaying consumer and the provider. */
    CONSUMER,
    /** Between a subject and what it calls. */
    UPSTREAM,
    /** All of them. */
    ANY
  }
}
