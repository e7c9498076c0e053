package dev.codicil.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Location;
import dev.codicil.engine.config.Project;
import dev.codicil.engine.config.ProjectReader;
import dev.codicil.engine.config.WaiverReader;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Coverage;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.Gate;
import dev.codicil.verdict.GateAction;
import dev.codicil.verdict.Gating;
import dev.codicil.verdict.Outcome;
import dev.codicil.verdict.Policy;
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import dev.codicil.verdict.Waiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failed build says, and which waivers it honors. */
class FailureTextTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
  private static final Date NIGHT = Date.from(Instant.parse("2026-11-22T23:59:59Z"));

  private static Finding broken(int number) {
    Finding.Outcomes outcomes = new Finding.Outcomes(Outcome.HELD, null, true);
    return new Finding(
            "id" + number,
            FindingKind.BROKEN,
            true,
            "shop",
            "licenses",
            "a license \"" + number + "\"",
            "GET /licenses/{id}",
            0,
            List.of(),
            "",
            outcomes,
            outcomes,
            List.of(),
            "",
            "",
            "",
            "",
            List.of(),
            null)
        .gatedBy(
            new Gating(
                "aaaaaaaaa" + number,
                GateAction.FAIL,
                "default",
                "fail-on: broken",
                "replayed",
                "stub",
                List.of(),
                Set.of("shop"),
                null));
  }

  private static VerdictReport report(int findings) {
    Coverage coverage =
        new Coverage(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Map.of(),
            0,
            Map.of(),
            0,
            0,
            List.of(),
            List.of(),
            List.of(),
            Coverage.Nodes.NONE,
            List.of(),
            0,
            Coverage.Witnesses.NONE);
    return VerdictReport.of(
        List.of(
            new AmendmentVerdict(
                "rename",
                Verdict.FAIL,
                "stub",
                IntStream.range(0, findings).mapToObj(FailureTextTest::broken).toList(),
                List.of(),
                List.of(findings + " broken"),
                coverage,
                new Ledger(List.of()),
                1,
                0)));
  }

  @Test
  void aFailedBuildProposesAWaiverForEachFindingThatGates() {
    assertThat(FailureText.of(report(1), TODAY, "/x/report.html"))
        .isEqualTo(
            """
            contract amendment fails
              rename: 1 broken
              /x/report.html
              To let it pass for a while, fill in reason and owner, and add to codicil-waivers.yaml:
            - fingerprint: "aaaaaaaaa0"
              finding: "broken: shop -> licenses: a license \\"0\\", in calm"
              scope: { amendment: rename, consumers: [shop] }
              reason: ""  # why it need not gate
              owner: ""  # who answers for it
              expires: 2026-12-22""");
  }

  @Test
  void manyAreCounted() {
    String text = FailureText.of(report(8), TODAY, "/x/report.html");

    assertThat(text.lines().filter(line -> line.startsWith("- fingerprint"))).hasSize(3);
    assertThat(text).endsWith("\n# and 5 more; `codicil policy explain` lists them");
  }

  @Test
  void whatIsProposedIsReadOnceItIsFilledIn(@TempDir Path folder) throws Exception {
    String pasted =
        FailureText.of(report(2), TODAY, "/x/report.html")
            .lines()
            .dropWhile(line -> !line.startsWith("- "))
            .collect(Collectors.joining("\n"));
    Path file = folder.resolve(WaiverReader.FILE);
    Files.writeString(file, pasted);

    assertThat(catchThrowableOfType(InputException.class, () -> WaiverReader.read(folder, TODAY)))
        .hasMessageContaining("'reason' is blank");
    Files.writeString(file, pasted.replace("\"\"", "\"said\""));
    assertThat(WaiverReader.read(folder, TODAY))
        .extracting(Waiver::fingerprint)
        .containsExactly("aaaaaaaaa0", "aaaaaaaaa1");
  }

  @Test
  void aWaiverThatFailsTheGateIsNamed() {
    Waiver over =
        new Waiver(
            "aaaaaaaaa7",
            "x",
            null,
            Set.of("shop"),
            "why",
            "ada",
            TODAY.minusDays(1),
            new Location("codicil-waivers.yaml", 2, 3, ""));
    Gate gate = new Gate(Policy.DEFAULT, List.of(over), TODAY);

    assertThat(FailureText.reasons(VerdictReport.of(report(1).amendments(), gate, true)))
        .contains("codicil-waivers.yaml:2:3: the waiver expired on 2026-11-21");
  }

  private static void waivers(Path folder, String fingerprint) throws Exception {
    Files.writeString(
        folder.resolve(WaiverReader.FILE),
        """
        - fingerprint: "%s"
          finding: x
          scope: { consumers: [shop] }
          reason: why
          owner: ada
          expires: 2026-11-30
        """
            .formatted(fingerprint));
  }

  @Test
  void aModulesOwnWaiversComeBeforeThoseOfTheBuild(@TempDir Path root) throws Exception {
    Path folder = Files.createDirectories(root.resolve("shop"));
    Project module = ProjectReader.read(folder);
    waivers(root, "aaaaaaaaa1");

    Gate shared = Gates.of(module, root, NIGHT);
    assertThat(shared.today()).isEqualTo(TODAY);
    assertThat(shared.waivers()).extracting(Waiver::fingerprint).containsExactly("aaaaaaaaa1");
    assertThat(shared.policy().terms().unused()).isEqualTo(GateAction.TELL);

    waivers(folder, "aaaaaaaaa2");
    Gate own = Gates.of(module, root, NIGHT);
    assertThat(own.waivers()).extracting(Waiver::fingerprint).containsExactly("aaaaaaaaa2");
    assertThat(own.policy().terms().unused()).isEqualTo(GateAction.FAIL);
  }

  @Test
  void anEnvironmentThatIsNotDeclaredIsRefused() {
    assertThat(Gates.in(Policy.DEFAULT, null)).isEqualTo(Policy.DEFAULT);
    assertThat(
            catchThrowableOfType(InputException.class, () -> Gates.in(Policy.DEFAULT, "staging")))
        .hasMessageContaining("codicil.environment")
        .hasMessageContaining("staging");
  }
}
