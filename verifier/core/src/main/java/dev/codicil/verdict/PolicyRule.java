package dev.codicil.verdict;

import dev.codicil.amendment.Severity;
import dev.codicil.contract.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy: which findings it is about, and what it decides. Of the rules that gate the
 * first one that matches decides a finding; of those that ask for evidence the first one that
 * matches decides an interaction.
 *
 * @param number from 1, as it stands in the file
 * @param consumer pattern of who relies on it; null for anybody
 * @param provider pattern of who promises it; null for anybody
 * @param tag name of a tag of the policy; null for any interaction
 * @param interaction pattern of names or operations; null for any
 * @param amendment pattern of the amendment's name; null for any
 * @param environment where it holds; null for everywhere
 * @param findings kinds it is about; empty for all that speak against an amendment but {@code
 *     inconclusive}, which a rule has to name
 * @param change pattern of the id of a change rule: one of the changes that touch the interaction
 *     was found by it; null for any
 * @param severity the worst severity of the changes that touch it; null for any
 * @param gate what it decides; null for a rule that asks for evidence
 * @param requireEvidence weakest evidence that may pass; null for a rule that gates
 * @param location where it is written
 */
public record PolicyRule(
    int number,
    @Nullable InteractionPattern consumer,
    @Nullable InteractionPattern provider,
    @Nullable String tag,
    @Nullable InteractionPattern interaction,
    @Nullable InteractionPattern amendment,
    @Nullable String environment,
    Set<FindingKind> findings,
    @Nullable InteractionPattern change,
    @Nullable Severity severity,
    @Nullable GateAction gate,
    @Nullable String requireEvidence,
    Location location) {
  /** Kinds that speak against an amendment, and that a policy can decide about. */
  public static final Set<FindingKind> DECIDED =
      Set.of(
          FindingKind.BROKEN,
          FindingKind.RESILIENCE_LOST,
          FindingKind.FRAGILE,
          FindingKind.INCONCLUSIVE);

  public PolicyRule {
    findings = Set.copyOf(findings);
    if ((gate == null) == (requireEvidence == null)) {
      throw new IllegalArgumentException("a rule either gates or asks for evidence");
    }
    if (requireEvidence != null) {
      Policy.strength(requireEvidence);
    }
    if (!DECIDED.containsAll(findings)) {
      throw new IllegalArgumentException("nothing is decided about " + findings);
    }
  }

  /** Whether it is about findings of this kind. */
  boolean about(FindingKind kind) {
    return findings.isEmpty() ? kind != FindingKind.INCONCLUSIVE : findings.contains(kind);
  }

  /** What it selects, one line: {@code consumer checkout, tag critical}. */
  public String selects() {
    List<String> words = new ArrayList<>();
    add(words, "consumer", consumer == null ? null : consumer.text());
    add(words, "provider", provider == null ? null : provider.text());
    add(words, "tag", tag);
    add(words, "interaction", interaction == null ? null : interaction.text());
    add(words, "amendment", amendment == null ? null : amendment.text());
    add(words, "environment", environment);
    add(words, "rule", change == null ? null : change.text());
    add(words, "severity", severity == null ? null : severity.name().toLowerCase(Locale.ROOT));
    return words.isEmpty() ? "everything" : String.join(", ", words);
  }

  private static void add(List<String> words, String key, @Nullable String value) {
    if (value != null) {
      words.add(key + " " + value);
    }
  }

  /** The whole rule, one line: {@code rule 2 (tag critical): broken, fragile: fail}. */
  public String label() {
    return "rule "
        + number
        + " ("
        + selects()
        + "): "
        + (requireEvidence != null
            ? "requires evidence: " + requireEvidence
            : (findings.isEmpty() ? "" : kinds(findings) + ": ") + (gate == null ? "" : gate.id()));
  }

  /** Kinds in the order of their severity, worst first. */
  static String kinds(Set<FindingKind> kinds) {
    Set<FindingKind> ordered = new LinkedHashSet<>();
    for (FindingKind kind : FindingKind.values()) {
      if (kinds.contains(kind)) {
        ordered.add(kind);
      }
    }
    return ordered.isEmpty()
        ? "nothing"
        : ordered.stream().map(FindingKind::id).collect(Collectors.joining(", "));
  }
}
