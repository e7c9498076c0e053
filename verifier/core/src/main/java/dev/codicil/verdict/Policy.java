package dev.codicil.verdict;

import java.util.Set;

/**
 * What fails an amendment.
 *
 * @param failOn kinds of findings that gate
 * @param requireEvidence weakest evidence that may pass: {@code replayed}, {@code stub} or {@code
 *     documents}
 */
public record Policy(Set<FindingKind> failOn, String requireEvidence) {
  /** {@code broken} and {@code resilience-lost} gate; a pass needs replayed evidence. */
  public static final Policy DEFAULT =
      new Policy(Set.of(FindingKind.BROKEN, FindingKind.RESILIENCE_LOST), "replayed");

  public Policy {
    failOn = Set.copyOf(failOn);
    strength(requireEvidence);
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
