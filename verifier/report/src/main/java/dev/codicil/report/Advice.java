package dev.codicil.report;

import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.verdict.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the cards say to those who have to mend a finding. */
final class Advice {
  private static final Map<String, String> REMEDIES =
      Rules.builtIn().stream()
          .map(ChangeRule::card)
          .collect(Collectors.toUnmodifiableMap(card -> card.id(), card -> card.remedy()));

  private Advice() {}

  /** What a good service does under the finding's faults; empty in calm. */
  static String underFaults(Finding finding) {
    Set<String> sentences = new LinkedHashSet<>();
    finding
        .faults()
        .forEach(
            id -> Faults.byId(id).ifPresent(fault -> sentences.add(fault.card().goodService())));
    return String.join(" ", sentences);
  }

  /** How changes of these rules are made safely, a sentence a rule. */
  static List<String> forChanges(List<String> changes) {
    List<String> told = new ArrayList<>();
    changes.stream()
        .map(change -> change.split(" ", 2)[0])
        .distinct()
        .map(REMEDIES::get)
        .filter(remedy -> remedy != null && !remedy.isEmpty())
        .forEach(told::add);
    return told;
  }

  /** How a change of a rule is made safely; empty for a rule that is not known. */
  static String forRule(String rule) {
    return REMEDIES.getOrDefault(rule, "");
  }
}
