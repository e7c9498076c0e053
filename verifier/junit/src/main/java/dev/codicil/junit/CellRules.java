package dev.codicil.junit;

import dev.codicil.verdict.FindingKind;
import java.util.Set;

/**
 * How the cells of a test are run and judged.
 *
 * @param timeBudget a cell that takes longer hangs; a Go duration
 * @param failOn findings that fail the cell in which they show
 * @param sidesNamed whether cells are named by their side, which means nothing where there is one
 */
record CellRules(String timeBudget, Set<FindingKind> failOn, boolean sidesNamed) {
  CellRules {
    failOn = Set.copyOf(failOn);
  }

  static CellRules of(AmendmentTest declared) {
    return new CellRules(declared.timeBudget(), Set.of(declared.failOn()), true);
  }

  static CellRules of(Storm declared, boolean amended) {
    return new CellRules(declared.timeBudget(), Set.of(declared.failOn()), amended);
  }
}
