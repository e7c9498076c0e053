package dev.codicil.experiment;

import dev.codicil.amendment.Change;
import dev.codicil.chaos.ChaosProfile;
import dev.codicil.chaos.Match;
import dev.codicil.contract.HttpInteraction;
import java.util.List;
import java.util.Map;

/**
 * What the planner needs.
 *
 * @param columns assignments of sides
 * @param steps the rollout
 * @param subjects all declared subjects
 * @param scenarios what can be replayed
 * @param notReplayed interactions that cannot be replayed, passed through to the plan
 * @param profiles the chosen weather
 * @param edges what may pass each edge, by edge id
 * @param changes what the documents say is amended
 * @param seed of all draws
 * @param budget most cells to plan; {@link Integer#MAX_VALUE} for no limit
 * @param unable why faults cannot be performed on this machine, by id of the fault
 */
public record PlanRequest(
    List<Column> columns,
    List<Step> steps,
    List<Subject> subjects,
    List<Scenario> scenarios,
    List<Plan.NotReplayed> notReplayed,
    List<ChaosProfile> profiles,
    Map<String, EdgeModel> edges,
    List<Change> changes,
    long seed,
    int budget,
    Map<String, String> unable) {
  public PlanRequest {
    columns = List.copyOf(columns);
    steps = List.copyOf(steps);
    subjects = List.copyOf(subjects);
    scenarios = List.copyOf(scenarios);
    notReplayed = List.copyOf(notReplayed);
    profiles = List.copyOf(profiles);
    edges = Map.copyOf(edges);
    changes = List.copyOf(changes);
    unable = Map.copyOf(unable);
  }

  /** A request on a machine that can perform every fault. */
  public PlanRequest(
      List<Column> columns,
      List<Step> steps,
      List<Subject> subjects,
      List<Scenario> scenarios,
      List<Plan.NotReplayed> notReplayed,
      List<ChaosProfile> profiles,
      Map<String, EdgeModel> edges,
      List<Change> changes,
      long seed,
      int budget) {
    this(
        columns,
        steps,
        subjects,
        scenarios,
        notReplayed,
        profiles,
        edges,
        changes,
        seed,
        budget,
        Map.of());
  }

  /** A request of an amendment whose documents do not change. */
  public PlanRequest(
      List<Column> columns,
      List<Step> steps,
      List<Subject> subjects,
      List<Scenario> scenarios,
      List<Plan.NotReplayed> notReplayed,
      List<ChaosProfile> profiles,
      Map<String, EdgeModel> edges,
      long seed,
      int budget) {
    this(
        columns, steps, subjects, scenarios, notReplayed, profiles, edges, List.of(), seed, budget);
  }

  /**
   * The interactions whose messages may pass an edge, from the contracts of both sides.
   *
   * @param before of the base
   * @param after of the head
   */
  public record EdgeModel(List<HttpInteraction> before, List<HttpInteraction> after) {
    public EdgeModel {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    /** Whether no contract says anything about the edge. */
    boolean isEmpty() {
      return before.isEmpty() && after.isEmpty();
    }

    /** The interactions of which exchanges may match. */
    EdgeModel matching(Match match) {
      return new EdgeModel(matching(before, match), matching(after, match));
    }

    private static List<HttpInteraction> matching(List<HttpInteraction> all, Match match) {
      return all.stream()
          .filter(interaction -> match.admits(interaction.method(), interaction.path()))
          .toList();
    }
  }
}
