package dev.codicil.report;

import dev.codicil.verdict.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each fault occurs in findings, for lines that stand for many. */
final class FaultCounts {
  private FaultCounts() {}

  /** {@code drop-field (7), latency}. */
  static String of(List<Finding> findings) {
    Map<String, Integer> counts = new TreeMap<>();
    findings.forEach(
        finding -> counts.merge(String.join(" + ", finding.faults()), 1, Integer::sum));
    return String.join(
        ", ",
        counts.entrySet().stream()
            .map(
                entry ->
                    entry.getKey() + (entry.getValue() == 1 ? "" : " (" + entry.getValue() + ")"))
            .toList());
  }
}
