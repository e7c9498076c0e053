package dev.codicil.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.codicil.chaos.AbortRule;
import dev.codicil.chaos.Stream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What will be run, in order: touched stimuli first. The planner is pure, so the same inputs give
 * the same plan.
 *
 * @param seed of all draws
 * @param columns the assignments of sides that are started
 * @param steps the rollout
 * @param stimuli what is replayed in calm, in order
 * @param experiments what is replayed in storm, in order
 * @param notApplicable how many combinations of stimulus and fault mean nothing, by reason
 * @param cut ids of experiments and stimuli that the budget cut
 * @param notReplayed interactions that nothing can replay, with the reason
 * @param nodes what single faults can strike, amended nodes first; combinations of faults come on
 *     top and do not count
 * @param idle entries of profiles that strike nothing in this plan, {@code LOCATION: FAULT}
 * @param aborts when the storms of a profile are given up, by profile; only those that say so
 * @param witnesses what is done about each breaking change's witness, by index of the change; empty
 *     when the amendment's documents do not change, or nobody asked
 */
public record Plan(
    long seed,
    List<Column> columns,
    List<Step> steps,
    List<Stimulus> stimuli,
    List<Experiment> experiments,
    Map<String, Integer> notApplicable,
    List<Cut> cut,
    List<NotReplayed> notReplayed,
    List<Node> nodes,
    List<String> idle,
    Map<String, AbortRule> aborts,
    List<WitnessRun> witnesses) {
  public Plan {
    columns = List.copyOf(columns);
    steps = List.copyOf(steps);
    stimuli = List.copyOf(stimuli);
    experiments = List.copyOf(experiments);
    notApplicable = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(notApplicable));
    cut = List.copyOf(cut);
    notReplayed = List.copyOf(notReplayed);
    nodes = List.copyOf(nodes);
    idle = List.copyOf(idle);
    aborts = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(aborts));
    witnesses = List.copyOf(witnesses);
  }

  /** A plan in which no change is shown. */
  public Plan(
      long seed,
      List<Column> columns,
      List<Step> steps,
      List<Stimulus> stimuli,
      List<Experiment> experiments,
      Map<String, Integer> notApplicable,
      List<Cut> cut,
      List<NotReplayed> notReplayed,
      List<Node> nodes,
      List<String> idle,
      Map<String, AbortRule> aborts) {
    this(
        seed,
        columns,
        steps,
        stimuli,
        experiments,
        notApplicable,
        cut,
        notReplayed,
        nodes,
        idle,
        aborts,
        List.of());
  }

  /** A plan whose nodes are not known. */
  public Plan(
      long seed,
      List<Column> columns,
      List<Step> steps,
      List<Stimulus> stimuli,
      List<Experiment> experiments,
      Map<String, Integer> notApplicable,
      List<Cut> cut,
      List<NotReplayed> notReplayed) {
    this(
        seed,
        columns,
        steps,
        stimuli,
        experiments,
        notApplicable,
        cut,
        notReplayed,
        List.of(),
        List.of(),
        Map.of());
  }

  @JsonCreator
  static Plan read(
      @JsonProperty("seed") long seed,
      @JsonProperty("columns") List<Column> columns,
      @JsonProperty("steps") List<Step> steps,
      @JsonProperty("stimuli") List<Stimulus> stimuli,
      @JsonProperty("experiments") List<Experiment> experiments,
      @JsonProperty("notApplicable") Map<String, Integer> notApplicable,
      @JsonProperty("cut") List<Cut> cut,
      @JsonProperty("notReplayed") List<NotReplayed> notReplayed,
      @JsonProperty("nodes") @Nullable List<Node> nodes,
      @JsonProperty("idle") @Nullable List<String> idle,
      @JsonProperty("aborts") @Nullable Map<String, AbortRule> aborts,
      @JsonProperty("witnesses") @Nullable List<WitnessRun> witnesses) {
    return new Plan(
        seed,
        columns,
        steps,
        stimuli,
        experiments,
        notApplicable,
        cut,
        notReplayed,
        nodes == null ? List.of() : nodes,
        idle == null ? List.of() : idle,
        aborts == null ? Map.of() : aborts,
        witnesses == null ? List.of() : witnesses);
  }

  /** The same plan, which says what is done about each witness. */
  public Plan showing(List<WitnessRun> runs) {
    return new Plan(
        seed,
        columns,
        steps,
        stimuli,
        experiments,
        notApplicable,
        cut,
        notReplayed,
        nodes,
        idle,
        aborts,
        runs);
  }

  /**
   * A plan of these stimuli and experiments only, chosen by somebody who does not ask for the rest.
   */
  public Plan only(List<Stimulus> chosen, List<Experiment> storms) {
    Set<String> ids = storms.stream().map(Experiment::id).collect(Collectors.toSet());
    return new Plan(
        seed,
        columns,
        steps,
        chosen,
        storms,
        Map.of(),
        List.of(),
        List.of(),
        nodes.stream().map(node -> node.struckBy(ids)).filter(Node::planned).toList(),
        List.of(),
        aborts,
        witnesses.stream().filter(run -> run.isRunBy(chosen)).toList());
  }

  /**
   * One thing that can go wrong at one place: a contract node under one fault in one direction.
   * Systematic planning strikes all of them; coverage counts them.
   *
   * @param edge id of the edge
   * @param operation {@code METHOD /path} where each operation has nodes of its own, between the
   *     replaying consumer and a provider; empty for what any exchange of the edge may have
   * @param pointer JSON pointer of the field, with {@code *} for any array item; empty for the
   *     whole message
   * @param fault id of the fault, with its parameters
   * @param stream which message
   * @param amended whether the amendment changes this node
   * @param experiments ids of the planned experiments that strike it; empty when a budget cut them
   */
  public record Node(
      String edge,
      String operation,
      String pointer,
      String fault,
      Stream stream,
      boolean amended,
      List<String> experiments) {
    public Node {
      experiments = List.copyOf(experiments);
    }

    /** Whether an experiment strikes it. */
    public boolean planned() {
      return !experiments.isEmpty();
    }

    /** The same node, struck by those of its experiments that are among these. */
    public Node struckBy(Set<String> ids) {
      return new Node(
          edge,
          operation,
          pointer,
          fault,
          stream,
          amended,
          experiments.stream().filter(ids::contains).toList());
    }

    /** {@code drop-field of /validUntil in replies on checkout->license-authority}, readable. */
    public String label() {
      return fault
          + (pointer.isEmpty() ? "" : " of " + pointer)
          + (stream == Stream.UPSTREAM ? " in requests on " : " in replies on ")
          + edge
          + (operation.isEmpty() ? "" : ", " + operation);
    }
  }

  /**
   * Something the budget left out.
   *
   * @param id of the experiment or the stimulus
   * @param stimulus id of the stimulus
   * @param label readable
   * @param touched whether a change touches it, which makes the verdict inconclusive
   * @param cells how many cells that saved
   */
  public record Cut(String id, String stimulus, String label, boolean touched, int cells) {}

  /**
   * An interaction that is in the model and not replayed.
   *
   * @param consumer who relies on it
   * @param provider who promises it
   * @param interaction description
   * @param reason why
   */
  public record NotReplayed(String consumer, String provider, String interaction, String reason) {}

  /**
   * What is done about the witness of a breaking change.
   *
   * @param change index of the change in the amendment
   * @param stimulus id of the stimulus whose request shows it; null when none does
   * @param reason why none does; empty when one does
   */
  public record WitnessRun(int change, @Nullable String stimulus, String reason) {
    private boolean isRunBy(List<Stimulus> chosen) {
      return chosen.stream().anyMatch(one -> one.id().equals(stimulus));
    }
  }
}
