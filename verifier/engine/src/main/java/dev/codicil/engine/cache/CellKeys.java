package dev.codicil.engine.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.codicil.chaos.Fault;
import dev.codicil.chaos.FaultCard;
import dev.codicil.chaos.PlannedFault;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.contract.Json;
import dev.codicil.experiment.Column;
import dev.codicil.experiment.Experiment;
import dev.codicil.experiment.Plan;
import dev.codicil.experiment.Scenario;
import dev.codicil.experiment.Step;
import dev.codicil.experiment.Stimulus;
import dev.codicil.experiment.Subject;
import dev.codicil.experiment.Topology;
import dev.codicil.storm.run.Launch;
import dev.codicil.storm.run.RunRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The key of each cell of a run: a hash of everything that its record depends on. What may depend
 * on more than can be hashed has none.
 */
final class CellKeys {
  private final RunRequest request;
  private final Inputs inputs;
  private final byte[] secret;
  private final Topology topology;
  private final Map<String, String> common = new HashMap<>();
  private final Map<String, LaunchIdentity> identities = new HashMap<>();
  private final Map<String, String> refused = new TreeMap<>();

  CellKeys(RunRequest request, Inputs inputs, byte[] secret) {
    this.request = request;
    this.inputs = inputs;
    this.secret = secret;
    this.topology = new Topology(List.copyOf(request.subjects().values()));
  }

  /** Why subjects have cells without a key, by name of the subject. */
  Map<String, String> refused() {
    return refused;
  }

  /** The key of a calm cell; empty when there is none. */
  Optional<String> calm(Column column, Stimulus stimulus) {
    return identity(column, stimulus).map(parts -> key(parts, "calm"));
  }

  /** The key of a storm cell; empty when there is none. */
  Optional<String> storm(Column column, Stimulus stimulus, Experiment experiment) {
    if (experiment.load() != null || !hashable(experiment)) { // what is measured is of its moment
      return Optional.empty();
    }
    return identity(column, stimulus)
        .map(
            parts ->
                key(
                    parts,
                    "storm",
                    json(experiment.faults().faults()),
                    experiment.request().name(),
                    experiment.reply().name()));
  }

  /** The key of the cause of an experiment, from those of its cells. */
  String cause(List<String> cells) {
    return key(cells, "cause");
  }

  /** What the world and a monkey do is not hashed, and neither is the code of users' own faults. */
  private static boolean hashable(Experiment experiment) {
    for (PlannedFault planned : experiment.faults().faults()) {
      Optional<Fault> known =
          Faults.builtIn().stream()
              .filter(fault -> fault.card().id().equals(planned.fault()))
              .findFirst();
      if (known.isEmpty()
          || !known.get().repeatable()
          || known.get().card().aim() == FaultCard.Aim.WORLD
          || known.get().card().aim() == FaultCard.Aim.MONKEY) {
        return false;
      }
    }
    return true;
  }

  private String key(List<String> parts, String... more) {
    List<String> all = new ArrayList<>(parts);
    all.addAll(List.of(more));
    return Digest.keyed(secret, all);
  }

  /** All that the record depends on beside the faults; empty when it depends on more. */
  private Optional<List<String>> identity(Column column, Stimulus stimulus) {
    if (stimulus.kind() == Stimulus.Kind.MESSAGES) {
      return Optional.empty(); // what a broker does is of its moment
    }
    List<String> parts = new ArrayList<>();
    parts.add("cell/1 " + column.id() + " " + new TreeMap<>(column.sides()));
    parts.add(common.computeIfAbsent("", none -> common()));
    parts.add(scenario(stimulus));
    parts.add(inputs.baseContracts());
    boolean base = column.sides().values().stream().allMatch(Column.BASE::equals);
    // The base of what the base has is made from the base alone.
    parts.add(base && stimulus.inBase() ? "" : inputs.headContracts());
    Set<String> names = new TreeSet<>(topology.reachable(stimulus.provider()));
    Scenario scenario = request.scenarios().get(stimulus.id());
    if (scenario != null) {
      request.checks().readBy(scenario).forEach(name -> names.addAll(topology.reachable(name)));
    }
    for (String name : names) {
      Subject subject = request.subjects().get(name);
      if (subject != null && !subject.messaging().publishes().isEmpty()) {
        return Optional.empty(); // the same: what it publishes is a part of the record
      }
    }
    if (!add(column.id(), names, parts)) {
      return Optional.empty();
    }
    for (Step step : request.plan().steps()) {
      if (step.after().equals(column.id())) {
        // Nodes of the version before may stand beside, and share its data.
        Set<String> amended = new TreeSet<>(step.amended());
        amended.retainAll(names);
        if (!add(step.before(), amended, parts)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(parts);
  }

  private boolean add(String column, Set<String> names, List<String> into) {
    Map<String, Launch> launches = request.launches().getOrDefault(column, Map.of());
    for (String name : new TreeSet<>(names)) {
      Launch launch = launches.get(name);
      if (launch == null) {
        continue; // a stub behind an edge serves its contract
      }
      Subject subject = request.subjects().get(name);
      LaunchIdentity identity =
          identities.computeIfAbsent(
              column + ":" + name,
              key ->
                  LaunchIdentity.of(
                      launch,
                      subject,
                      inputs.sources().getOrDefault(key, ""),
                      request.world().environment().apply("PATH")));
      if (!identity.reason().isEmpty()) {
        refused.put(name, identity.reason());
        return false;
      }
      into.add(name + " " + identity.hash() + (subject == null ? "" : " " + subject.nodes()));
    }
    return true;
  }

  private String common() {
    Plan plan = request.plan();
    return String.join(
        "\n",
        inputs.code(),
        inputs.configuration(),
        "seed " + plan.seed(),
        "reruns " + request.reruns() + " " + request.noise(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.version") + " " + System.getProperty("java.home"),
        variable("JAVA_HOME") + variable("JAVA_TOOL_OPTIONS"));
  }

  private String variable(String name) {
    return name + "=" + request.world().environment().apply(name) + "\n";
  }

  private String scenario(Stimulus stimulus) {
    Scenario scenario = request.scenarios().get(stimulus.id());
    if (scenario == null) {
      throw new IllegalArgumentException("no scenario for " + stimulus.id());
    }
    return json(
        List.of(
            stimulus.id(),
            stimulus.kind(),
            stimulus.provider(),
            String.valueOf(stimulus.fingerprint()),
            scenario.request().method(),
            scenario.request().target(),
            scenario.request().headers().asMap(),
            scenario.request().body().utf8(),
            scenario.given(),
            scenario.effects().stream().map(effect -> effect.name()).toList(),
            scenario.declaredStatus()));
  }

  private static String json(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
