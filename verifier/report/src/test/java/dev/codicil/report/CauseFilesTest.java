package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.chaos.profile.ProfileReader;
import dev.codicil.contract.DocumentReader;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.VerdictReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CauseFilesTest {
  @Test
  void aCauseIsKeptAsAProfileAndATest() {
    Map<String, String> files = CauseFiles.of(report(Fixture.partnerInLine()));

    assertThat(files).containsOnlyKeys("cause-p-latency.yaml", "Causep-latencyTest.java");
    assertThat(text(files, "cause-p-latency.yaml"))
        .contains(
            "#   codicil verify --amendment partner-in-line --profiles cause-p-latency\n",
            "edges: [\"license-authority->partner\"]\n",
            "    parameters: { latency: 1190ms }\n");
    assertThat(
            ProfileReader.read(
                    DocumentReader.read(
                        "cause-p-latency.yaml",
                        text(files, "cause-p-latency.yaml").getBytes(StandardCharsets.UTF_8)))
                .entries())
        .hasSize(1);
    assertThat(text(files, "Causep-latencyTest.java"))
        .contains(
            "new ProcessBuilder(\"codicil\", \"verify\", \"--amendment\", \"partner-in-line\","
                + " \"--profiles\", \"cause-p-latency\")");
  }

  @Test
  void causesThatAreToldTwiceAreKeptOnce() {
    AmendmentVerdict one = Fixture.partnerInLine();

    assertThat(CauseFiles.of(report(one))).hasSize(2);
    assertThat(one.findings()).filteredOn(finding -> finding.cause() != null).isNotEmpty();
  }

  @Test
  void hostileNamesStayTextInBothFiles() {
    AmendmentVerdict plain = Fixture.partnerInLine();
    List<Finding> hostile =
        plain.findings().stream()
            .map(
                f ->
                    new Finding(
                        f.id(),
                        f.kind(),
                        f.gates(),
                        "*/ }\n",
                        f.provider(),
                        "\\u002a/ System.exit(1);\nversion: 2",
                        f.operation(),
                        f.step(),
                        f.faults(),
                        f.faultLabel(),
                        f.before(),
                        f.after(),
                        f.changes(),
                        f.nearMiss(),
                        f.reason(),
                        "codicil replay x --amendment \"a\\",
                        f.location(),
                        f.evidence(),
                        f.cause()))
            .toList();
    AmendmentVerdict verdict =
        new AmendmentVerdict(
            plain.name(),
            plain.verdict(),
            plain.evidence(),
            hostile,
            plain.changes(),
            plain.reasons(),
            plain.coverage(),
            plain.ledger(),
            plain.seed(),
            plain.millis());

    Map<String, String> files = CauseFiles.of(report(verdict));

    String test = text(files, "Causep-latencyTest.java");
    assertThat(test).containsOnlyOnce("*/").doesNotContain("\\u002a");
    assertThat(test).contains("\"\\\"a\\\\\"");
    assertThat(
            ProfileReader.read(
                DocumentReader.read(
                    "p.yaml",
                    text(files, "cause-p-latency.yaml").getBytes(StandardCharsets.UTF_8))))
        .isNotNull();
  }

  private static String text(Map<String, String> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static VerdictReport report(AmendmentVerdict verdict) {
    return VerdictReport.of(List.of(verdict));
  }
}
