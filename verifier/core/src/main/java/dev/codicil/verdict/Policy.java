package dev.codicil.verdict;

import dev.codicil.contract.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What fails an amendment.
 *
 * @param failOn kinds of findings that gate where no rule says otherwise
 * @param requireEvidence weakest evidence that may pass where no rule says otherwise: {@code
 *     replayed}, {@code stub} or {@code documents}
 * @param failOnAt where {@code failOn} is written; null for the default
 * @param requireEvidenceAt where {@code requireEvidence} is written; null for the default
 * @param tags patterns of interactions, by tag
 * @param rules in the order in which they are tried
 * @param environments what holds in an environment, by name
 * @param environment the selected one; null for none
 * @param terms what waivers owe
 */
public record Policy(
    Set<FindingKind> failOn,
    String requireEvidence,
    @Nullable Location failOnAt,
    @Nullable Location requireEvidenceAt,
    Map<String, Tag> tags,
    List<PolicyRule> rules,
    Map<String, Environment> environments,
    @Nullable String environment,
    WaiverTerms terms) {
  /** {@code broken} and {@code resilience-lost} gate; a pass needs replayed evidence. */
  public static final Policy DEFAULT =
      new Policy(Set.of(FindingKind.BROKEN, FindingKind.RESILIENCE_LOST), "replayed");

  public Policy {
    failOn = Set.copyOf(failOn);
    strength(requireEvidence);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    rules = List.copyOf(rules);
    environments = Collections.unmodifiableMap(new LinkedHashMap<>(environments));
    for (PolicyRule rule : rules) {
      if (rule.tag() != null && !tags.containsKey(rule.tag())) {
        throw new IllegalArgumentException("no tag '" + rule.tag() + "' in " + tags.keySet());
      }
    }
  }

  /** A policy without rules. */
  public Policy(Set<FindingKind> failOn, String requireEvidence) {
    this(
        failOn,
        requireEvidence,
        null,
        null,
        Map.of(),
        List.of(),
        Map.of(),
        null,
        WaiverTerms.DEFAULT);
  }

  /**
   * A tag.
   *
   * @param patterns an interaction carries it when one of them matches
   * @param location where it is written
   */
  public record Tag(List<InteractionPattern> patterns, Location location) {
    public Tag {
      patterns = List.copyOf(patterns);
    }

    /** Whether an interaction carries it. */
    public boolean on(String name, String operation) {
      return patterns.stream().anyMatch(pattern -> pattern.matches(name, operation));
    }
  }

  /**
   * What holds in an environment in place of what holds elsewhere.
   *
   * @param failOn kinds of findings; null for those of the policy
   * @param requireEvidence weakest evidence; null for that of the policy
   * @param failOnAt where {@code failOn} is written
   * @param requireEvidenceAt where {@code requireEvidence} is written
   */
  public record Environment(
      @Nullable Set<FindingKind> failOn,
      @Nullable String requireEvidence,
      @Nullable Location failOnAt,
      @Nullable Location requireEvidenceAt) {
    public Environment {
      failOn = failOn == null ? null : Set.copyOf(failOn);
    }
  }

  /**
   * What becomes of waivers that are of no use any more.
   *
   * @param expired whether one whose last day is over fails the gate, or is told
   * @param unused whether one that nothing needs fails the gate, or is told
   */
  public record WaiverTerms(GateAction expired, GateAction unused) {
    /** Both fail the gate. */
    public static final WaiverTerms DEFAULT = new WaiverTerms(GateAction.FAIL, GateAction.FAIL);
  }

  /**
   * The policy as it holds in one of its environments.
   *
   * @throws IllegalArgumentException when it declares none of this name
   */
  public Policy in(String name) {
    Environment here = environments.get(name);
    if (here == null) {
      throw new IllegalArgumentException("no environment '" + name + "'");
    }
    return new Policy(
        here.failOn() == null ? failOn : here.failOn(),
        here.requireEvidence() == null ? requireEvidence : here.requireEvidence(),
        here.failOn() == null ? failOnAt : here.failOnAt(),
        here.requireEvidence() == null ? requireEvidenceAt : here.requireEvidenceAt(),
        tags,
        rules,
        environments,
        name,
        terms);
  }

  /** The same policy for waivers that others use too, so that unused ones are told. */
  public Policy tellingUnused() {
    return new Policy(
        failOn,
        requireEvidence,
        failOnAt,
        requireEvidenceAt,
        tags,
        rules,
        environments,
        environment,
        new WaiverTerms(terms.expired(), GateAction.TELL));
  }

  /**
   * The same policy with other kinds that gate where no rule says otherwise.
   *
   * @param at where that is written
   */
  public Policy failingOn(Set<FindingKind> kinds, Location at) {
    return new Policy(
        kinds,
        requireEvidence,
        at,
        requireEvidenceAt,
        tags,
        rules,
        environments,
        environment,
        terms);
  }

  /**
   * Rank of evidence, stronger is more.
   *
   * @throws IllegalArgumentException for a word that names no evidence
   */
  public static int strength(String evidence) {
    return switch (evidence) {
      case "replayed" -> 3;
      case "stub" -> 2;
      case "documents" -> 1;
      case "none" -> 0;
      default ->
          throw new IllegalArgumentException(
              "'" + evidence + "' is no evidence; expected replayed, stub or documents");
    };
  }
}
