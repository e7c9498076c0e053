package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codicil.contract.Json;
import dev.codicil.verdict.AmendmentVerdict;
import dev.codicil.verdict.Finding;
import dev.codicil.verdict.FindingKind;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SarifReporterTest {
  private static final Reporter SARIF = new SarifReporter(Check.ONLY);

  private static JsonNode run(Reporter reporter, VerdictReport report) throws IOException {
    return Json.mapper().readTree(reporter.render(report)).at("/runs/0");
  }

  /** The schema of the OASIS standard, as published; see its own title. */
  private static Schema published() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
        .getSchema(Files.readString(Path.of("src/test/resources/sarif-2.1.0.schema.json")));
  }

  @Test
  void fitsThePublishedSchema() throws IOException {
    Schema schema = published();
    for (VerdictReport report :
        List.of(
            Fixture.report(),
            VerdictReport.of(List.of()),
            VerdictReport.of(List.of(Fixture.hostile())))) {
      assertThat(schema.validate(Json.mapper().readTree(SARIF.render(report)))).isEmpty();
    }
    for (var comparison : List.of(DiffFixture.renamed(), DiffFixture.hostile())) {
      assertThat(schema.validate(Json.mapper().readTree(new DiffSarif().render(comparison))))
          .isEmpty();
    }
    assertThat(schema.validate(Json.mapper().readTree("{\"version\":\"2.1.0\",\"runs\":[{}]}")))
        .isNotEmpty();
  }

  @Test
  void everyResultHasARuleWithHelpAndALine() throws IOException {
    JsonNode run = run(SARIF, Fixture.report());

    assertThat(run.path("results")).isNotEmpty();
    for (JsonNode result : run.path("results")) {
      JsonNode rule = run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertThat(place.at("/artifactLocation/uri").asText()).isNotEmpty();
      assertThat(place.at("/region/startLine").asInt()).isPositive();
    }
    for (JsonNode rule : run.at("/tool/driver/rules")) {
      if (rule.path("id").asText().equals("broken")) {
        assertThat(rule.at("/help/text").asText()).contains(FindingText.advice(FindingKind.BROKEN));
      }
    }
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id")).contains("broken", "fragile");
  }

  @Test
  void theLineIsThatOfTheContract() throws IOException {
    JsonNode broken =
        run(SARIF, VerdictReport.of(List.of(Fixture.expiryRenamed()))).at("/results/0");

    assertThat(broken.path("ruleId").asText()).isEqualTo("broken");
    assertThat(broken.path("level").asText()).isEqualTo("error");
    JsonNode place = broken.at("/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText())
        .isEqualTo("contracts/pact/checkout-license-authority.json");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(12);
    assertThat(place.at("/region/startColumn").asInt()).isEqualTo(5);
    assertThat(broken.at("/relatedLocations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(40);
  }

  @Test
  void aChangeThatGatesIsAResultAndASafeOneIsNot() throws IOException {
    JsonNode results =
        run(SARIF, VerdictReport.of(List.of(Fixture.expiryRenamed()))).path("results");

    assertThat(results.findValuesAsText("ruleId"))
        .contains("reply-field-removed")
        .doesNotContain("reply-field-added");
    results.forEach(
        result -> {
          if (result.path("ruleId").asText().equals("reply-field-removed")) {
            assertThat(result.path("level").asText()).isEqualTo("error");
          }
        });
  }

  @Test
  void pathsBeginAtTheRootOfTheRepository() throws IOException {
    Reporter below = new SarifReporter(new Check("portal", "samples/portal"));
    JsonNode run = run(below, VerdictReport.of(List.of(Fixture.expiryRenamed())));

    assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("samples/portal/contracts/pact/checkout-license-authority.json");
    assertThat(run.at("/automationDetails/id").asText()).isEqualTo("codicil/portal/");
    assertThat(fingerprints(below, Fixture.report()))
        .isEqualTo(fingerprints(SARIF, Fixture.report()));
  }

  @Test
  void fingerprintsKnowNothingOfWordingSeedLineOrOrder() throws IOException {
    List<String> here = fingerprints(SARIF, Fixture.report());

    assertThat(here).doesNotHaveDuplicates();
    assertThat(fingerprints(SARIF, changed(found -> found, 7, false))).isEqualTo(here);
    assertThat(fingerprints(SARIF, changed(SarifReporterTest::reworded, 1, false))).isEqualTo(here);
    assertThat(fingerprints(SARIF, changed(found -> found, 1, true)))
        .containsExactlyInAnyOrderElementsOf(here)
        .isNotEqualTo(here);
  }

  private static Finding reworded(Finding f) {
    return new Finding(
        f.id(),
        f.kind(),
        f.gates(),
        f.consumer(),
        f.provider(),
        f.interaction(),
        f.operation(),
        f.step(),
        f.faults(),
        f.faultLabel(),
        f.before(),
        f.after(),
        f.changes(),
        "said otherwise: " + f.nearMiss(),
        "for another reason",
        f.replay() + " --project x",
        f.location().replaceAll(":([0-9]+):", ":9$1:"),
        f.evidence(),
        f.cause(),
        f.load(),
        f.recovery());
  }

  private static VerdictReport changed(UnaryOperator<Finding> how, long seed, boolean turned) {
    List<AmendmentVerdict> amendments = new ArrayList<>();
    for (AmendmentVerdict one : Fixture.report().amendments()) {
      List<Finding> findings = new ArrayList<>(one.findings().stream().map(how).toList());
      if (turned) {
        Collections.reverse(findings);
      }
      amendments.add(
          new AmendmentVerdict(
              one.name(),
              one.verdict(),
              one.evidence(),
              findings,
              one.changes(),
              one.reasons(),
              one.coverage(),
              one.ledger(),
              seed,
              one.millis(),
              one.witnesses()));
    }
    return VerdictReport.of(amendments);
  }

  private static List<String> fingerprints(Reporter reporter, VerdictReport report)
      throws IOException {
    List<String> all = new ArrayList<>();
    run(reporter, report)
        .path("results")
        .forEach(
            result -> result.path("partialFingerprints").forEach(one -> all.add(one.asText())));
    return all;
  }

  @Test
  void whatWasNotReadAndWhatIsCutIsTold() throws IOException {
    JsonNode unread = run(SARIF, VerdictReport.of(List.of(Fixture.unstarted())));
    assertThat(unread.at("/invocations/0/toolExecutionNotifications").toString())
        .contains("contracts/pact/b.json");

    VerdictReport many = Many.findings(SarifReporter.MOST_RESULTS + 7);
    JsonNode cut = run(SARIF, many);
    assertThat(cut.path("results")).hasSize(SarifReporter.MOST_RESULTS);
    assertThat(cut.at("/invocations/0/toolExecutionNotifications/0/message/text").asText())
        .startsWith("7 results more");
  }
}
