package dev.codicil.verdict;

import dev.codicil.experiment.SmallestCause;
import dev.codicil.history.CellRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the judge says about one stimulus, in calm or under one fault set.
 *
 * @param id id of the experiment, or of the stimulus in calm
 * @param kind what it says
 * @param gates whether policy lets it fail the amendment
 * @param consumer who relies on it
 * @param provider who promises it
 * @param interaction what reviewers call it
 * @param operation {@code METHOD /path}
 * @param step index of the rollout step
 * @param faults ids of the faults; empty in calm
 * @param faultLabel one readable line, with the load when there is one; empty in calm
 * @param before outcomes before the step
 * @param after outcomes after the step
 * @param changes rules of the changes that touch it, as {@code RULE PATH}
 * @param nearMiss what was expected and what came, one line; empty when it held
 * @param reason why, in one sentence
 * @param replay command that runs it again
 * @param location contract or probe it belongs to, {@code file:line:column}
 * @param evidence the cells behind it
 * @param cause the smallest cause that was found; null when none was looked for
 * @param load latencies before against after; null for what was replayed once
 * @param recovery how long it took back to the steady state, before against after; null when that
 *     is not worth telling
 * @param gating why it gates or does not; null for what speaks for the amendment
 * @param impact what it costs; null when it costs nothing, or nobody declared what it would
 */
public record Finding(
    String id,
    FindingKind kind,
    boolean gates,
    String consumer,
    String provider,
    String interaction,
    String operation,
    int step,
    List<String> faults,
    String faultLabel,
    Outcomes before,
    Outcomes after,
    List<String> changes,
    String nearMiss,
    String reason,
    String replay,
    String location,
    List<CellRecord> evidence,
    @Nullable SmallestCause cause,
    @Nullable LoadComparison load,
    @Nullable RecoveryComparison recovery,
    @Nullable Gating gating,
    @Nullable FindingImpact impact) {
  public Finding {
    faults = List.copyOf(faults);
    changes = List.copyOf(changes);
    evidence = List.copyOf(evidence);
  }

  /** A finding whose costs nobody declared. */
  public Finding(
      String id,
      FindingKind kind,
      boolean gates,
      String consumer,
      String provider,
      String interaction,
      String operation,
      int step,
      List<String> faults,
      String faultLabel,
      Outcomes before,
      Outcomes after,
      List<String> changes,
      String nearMiss,
      String reason,
      String replay,
      String location,
      List<CellRecord> evidence,
      @Nullable SmallestCause cause,
      @Nullable LoadComparison load,
      @Nullable RecoveryComparison recovery,
      @Nullable Gating gating) {
    this(
        id,
        kind,
        gates,
        consumer,
        provider,
        interaction,
        operation,
        step,
        faults,
        faultLabel,
        before,
        after,
        changes,
        nearMiss,
        reason,
        replay,
        location,
        evidence,
        cause,
        load,
        recovery,
        gating,
        null);
  }

  /** A finding about which no policy has decided in words. */
  public Finding(
      String id,
      FindingKind kind,
      boolean gates,
      String consumer,
      String provider,
      String interaction,
      String operation,
      int step,
      List<String> faults,
      String faultLabel,
      Outcomes before,
      Outcomes after,
      List<String> changes,
      String nearMiss,
      String reason,
      String replay,
      String location,
      List<CellRecord> evidence,
      @Nullable SmallestCause cause,
      @Nullable LoadComparison load,
      @Nullable RecoveryComparison recovery) {
    this(
        id,
        kind,
        gates,
        consumer,
        provider,
        interaction,
        operation,
        step,
        faults,
        faultLabel,
        before,
        after,
        changes,
        nearMiss,
        reason,
        replay,
        location,
        evidence,
        cause,
        load,
        recovery,
        null);
  }

  /** A finding about what was replayed once. */
  public Finding(
      String id,
      FindingKind kind,
      boolean gates,
      String consumer,
      String provider,
      String interaction,
      String operation,
      int step,
      List<String> faults,
      String faultLabel,
      Outcomes before,
      Outcomes after,
      List<String> changes,
      String nearMiss,
      String reason,
      String replay,
      String location,
      List<CellRecord> evidence,
      @Nullable SmallestCause cause) {
    this(
        id,
        kind,
        gates,
        consumer,
        provider,
        interaction,
        operation,
        step,
        faults,
        faultLabel,
        before,
        after,
        changes,
        nearMiss,
        reason,
        replay,
        location,
        evidence,
        cause,
        null,
        null);
  }

  /** The same finding, with what was measured under load. */
  public Finding withLoad(LoadComparison comparison, String missed) {
    return with(gates, missed, comparison, recovery, gating, impact);
  }

  /** The same finding, with how long it took to be well again. */
  public Finding withRecovery(RecoveryComparison measured) {
    return with(gates, nearMiss, load, measured, gating, impact);
  }

  /** The same finding, with what it costs. */
  public Finding costing(FindingImpact cost) {
    return with(gates, nearMiss, load, recovery, gating, cost);
  }

  /** The same finding, with what policy and waivers decide about it. */
  public Finding gatedBy(Gating decision) {
    boolean decides = decision.action() == GateAction.FAIL && !decision.waived();
    return with(decides, nearMiss, load, recovery, decision, impact);
  }

  private Finding with(
      boolean gates,
      String nearMiss,
      @Nullable LoadComparison load,
      @Nullable RecoveryComparison recovery,
      @Nullable Gating gating,
      @Nullable FindingImpact impact) {
    return new Finding(
        id,
        kind,
        gates,
        consumer,
        provider,
        interaction,
        operation,
        step,
        faults,
        faultLabel,
        before,
        after,
        changes,
        nearMiss,
        reason,
        replay,
        location,
        evidence,
        cause,
        load,
        recovery,
        gating,
        impact);
  }

  /** Whether a waiver keeps it from deciding anything. */
  public boolean waived() {
    return gating != null && gating.waived();
  }

  /**
   * Outcomes of a row of the 2 x 2.
   *
   * @param calm outcome in calm
   * @param storm outcome in storm; null for calm findings
   * @param exposed whether the faults could reach this side; when not, storm is calm
   */
  public record Outcomes(Outcome calm, @Nullable Outcome storm, boolean exposed) {}
}
