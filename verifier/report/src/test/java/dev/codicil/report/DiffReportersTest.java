package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codicil.amendment.Comparison;
import dev.codicil.amendment.rule.ChangeRule;
import dev.codicil.amendment.rule.RuleCard;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffReportersTest {
  static RuleCard card(String id) {
    return Rules.builtIn().stream()
        .map(ChangeRule::card)
        .filter(card -> card.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static List<DiffReporter> reporters() {
    return DiffReporters.builtIn();
  }

  private static Schema schema(String file) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(Path.of(file)));
  }

  private static JsonNode json(DiffReporter reporter, Comparison comparison) throws IOException {
    return Json.mapper().readTree(reporter.render(comparison));
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void everyChangeAppears(DiffReporter reporter) {
    String text = reporter.render(DiffFixture.renamed());

    for (var stated : DiffFixture.renamed().changes()) {
      assertThat(text).contains(stated.change().rule());
      assertThat(text.replaceAll("\\s+", " ")).contains(stated.change().path());
    }
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void isFoundByItsId(DiffReporter reporter) {
    assertThat(DiffReporters.of(reporter.id())).containsSame(reporter);
    assertThat(DiffReporters.of("xml")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reporters")
  void sayForWhomItSpeaks(DiffReporter reporter) {
    assertThat(reporter.render(DiffFixture.renamed())).containsPattern("new.consumers");
    assertThat(reporter.render(DiffFixture.same())).isNotBlank();
  }

  @Test
  void jsonFitsItsSchema() throws IOException {
    Schema schema = schema("../../docs/diff.schema.json");
    for (Comparison comparison :
        List.of(DiffFixture.renamed(), DiffFixture.same(), DiffFixture.hostile())) {
      assertThat(schema.validate(json(new DiffJson(), comparison))).isEmpty();
    }
    assertThat(schema.validate(Json.mapper().readTree("{\"schema\":\"other/1\"}"))).isNotEmpty();
  }

  @Test
  void linesOfABatchFitTheirSchema() throws IOException {
    Schema schema = schema("../../docs/diff-batch.schema.json");
    for (String line :
        List.of(
            DiffJson.line("a", DiffFixture.renamed()),
            DiffJson.line("b", DiffFixture.same()),
            DiffJson.line(Fixture.HOSTILE, DiffFixture.hostile()),
            DiffJson.error("c", 3, "x.yaml: no such file"),
            DiffJson.error(null, 4, "line 4"))) {
      assertThat(line).doesNotContain("\n");
      assertThat(schema.validate(Json.mapper().readTree(line))).describedAs(line).isEmpty();
    }
    assertThat(schema.validate(Json.mapper().readTree("{\"name\":\"a\"}"))).isNotEmpty();
  }

  @Test
  void whomAChangeAffectsIsTold() throws IOException {
    JsonNode changes = json(new DiffJson(), DiffFixture.renamed()).path("changes");

    assertThat(changes.at("/0/affects/0/consumer").asText()).isEqualTo("checkout");
    assertThat(changes.at("/0/affects/0/interaction").asText()).isEqualTo("an active license");
    assertThat(changes.at("/0/affects/0/path").asText()).isEqualTo("$.body.validUntil");
    assertThat(changes.at("/0/affects/0/location/line").asInt()).isEqualTo(20);
    assertThat(changes.at("/0/affects/1/path").asText()).isEqualTo("body/validUntil");
    assertThat(changes.at("/0/witness/rejectedOn").asText()).isEqualTo("base");
    assertThat(changes.at("/1/witnessMissing").asText()).contains("expiresAt");
    assertThat(changes.at("/0/latent").asBoolean()).isFalse();
    assertThat(changes.at("/1/latent").asBoolean()).isTrue();
    assertThat(changes.at("/1/for").asText()).isEqualTo("new-consumers");
  }

  @Test
  void sarifHasTheStructureOfTheStandard() throws IOException {
    Schema schema = schema("src/test/resources/sarif-structure.schema.json");
    for (Comparison comparison :
        List.of(DiffFixture.renamed(), DiffFixture.same(), DiffFixture.hostile())) {
      assertThat(schema.validate(json(new DiffSarif(), comparison))).isEmpty();
    }
    JsonNode run = json(new DiffSarif(), DiffFixture.renamed()).at("/runs/0");
    for (JsonNode result : run.path("results")) {
      assertThat(run.at("/tool/driver/rules/" + result.path("ruleIndex").asInt() + "/id"))
          .isEqualTo(result.path("ruleId"));
    }
    assertThat(run.at("/tool/driver/rules/0/help/text").asText())
        .contains(card("field-removed").remedy());
  }

  @Test
  void fingerprintsStayWhenLinesMoveAndAreDistinct() throws IOException {
    List<String> here = fingerprints(DiffFixture.renamed());
    List<String> below = fingerprints(DiffFixture.moved(DiffFixture.renamed(), 17));

    assertThat(below).isEqualTo(here).doesNotHaveDuplicates().hasSize(4);
  }

  private static List<String> fingerprints(Comparison comparison) throws IOException {
    List<String> all = new ArrayList<>();
    json(new DiffSarif(), comparison)
        .at("/runs/0/results")
        .forEach(result -> all.add(result.at("/partialFingerprints/codicilChange~1v1").asText()));
    return all;
  }

  @Test
  void artifactsAreRelativeUris() {
    assertThat(Escape.uri("a b/ü?#%.yaml")).isEqualTo("a%20b/%C3%BC%3F%23%25.yaml");
    assertThat(Escape.uri("javascript:x")).isEqualTo("javascript%3Ax");
  }

  @Test
  void annotationsCannotBeBrokenOutOf() {
    String text = new DiffGithub().render(DiffFixture.hostile());

    assertThat(text.lines()).hasSize(3);
    assertThat(text.lines().filter(line -> line.startsWith("::"))).hasSize(2);
    String first = text.lines().findFirst().orElseThrow();
    assertThat(first).startsWith("::error file=").contains("%0A%3A%3Aerror file=a%3A%3Aowned%0A");
    assertThat(first.substring(first.indexOf("title="), first.indexOf("::", 2)))
        .doesNotContain(",");
    assertThat(Escape.commandProperty("50%, a:b\r\n")).isEqualTo("50%25%2C a%3Ab%0D%0A");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 400})
  void noMoreAnnotationsThanGithubShows(int each) {
    String text = new DiffGithub().render(DiffFixture.many(each));

    for (String level : List.of("::error ", "::warning ", "::notice ")) {
      assertThat(text.lines().filter(line -> line.startsWith(level))).hasSize(10);
    }
    String last = text.lines().reduce((a, b) -> b).orElseThrow();
    assertThat(last).startsWith(each * 3 + " changes");
    assertThat(last.contains((each - 10) * 3 + " not annotated")).isEqualTo(each > 10);
  }

  @Test
  void aCommentIsNotLongerThanGithubTakes() {
    String text = new DiffMarkdown().render(DiffFixture.many(2000));

    assertThat(text.length()).isLessThan(65_536);
    assertThat(text).containsPattern("and [0-9]+ more");
  }

  @Test
  void thePageLoadsNothingAndRunsNothing() {
    assertThat(new DiffHtml().render(DiffFixture.renamed()))
        .contains("default-src 'none'")
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("src=")
        .doesNotContain("http://")
        .doesNotContain("https://");
  }

  @Test
  void whatWasNotReadIsNeverGreen() {
    Comparison unread =
        new Comparison(
            List.of("a"),
            "b",
            DiffFixture.renamed().mode(),
            List.of(),
            null,
            DiffFixture.renamed().ledger());

    assertThat(new DiffHtml().render(unread))
        .contains("This is not a pass")
        .contains("hero unknown");
    assertThat(new DiffMarkdown().render(unread)).contains("This is not a pass");
    assertThat(new DiffGithub().render(unread))
        .contains("::warning title=Codicil::1 file not read");
    assertThat(new DiffSarif().render(unread)).contains("toolExecutionNotifications");
  }
}
