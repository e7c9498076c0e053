package dev.codicil.engine;

import dev.codicil.chaos.Durations;
import dev.codicil.engine.config.AmendmentSpec;
import dev.codicil.engine.config.AmendmentSpec.ExpectedFinding;
import dev.codicil.experiment.SmallestCause;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.Gating;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a verdict to what the amendment declares: no more, and no less. What is declared is about
 * the amendment, and not about what was decided to bear for a while: findings count as they were
 * before waivers.
 */
public final class Expected {
  private static final long TOLERANCE_PERCENT = 5;

  private Expected() {}

  /**
   * What is not as declared, one sentence each; empty when all is.
   *
   * @param spec the amendment, with or without a declared verdict
   * @param verdict what came out
   */
  public static List<String> surprises(AmendmentSpec spec, AmendmentVerdict verdict) {
    AmendmentSpec.Expect expect = spec.expect();
    String name = spec.name();
    if (expect == null) {
      return List.of(name + ": declares no expected verdict under 'expect'");
    }
    List<String> surprises = new ArrayList<>();
    if (expect.verdict() != verdict.unwaived()) {
      surprises.add(
          name + ": expected " + expect.verdict().id() + ", was " + verdict.unwaived().id());
    }
    for (ExpectedFinding wanted : expect.findings()) {
      if (verdict.findings().stream().noneMatch(finding -> fits(wanted, finding))) {
        surprises.add(name + ": expected but not found: " + wanted.label());
      }
    }
    for (Finding finding : verdict.findings()) {
      boolean weighs =
          finding.gates() || finding.kind() == FindingKind.INCONCLUSIVE || decides(finding);
      if (weighs && expect.findings().stream().noneMatch(wanted -> fits(wanted, finding))) {
        surprises.add(
            name
                + ": found but not expected: "
                + new ExpectedFinding(
                        finding.kind().id(),
                        finding.consumer(),
                        finding.interaction(),
                        finding.faults(),
                        failsFrom(finding))
                    .label());
      }
    }
    return surprises;
  }

  private static boolean decides(Finding finding) {
    Gating gating = finding.gating();
    return gating != null && gating.action() != GateAction.TELL;
  }

  private static boolean fits(ExpectedFinding wanted, Finding finding) {
    return wanted.kind().equals(finding.kind().id())
        && wanted.consumer().equals(finding.consumer())
        && wanted.interaction().equals(finding.interaction())
        && (wanted.faults() == null || wanted.faults().equals(finding.faults()))
        && (wanted.failsFrom() == null || isNear(wanted.failsFrom(), failsFrom(finding)));
  }

  private static boolean isNear(Duration wanted, @Nullable Duration found) {
    return found != null
        && found.minus(wanted).abs().toNanos() * 100 <= wanted.toNanos() * TOLERANCE_PERCENT;
  }

  private static @Nullable Duration failsFrom(Finding finding) {
    SmallestCause cause = finding.cause();
    SmallestCause.Threshold threshold = cause == null ? null : cause.threshold();
    return threshold == null ? null : Durations.parse(threshold.failsFrom());
  }
}
