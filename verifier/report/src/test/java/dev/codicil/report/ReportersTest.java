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
import dev.codicil.verdict.Verdict;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportersTest {
  static List<Reporter> reporters() {
    return Reporters.builtIn();
  }

  private static VerdictReport tame() {
    return VerdictReport.of(
        List.of(
            Fixture.renewalNote(),
            Fixture.expiryRenamed(),
            Fixture.partnerInLine(),
            Fixture.unstarted()));
  }

  /** Those that hold all; the others choose, see their own tests. */
  static List<Reporter> complete() {
    return Stream.concat(Reporters.always().stream(), Stream.of(new JUnitReporter(Check.ONLY)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void isFoundByItsId(Reporter reporter) {
    assertThat(Reporters.of(reporter.id(), Check.ONLY).map(Object::getClass))
        .isEqualTo(Optional.of(reporter.getClass()));
    assertThat(Reporters.ids()).contains(reporter.id());
    assertThat(Reporters.of("pdf", Check.ONLY)).isEmpty();
  }

  /** Nobody can tell that a report was made from verdict.json, and not where the run was. */
  @ParameterizedTest
  @MethodSource("reporters")
  void isTheSameFromTheVerdictThatWasWritten(Reporter reporter) {
    VerdictReport back = VerdictReader.read(Reporters.json().render(Fixture.report()), "x.json");

    assertThat(reporter.render(back)).isEqualTo(reporter.render(Fixture.report()));
  }

  @ParameterizedTest
  @MethodSource("complete")
  void everyFindingAppears(Reporter reporter) {
    String text = reporter.render(tame());
    tame()
        .amendments()
        .forEach(
            amendment -> {
              for (Finding finding : amendment.findings()) {
                assertThat(text).contains(finding.interaction());
                assertThat(text).contains(finding.replay());
                assertThat(text.replace("-&gt;", "->")).contains(finding.faultLabel());
              }
            });
  }

  @Test
  void theTerminalShowsEveryFindingThatIsNotCompatible() {
    String text = ConsoleReport.render(tame(), false, 200);
    tame().amendments().stream()
        .flatMap(amendment -> amendment.findings().stream())
        .filter(finding -> finding.kind() != FindingKind.COMPATIBLE)
        .forEach(
            finding -> {
              assertThat(text).contains(finding.interaction());
              finding.faults().forEach(fault -> assertThat(text).contains(fault));
            });
    assertThat(text).contains("compatible 2, not listed");
  }

  @Test
  void idsAndFilesAreDistinct() {
    assertThat(reporters()).extracting(Reporter::id).doesNotHaveDuplicates();
    assertThat(reporters()).extracting(Reporter::fileName).doesNotHaveDuplicates();
    assertThat(Reporters.always())
        .extracting(Reporter::fileName)
        .containsExactly("verdict.json", "report.md", "report.html");
  }

  @Test
  void theGoldenVerdictFitsItsSchema() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../../docs/verdict.schema.json")));
    JsonNode golden =
        Json.mapper().readTree(Files.readString(Path.of("src/test/resources/golden/verdict.json")));
    assertThat(schema.validate(golden)).isEmpty();
    assertThat(schema.validate(Json.mapper().readTree("{\"schema\":\"other/1\"}"))).isNotEmpty();
  }

  @Test
  void theVerdictIsReadBackAsItWas() throws IOException {
    JsonNode root = Json.mapper().readTree(Reporters.json().render(Fixture.report()));
    JsonNode lost = root.at("/amendments/2/findings/0");
    assertThat(lost.get("kind").textValue()).isEqualTo("resilience-lost");
    assertThat(lost.at("/after/storm").textValue()).isEqualTo("HUNG");
    assertThat(lost.at("/before/exposed").booleanValue()).isFalse();
    assertThat(root.at("/amendments/4/name").textValue()).isEqualTo(Fixture.HOSTILE);
    lost.get("evidence")
        .forEach(label -> assertThat(root.at("/amendments/2/cells").has(label.asText())).isTrue());
  }

  @Test
  void inconclusiveIsNeverGreen() {
    assertThat(Wording.tone(Verdict.INCONCLUSIVE)).isEqualTo("unknown");
    String text = ConsoleReport.render(VerdictReport.of(List.of(Fixture.unstarted())), true, 100);
    assertThat(text).contains("INCONCLUSIVE").doesNotContain("\u001b[32m").doesNotContain(";32m");
    assertThat(new HtmlReporter().render(VerdictReport.of(List.of(Fixture.unstarted()))))
        .contains("This is not a pass")
        .doesNotContain("class=\"badge good\"");
  }

  @Test
  void thePageLoadsNothingAndRunsNothingButItsFilter() throws NoSuchAlgorithmException {
    String page = new HtmlReporter().render(Fixture.report());
    assertThat(page.split("<script", -1)).as("one script, at the end").hasSize(2);
    String script = page.substring(page.indexOf("<script>") + 8, page.indexOf("</script>"));
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(script.getBytes(StandardCharsets.UTF_8)));
    assertThat(page)
        .contains("default-src 'none'; style-src 'unsafe-inline'")
        .contains("script-src 'sha256-" + hash + "'\">")
        .doesNotContain("<img")
        .doesNotContain("<link")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain(" src=")
        .doesNotContainPattern("<[a-z]+[^>]* on[a-z]+=")
        .doesNotContainPattern("href=\"[^#]");
  }

  @Test
  void thePageStaysSmallHoweverMuchWasFound() {
    Finding one = Fixture.partnerInLine().findings().get(0);
    List<Finding> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      many.add(
          new Finding(
              "e" + i,
              one.kind(),
              true,
              "consumer " + i,
              one.provider(),
              one.interaction(),
              one.operation(),
              0,
              one.faults(),
              one.faultLabel(),
              one.before(),
              one.after(),
              List.of(),
              one.nearMiss(),
              one.reason(),
              one.replay(),
              one.location(),
              one.evidence(),
              null));
    }
    AmendmentVerdict like = Fixture.partnerInLine();
    VerdictReport report =
        VerdictReport.of(
            List.of(
                new AmendmentVerdict(
                    "many",
                    Verdict.FAIL,
                    "replayed",
                    many,
                    List.of(),
                    List.of(),
                    like.coverage(),
                    like.ledger(),
                    1,
                    1)));
    String page = new HtmlReporter().render(report);
    assertThat(page).hasSizeLessThan(3_000_000).contains("class=\"brief\"");
    assertThat(page).contains("consumer 1999");
  }
}
