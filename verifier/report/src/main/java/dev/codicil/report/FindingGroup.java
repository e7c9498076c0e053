package dev.codicil.report;

import dev.codicil.experiment.SmallestCause;
import dev.codicil.verdict.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Findings that say the same of the same interaction, under different faults.
 *
 * @param findings at least one, in the order of the verdict
 */
record FindingGroup(List<Finding> findings) {
  FindingGroup {
    findings = List.copyOf(findings);
  }

  /** The one that is told in full. */
  Finding first() {
    return findings.get(0);
  }

  /** The smallest cause that was found for one of them, one line; empty when there is none. */
  String cause() {
    return findings.stream()
        .map(Finding::cause)
        .filter(Objects::nonNull)
        .map(SmallestCause::label)
        .findFirst()
        .orElse("");
  }

  /** The others. */
  List<Finding> others() {
    return findings.subList(1, findings.size());
  }

  /** Groups findings, keeping the order in which each group is first met. */
  static List<FindingGroup> of(List<Finding> findings) {
    Map<List<Object>, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding finding : findings) {
      List<Object> key =
          List.of(
              finding.kind(),
              finding.gates(),
              finding.consumer(),
              finding.provider(),
              finding.interaction(),
              finding.step(),
              finding.before(),
              finding.after(),
              finding.reason(),
              Wording.gate(finding),
              Wording.waiver(finding));
      groups.computeIfAbsent(key, same -> new ArrayList<>()).add(finding);
    }
    return groups.values().stream().map(FindingGroup::new).toList();
  }
}
