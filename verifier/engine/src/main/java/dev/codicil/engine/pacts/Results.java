package dev.codicil.engine.pacts;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Location;
import dev.codicil.pactbroker.VerificationResult;
import dev.codicil.pactbroker.VerificationResult.Test;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict says about the pacts of a broker, in the broker's terms: whether the version of
 * the provider that was replayed honors each of them in calm. Faults are no part of a pact, so
 * storms decide nothing here.
 */
public final class Results {
  private Results() {}

  /**
   * What is known of one pact.
   *
   * @param pact which
   * @param result what is to be published; null when that is not known
   * @param why why it is not known; empty when it is
   */
  public record Result(BrokerRecord.Pact pact, @Nullable VerificationResult result, String why) {}

  /**
   * Which version is told about.
   *
   * @param provider version of the provider, such as a commit
   * @param branch it is on; null when it is on none
   * @param buildUrl where the build is to be seen; null when it is nowhere
   * @param verifier version of Codicil
   */
  public record Version(
      String provider, @Nullable String branch, @Nullable String buildUrl, String verifier) {}

  /**
   * Reads them from a verdict.
   *
   * <p>A success needs every interaction replayed against the real provider, and honored. A failure
   * needs one that was replayed and was not. All else is not known, and nothing is published.
   *
   * @throws InputException when the verdict is not that of the run which read these pacts
   */
  public static List<Result> of(AmendmentVerdict verdict, BrokerRecord read, Version version) {
    Map<String, Finding> calm = new HashMap<>();
    for (Finding finding : verdict.findings()) {
      if (finding.faults().isEmpty()) {
        calm.merge(finding.id(), finding, (one, other) -> other.step() > one.step() ? other : one);
      }
    }
    List<Result> results = new ArrayList<>();
    for (BrokerRecord.Pact pact : read.pacts()) {
      if (!verdict.coverage().notes().contains(pact.note())) {
        throw new InputException(
            Location.of(pact.path()),
            "the verdict is not that of the run which has read this pact",
            "run codicil verify again, and publish what it writes");
      }
      results.add(of(pact, calm, version));
    }
    return results;
  }

  private static Result of(BrokerRecord.Pact pact, Map<String, Finding> calm, Version version) {
    List<Test> tests = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (BrokerRecord.Interaction interaction : pact.interactions()) {
      Finding finding = interaction.stimulus() == null ? null : calm.get(interaction.stimulus());
      Outcome outcome = finding == null ? Outcome.UNKNOWN : finding.after().calm();
      String name = "'" + interaction.description() + "' ";
      if (finding == null) {
        unknown.add(name + "was not replayed");
      } else if (interaction.stubbed()) {
        unknown.add(name + "was answered by a stub, not by the provider");
      } else if (outcome == Outcome.UNKNOWN
          || outcome == Outcome.HELD && finding.kind() == FindingKind.INCONCLUSIVE) {
        unknown.add(name + "is inconclusive: " + finding.reason());
      } else {
        boolean held = outcome == Outcome.HELD;
        tests.add(
            new Test(interaction.id(), interaction.description(), held, held ? "" : told(finding)));
      }
    }
    boolean failed = tests.stream().anyMatch(test -> !test.success());
    if (pact.publication() == null) {
      return new Result(pact, null, "the broker offers no place for its results");
    }
    if (!failed && (tests.isEmpty() || !unknown.isEmpty())) {
      return new Result(
          pact, null, unknown.isEmpty() ? "there is no interaction in it" : summary(unknown));
    }
    return new Result(
        pact,
        new VerificationResult(
            !failed, version.provider(), version.buildUrl(), version.verifier(), tests),
        "");
  }

  private static String told(Finding finding) {
    String what = finding.nearMiss().isEmpty() ? finding.reason() : finding.nearMiss();
    return finding.after().calm() + (what.isEmpty() ? "" : ": " + what);
  }

  private static String summary(List<String> unknown) {
    return Objects.requireNonNull(unknown.get(0))
        + (unknown.size() == 1 ? "" : ", and " + (unknown.size() - 1) + " more");
  }
}
