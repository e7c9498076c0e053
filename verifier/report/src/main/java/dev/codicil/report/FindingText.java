package dev.codicil.report;

import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.chaos.fault.Faults;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.WitnessResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is told of a finding wherever there is room for a few lines. Not escaped. */
final class FindingText {
  private FindingText() {}

  /** {@code resilience lost: an active license}: what an annotation is called. */
  static String title(Finding finding) {
    return Wording.title(finding.kind()) + ": " + finding.interaction();
  }

  /** Who, where, what was missed and how it ended, in one sentence. */
  static String sentence(Finding finding) {
    StringBuilder text = new StringBuilder(Wording.pair(finding)).append(", ");
    text.append(finding.interaction()).append(", ").append(Wording.weather(finding)).append(": ");
    if (!finding.nearMiss().isEmpty()) {
      text.append(finding.nearMiss()).append("; ");
    } else if (!finding.reason().isEmpty()) {
      text.append(finding.reason()).append("; ");
    }
    return text.append(Wording.fourCells(finding)).toString();
  }

  /** What there is to tell, by label, in the order in which it is told; nothing is empty. */
  static Map<String, String> facts(Finding finding, String cause) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("relies on", Wording.pair(finding));
    facts.put("operation", finding.operation());
    facts.put("under", Wording.weather(finding));
    facts.put("outcome", Wording.fourCells(finding));
    facts.put("impact", ImpactText.of(finding));
    facts.put("load", Wording.load(finding));
    facts.put("well again", Wording.recovery(finding));
    facts.put("near miss", finding.nearMiss());
    facts.put("smallest cause", cause);
    facts.put("why", finding.reason());
    facts.put("changes", String.join("; ", finding.changes()));
    facts.put("a good service", goodService(finding));
    facts.put("at", finding.location());
    facts.put("replay", finding.replay());
    facts.values().removeIf(String::isEmpty);
    return facts;
  }

  static Map<String, String> facts(Finding finding) {
    SmallestCause cause = finding.cause();
    return facts(finding, cause == null ? "" : cause.label());
  }

  /** What the cards of the faults say that a good service does. */
  private static String goodService(Finding finding) {
    boolean advised =
        finding.kind() == FindingKind.RESILIENCE_LOST || finding.kind() == FindingKind.FRAGILE;
    return advised
        ? finding.faults().stream()
            .distinct()
            .flatMap(fault -> Faults.byId(fault).stream())
            .map(fault -> fault.card().goodService())
            .distinct()
            .collect(Collectors.joining(" "))
        : "";
  }

  /** What to do about a kind of finding, in a sentence or two. */
  static String advice(FindingKind kind) {
    return switch (kind) {
      case BROKEN ->
          "Keep what the consumer relies on, or change the consumer first. The near miss names the"
              + " place; the replay command shows both replies.";
      case RESILIENCE_LOST ->
          "Give the amended side what the base had under the same faults: a time limit, a fallback,"
              + " a check of what it is sent. The replay command runs these faults again.";
      case INCONCLUSIVE ->
          "Make it decidable: start what did not start, add the state, example or probe that is"
              + " missing, or raise the budget. It is not a pass.";
      case FRAGILE ->
          "Not the amendment's doing. It fails under these faults before and after; mend it when"
              + " you are there.";
      case FIXED, HARDENED, ADDED, COMPATIBLE -> "Nothing to do.";
    };
  }

  /** Whether what is told of a finding is more than that all is well. */
  static boolean told(Finding finding) {
    return Wording.loud(finding) || finding.kind() == FindingKind.FRAGILE;
  }

  /** Whether the verdict goes wrong because of this document change. What is safe never is. */
  static boolean gates(Change change, AmendmentVerdict amendment) {
    if (change.severity() == Severity.SAFE) {
      return false;
    }
    String named = (change.rule() + " " + change.path()).trim();
    boolean shown =
        amendment.witnesses().stream()
            .filter(witness -> amendment.changes().get(witness.change()) == change)
            .anyMatch(witness -> witness.kind() == WitnessResult.Kind.BROKEN);
    return amendment.findings().stream()
            .anyMatch(finding -> finding.gates() && finding.changes().contains(named))
        || shown && amendment.findings().stream().anyMatch(Finding::gates);
  }

  /** The document changes that a reviewer is told at their lines: what gates, and what breaks. */
  static List<Change> told(AmendmentVerdict amendment) {
    return ChangesText.sorted(amendment.changes()).stream()
        .filter(change -> change.severity() == Severity.BREAKING || gates(change, amendment))
        .toList();
  }

  /** A change, what it touches, and the message that shows it. */
  static String sentence(Change change) {
    String witness = DiffWording.witness(change);
    return DiffWording.sentence(change)
        + " ("
        + ChangesText.touches(change)
        + ")"
        + (witness.isEmpty() ? "" : "; " + witness);
  }

  /** Why an amendment does not pass although none of its findings says so; null otherwise. */
  static @Nullable String untold(AmendmentVerdict amendment) {
    boolean told =
        amendment.findings().stream()
            .anyMatch(
                finding ->
                    finding.gates()
                        || finding.kind() == FindingKind.INCONCLUSIVE
                            && amendment.verdict() == Verdict.INCONCLUSIVE);
    if (told || amendment.verdict() == Verdict.PASS) {
      return null;
    }
    return amendment.reasons().isEmpty()
        ? "the verdict is " + amendment.verdict().id()
        : String.join("; ", amendment.reasons());
  }
}
