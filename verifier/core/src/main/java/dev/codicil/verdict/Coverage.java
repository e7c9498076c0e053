package dev.codicil.verdict;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * How much was looked at.
 *
 * @param filesFound contract files found on both sides
 * @param filesLoaded contract files loaded
 * @param interactions interactions in the model
 * @param replayed stimuli (interactions and probes) that ran in calm on both columns of their step
 * @param experiments experiments planned
 * @param cellsPlanned cells planned
 * @param cellsRun cells run
 * @param cellsSkipped cells skipped, by reason
 * @param cellsCut cells cut by a budget
 * @param notApplicable combinations that mean nothing, by reason
 * @param edgesDeclared declared edges
 * @param edgesReached edges that some calm cell reached
 * @param edgesUnreached names of the others
 * @param notReplayed interactions that nothing could replay: {@code CONSUMER -> PROVIDER:
 *     INTERACTION (REASON)}
 * @param notes what is worth knowing and decided nothing, in the order it was noted
 * @param nodes how many contract nodes were struck
 * @param bypasses connections of subjects that no proxy was on, in order
 * @param cellsCached how many of the cells run were run before with the same inputs, and not again
 * @param witnesses what came of the messages that show breaking changes
 * @param invariants how often each invariant was asked, in order of declaration
 */
public record Coverage(
    int filesFound,
    int filesLoaded,
    int interactions,
    int replayed,
    int experiments,
    int cellsPlanned,
    int cellsRun,
    Map<String, Integer> cellsSkipped,
    int cellsCut,
    Map<String, Integer> notApplicable,
    int edgesDeclared,
    int edgesReached,
    List<String> edgesUnreached,
    List<String> notReplayed,
    List<String> notes,
    Nodes nodes,
    List<Bypass> bypasses,
    int cellsCached,
    Witnesses witnesses,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Asked> invariants) {
  @SuppressWarnings("NullAway") // a list that is empty is not written, and read as null
  public Coverage {
    cellsSkipped = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(cellsSkipped));
    notApplicable = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(notApplicable));
    edgesUnreached = List.copyOf(edgesUnreached);
    notReplayed = List.copyOf(notReplayed);
    notes = List.copyOf(notes);
    bypasses = List.copyOf(bypasses);
    invariants = invariants == null ? List.of() : List.copyOf(invariants);
  }

  /** Of a run without invariants. */
  public Coverage(
      int filesFound,
      int filesLoaded,
      int interactions,
      int replayed,
      int experiments,
      int cellsPlanned,
      int cellsRun,
      Map<String, Integer> cellsSkipped,
      int cellsCut,
      Map<String, Integer> notApplicable,
      int edgesDeclared,
      int edgesReached,
      List<String> edgesUnreached,
      List<String> notReplayed,
      List<String> notes,
      Nodes nodes,
      List<Bypass> bypasses,
      int cellsCached,
      Witnesses witnesses) {
    this(
        filesFound,
        filesLoaded,
        interactions,
        replayed,
        experiments,
        cellsPlanned,
        cellsRun,
        cellsSkipped,
        cellsCut,
        notApplicable,
        edgesDeclared,
        edgesReached,
        edgesUnreached,
        notReplayed,
        notes,
        nodes,
        bypasses,
        cellsCached,
        witnesses,
        List.of());
  }

  /**
   * How often an invariant was asked.
   *
   * @param name of the invariant
   * @param stimuli after how many stimuli of the plan it is asked
   * @param held how often it was true
   * @param violated how often it was false
   * @param undecided how often it could not be decided
   * @param notAsked how often no reply came that it could be asked of
   * @param vacuous why its being true says nothing; empty when it does
   */
  public record Asked(
      String name,
      int stimuli,
      int held,
      int violated,
      int undecided,
      int notAsked,
      String vacuous) {}

  /**
   * Connections of a subject to one address that no proxy was on.
   *
   * @param remote {@code ADDRESS:PORT}, IPv6 in brackets
   * @param declared whether the subject declares them; undeclared ones leave its storms undecided
   * @param columns where they were seen, in order
   */
  public record Bypass(String subject, String remote, boolean declared, List<String> columns) {
    public Bypass {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Breaking changes by what came of the message that shows them.
   *
   * @param broken its request was replayed, and is broken after
   * @param held its request was replayed, and held on both sides
   * @param undecided its request was replayed, and what came after is not known
   * @param notExercised its request was replayed, and the base itself did not take it
   * @param notExecuted it was not replayed: a reply, a message, none was made, or nobody would send
   *     it
   */
  public record Witnesses(int broken, int held, int undecided, int notExercised, int notExecuted) {
    /** There is no breaking change. */
    public static final Witnesses NONE = new Witnesses(0, 0, 0, 0, 0);

    /** How many breaking changes there are. */
    public int all() {
      return broken + held + undecided + notExercised + notExecuted;
    }
  }

  /**
   * Contract nodes, each counted once for every fault and direction that applies to it.
   *
   * @param applicable how many there are
   * @param planned of those, how many some experiment strikes
   * @param reached of those, how many some cell was struck at
   * @param decidedInCalm how many were not struck because calm had decided already
   * @param amended how many of all the amendment changes
   * @param amendedReached of those, how many some cell was struck at
   * @param unreached amended nodes that were neither struck nor decided; a verdict is inconclusive
   *     while there is one
   */
  public record Nodes(
      int applicable,
      int planned,
      int reached,
      int decidedInCalm,
      int amended,
      int amendedReached,
      List<String> unreached) {
    /** Nothing is known of nodes. */
    public static final Nodes NONE = new Nodes(0, 0, 0, 0, 0, 0, List.of());

    public Nodes {
      unreached = List.copyOf(unreached);
    }
  }
}
