package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codicil.contract.Json;
import dev.codicil.verdict.VerdictReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports say of policy and waivers; written anew with {@code -Dcodicil.golden=write}. */
class GateReportTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/gate");
  private static final Map<String, Supplier<String>> OUTPUTS =
      Map.of(
          "console.txt",
          () -> ConsoleReport.render(GateFixture.report(), false, 100),
          "report.md",
          () -> new MarkdownReporter().render(GateFixture.report()),
          "policy.txt",
          () ->
              PolicyText.render(
                  GateFixture.report(), GateFixture.policy(), finding -> true, false, 100));

  @ParameterizedTest
  @ValueSource(strings = {"console.txt", "report.md", "policy.txt"})
  void isAsTheGoldenFile(String name) throws IOException {
    String actual = Objects.requireNonNull(OUTPUTS.get(name)).get();
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(FOLDER.resolve(name)));
  }

  @Test
  void theVerdictFitsItsSchemaAndHasEveryDecision() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../../docs/verdict.schema.json")));
    JsonNode root = Json.mapper().readTree(Reporters.json().render(GateFixture.report()));

    assertThat(schema.validate(root)).isEmpty();
    assertThat(root.at("/verdict").asText()).isEqualTo("fail");
    assertThat(root.at("/gate/environment").asText()).isEqualTo("staging");
    assertThat(root.at("/gate/waivers").findValuesAsText("state"))
        .containsExactly("applied", "expired", "opened", "unused");
    assertThat(root.at("/amendments/0/findings/0/gates").asBoolean()).isFalse();
    assertThat(root.at("/amendments/0/findings/0/gate/waiver/state").asText()).isEqualTo("applied");
    assertThat(root.at("/amendments/0/findings/0/fingerprint").asText()).isEqualTo("aaaaaaaaa1");
  }

  @Test
  void thePageTellsOfWaiversAndRunsNothing() {
    String page = new HtmlReporter().render(GateFixture.report());

    assertThat(page)
        .contains("<h2 id=\"waivers\">Waivers</h2>")
        .contains("Warnings about policy")
        .contains("expired, fails the gate, 1 day over")
        .contains("waived by ada until 2026-12-22 (30 days left)")
        .doesNotContain("<script>alert");
  }

  @Test
  void whatPassesByAWaiverIsNotCalledAsGoodAsBefore() {
    VerdictReport passing = VerdictReport.of(List.of(GateFixture.report().amendments().get(0)));

    assertThat(Wording.impact(passing)).startsWith("1 finding is waived. But for that: ");
  }
}
