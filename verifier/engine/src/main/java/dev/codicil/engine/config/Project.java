package dev.codicil.engine.config;

import dev.codicil.experiment.Broker;
import dev.codicil.experiment.Checks;
import dev.codicil.experiment.Subject;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.Impact;
import dev.codicil.verdict.Policy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code codicil.yaml} declares.
 *
 * @param root folder of the file; all paths are relative to it
 * @param contracts folder (or file) of contracts, relative, with forward slashes and no slash at
 *     the end
 * @param base revision or folder to compare with; null for the merge base with the default branch
 * @param subjects by name, in document order
 * @param sources what a subject is built from, by subject; empty means the whole tree
 * @param git subjects that live in another repository, by name
 * @param profiles names of the chosen chaos profiles
 * @param rollout {@code provider-first} or {@code consumer-first}
 * @param concurrency how many groups of instances replay at once, from 1
 * @param policy what gates
 * @param brokers message brokers by name, in document order
 * @param checks what is asked of services beyond their contracts
 * @param impact what failing costs
 * @param broker what is read of a Pact Broker
 */
public record Project(
    Path root,
    String contracts,
    @Nullable String base,
    Map<String, Subject> subjects,
    Map<String, List<String>> sources,
    Map<String, GitSource> git,
    List<String> profiles,
    String rollout,
    int concurrency,
    Policy policy,
    Map<String, Broker> brokers,
    Checks checks,
    Impact impact,
    BrokerDeclaration broker) {
  public Project {
    brokers = Collections.unmodifiableMap(new LinkedHashMap<>(brokers));
    subjects = Collections.unmodifiableMap(new LinkedHashMap<>(subjects));
    sources = Map.copyOf(sources);
    git = Map.copyOf(git);
    profiles = List.copyOf(profiles);
  }

  /** A project all of whose subjects live in its own repository, without message brokers. */
  public Project(
      Path root,
      String contracts,
      @Nullable String base,
      Map<String, Subject> subjects,
      Map<String, List<String>> sources,
      List<String> profiles,
      String rollout,
      int concurrency,
      Policy policy) {
    this(
        root,
        contracts,
        base,
        subjects,
        sources,
        Map.of(),
        profiles,
        rollout,
        concurrency,
        policy,
        Map.of(),
        Checks.NONE,
        Impact.NONE,
        BrokerDeclaration.NONE);
  }

  /** What decides whether findings gate, without waivers, to which no date matters. */
  public Gate gate() {
    return Gate.of(policy).reckoning(impact);
  }

  /** The same project with other contracts, and another policy. */
  public Project with(String otherContracts, Policy otherPolicy) {
    return new Project(
        root,
        otherContracts,
        base,
        subjects,
        sources,
        git,
        profiles,
        rollout,
        concurrency,
        otherPolicy,
        brokers,
        checks,
        impact,
        broker);
  }

  /** The same project, with some subjects running as another number of nodes. */
  public Project withNodes(Map<String, Integer> nodes) {
    if (nodes.isEmpty()) {
      return this;
    }
    Map<String, Subject> changed = new LinkedHashMap<>(subjects);
    changed.replaceAll(
        (name, subject) -> subject.withNodes(nodes.getOrDefault(name, subject.nodes())));
    return new Project(
        root,
        contracts,
        base,
        changed,
        sources,
        git,
        profiles,
        rollout,
        concurrency,
        policy,
        brokers,
        checks,
        impact,
        broker);
  }

  /** Most groups of instances that replay at once. */
  public static final int MOST_CONCURRENCY = 16;

  /** The file's name. */
  public static final String FILE = "codicil.yaml";
}
