package dev.codicil.storm.run;

import dev.codicil.chaos.Fault;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything a run needs.
 *
 * @param amendment name of the amendment, for people
 * @param plan what is run
 * @param scenarios by id of the stimulus, one for every stimulus of the plan
 * @param subjects by name
 * @param launches how each subject comes to life, by column and subject
 * @param stubs what upstream stubs serve, by column and contract file (as in {@code
 *     Upstream.stub()})
 * @param sampler makes a reply from shapes for interactions without an example
 * @param faults finds a fault by its id
 * @param reruns how often a cell that would gate, or that ran close to its time budget, is run
 *     again on its own
 * @param noise whether the base is run against itself in calm: what differs there is noise
 * @param causes whether the smallest cause of what fails is looked for
 * @param concurrency how many groups of instances replay at once, each with its own instances of
 *     every column; from 1
 * @param timeBudget for the whole run; null for none
 * @param logDir where logs and pid files of subjects go
 * @param secrets values that must never be recorded
 * @param world what faults that act on the world work with
 * @param brokers the message brokers that subjects may need
 * @param checks what is asked of subjects beyond their contracts
 */
public record RunRequest(
    String amendment,
    Plan plan,
    Map<String, Scenario> scenarios,
    Map<String, Subject> subjects,
    Map<String, Map<String, Launch>> launches,
    Map<String, Map<String, List<HttpInteraction>>> stubs,
    Function<HttpInteraction, Optional<HttpReply>> sampler,
    Function<String, Fault> faults,
    int reruns,
    boolean noise,
    boolean causes,
    int concurrency,
    @Nullable Duration timeBudget,
    Path logDir,
    Set<String> secrets,
    World world,
    Brokers brokers,
    Checks checks) {
  /** How often a cell is run again unless told otherwise. */
  public static final int DEFAULT_RERUNS = 2;

  /**
   * @throws IllegalArgumentException when the parts do not fit together
   */
  public RunRequest {
    scenarios = Map.copyOf(scenarios);
    subjects = Map.copyOf(subjects);
    launches = Map.copyOf(launches);
    stubs = Map.copyOf(stubs);
    secrets = Set.copyOf(secrets);
    if (reruns < 0) {
      throw new IllegalArgumentException("reruns cannot be negative: " + reruns);
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("at least one group of instances, not " + concurrency);
    }
    for (Stimulus stimulus : plan.stimuli()) {
      if (!scenarios.containsKey(stimulus.id())) {
        throw new IllegalArgumentException("no scenario for stimulus " + stimulus);
      }
    }
    for (Experiment experiment : plan.experiments()) {
      if (!scenarios.containsKey(experiment.stimulus())) {
        throw new IllegalArgumentException("no scenario for experiment " + experiment.id());
      }
    }
    for (Column column : plan.columns()) {
      if (!launches.containsKey(column.id())) {
        throw new IllegalArgumentException("nothing to launch in column " + column.id());
      }
    }
  }

  /** Who calls whom. */
  Topology topology() {
    return new Topology(List.copyOf(subjects.values()));
  }

  /** A run without messages. */
  public RunRequest(
      String amendment,
      Plan plan,
      Map<String, Scenario> scenarios,
      Map<String, Subject> subjects,
      Map<String, Map<String, Launch>> launches,
      Map<String, Map<String, List<HttpInteraction>>> stubs,
      Function<HttpInteraction, Optional<HttpReply>> sampler,
      Function<String, Fault> faults,
      int reruns,
      boolean noise,
      boolean causes,
      int concurrency,
      @Nullable Duration timeBudget,
      Path logDir,
      Set<String> secrets,
      World world) {
    this(
        amendment,
        plan,
        scenarios,
        subjects,
        launches,
        stubs,
        sampler,
        faults,
        reruns,
        noise,
        causes,
        concurrency,
        timeBudget,
        logDir,
        secrets,
        world,
        Brokers.NONE,
        Checks.NONE);
  }

  /** The same run, asked more. */
  public RunRequest withChecks(Checks more) {
    return new RunRequest(
        amendment,
        plan,
        scenarios,
        subjects,
        launches,
        stubs,
        sampler,
        faults,
        reruns,
        noise,
        causes,
        concurrency,
        timeBudget,
        logDir,
        secrets,
        world,
        brokers,
        more);
  }

  /** The scenario of a stimulus of the plan. */
  Scenario scenario(String stimulus) {
    Scenario scenario = scenarios.get(stimulus);
    if (scenario == null) {
      throw new IllegalArgumentException("no scenario for stimulus " + stimulus);
    }
    return scenario;
  }
}
