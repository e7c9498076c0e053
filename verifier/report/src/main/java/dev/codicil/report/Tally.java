package dev.codicil.report;

import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of findings. What gates counts as gating, and what is waived as waived, whatever its kind.
 */
final class Tally {
  private final Map<FindingKind, Integer> byKind = new EnumMap<>(FindingKind.class);
  private int gating;
  private int fragile;
  private int inconclusive;
  private int waived;

  Tally(List<AmendmentVerdict> amendments) {
    for (AmendmentVerdict amendment : amendments) {
      for (Finding finding : amendment.findings()) {
        byKind.merge(finding.kind(), 1, Integer::sum);
        if (finding.waived()) {
          waived++;
        } else if (finding.gates()) {
          gating++;
        } else if (finding.kind() == FindingKind.FRAGILE) {
          fragile++;
        } else if (finding.kind() == FindingKind.INCONCLUSIVE) {
          inconclusive++;
        }
      }
    }
  }

  Tally(AmendmentVerdict amendment) {
    this(List.of(amendment));
  }

  int gating() {
    return gating;
  }

  int fragile() {
    return fragile;
  }

  int inconclusive() {
    return inconclusive;
  }

  int waived() {
    return waived;
  }

  int of(FindingKind kind) {
    return byKind.getOrDefault(kind, 0);
  }
}
