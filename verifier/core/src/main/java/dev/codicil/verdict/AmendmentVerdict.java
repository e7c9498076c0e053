package dev.codicil.verdict;

import dev.codicil.amendment.Change;
import dev.codicil.contract.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The judge's answer for one amendment.
 *
 * @param name of the amendment
 * @param verdict pass, fail or inconclusive
 * @param evidence {@code replayed}, {@code stub}, {@code documents} or {@code none}
 * @param findings all findings, worst first; compatible ones last
 * @param changes differences of the documents, worst first
 * @param reasons why the verdict is not a pass, one sentence each; empty for a pass
 * @param coverage how much was looked at
 * @param ledger files found and loaded
 * @param seed of all draws
 * @param millis wall time of the run
 * @param witnesses what came of the message that shows each breaking change, in the order of the
 *     changes; empty when nobody asked
 * @param gate what it had of policy and waivers; null when nobody asked
 * @param impact what it costs; null when nobody declared what failing costs
 */
public record AmendmentVerdict(
    String name,
    Verdict verdict,
    String evidence,
    List<Finding> findings,
    List<Change> changes,
    List<String> reasons,
    Coverage coverage,
    Ledger ledger,
    long seed,
    long millis,
    List<WitnessResult> witnesses,
    @Nullable GateUse gate,
    @Nullable AmendmentImpact impact) {
  public AmendmentVerdict {
    findings = List.copyOf(findings);
    changes = List.copyOf(changes);
    reasons = List.copyOf(reasons);
    witnesses = List.copyOf(witnesses);
  }

  /** What is told of each breaking change's witness, by index of the change. */
  public Map<Integer, WitnessResult> witnessByChange() {
    Map<Integer, WitnessResult> byChange = new HashMap<>();
    witnesses.forEach(witness -> byChange.put(witness.change(), witness));
    return byChange;
  }

  /** The verdict as it would be without waivers. */
  public Verdict unwaived() {
    return gate == null ? verdict : gate.unwaived();
  }

  /** A verdict that does not say what it costs. */
  public AmendmentVerdict(
      String name,
      Verdict verdict,
      String evidence,
      List<Finding> findings,
      List<Change> changes,
      List<String> reasons,
      Coverage coverage,
      Ledger ledger,
      long seed,
      long millis,
      List<WitnessResult> witnesses,
      @Nullable GateUse gate) {
    this(
        name, verdict, evidence, findings, changes, reasons, coverage, ledger, seed, millis,
        witnesses, gate, null);
  }

  /** A verdict that does not say what it had of policy and waivers. */
  public AmendmentVerdict(
      String name,
      Verdict verdict,
      String evidence,
      List<Finding> findings,
      List<Change> changes,
      List<String> reasons,
      Coverage coverage,
      Ledger ledger,
      long seed,
      long millis,
      List<WitnessResult> witnesses) {
    this(
        name, verdict, evidence, findings, changes, reasons, coverage, ledger, seed, millis,
        witnesses, null);
  }

  /** A verdict of an amendment in which no change is shown. */
  public AmendmentVerdict(
      String name,
      Verdict verdict,
      String evidence,
      List<Finding> findings,
      List<Change> changes,
      List<String> reasons,
      Coverage coverage,
      Ledger ledger,
      long seed,
      long millis) {
    this(
        name, verdict, evidence, findings, changes, reasons, coverage, ledger, seed, millis,
        List.of());
  }
}
