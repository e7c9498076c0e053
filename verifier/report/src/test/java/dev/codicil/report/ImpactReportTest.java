package dev.codicil.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports say of costs; written anew with {@code -Dcodicil.golden=write}. */
class ImpactReportTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/impact");
  private static final Map<String, Supplier<String>> OUTPUTS =
      Map.of(
          "console.txt",
          () -> ConsoleReport.render(ImpactFixture.report(), false, 100),
          "report.md",
          () -> new MarkdownReporter().render(ImpactFixture.report()));

  @ParameterizedTest
  @ValueSource(strings = {"console.txt", "report.md"})
  void isAsTheGoldenFile(String name) throws IOException {
    String actual = Objects.requireNonNull(OUTPUTS.get(name)).get();
    if (System.getProperty("codicil.golden", "").equals("write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(FOLDER.resolve(name)));
  }

  @Test
  void theSentenceSaysWhoLosesHowMuchUnderWhat() {
    assertThat(ImpactText.of(ImpactFixture.single().amendments().get(0).findings().get(0)))
        .isEqualTo(
            "checkout hangs for 8 % of orders under slow-partner, about 12,400 EUR an hour at the"
                + " declared volume (nothing before)");
  }

  @Test
  void theTotalStandsInTheFirstLines() {
    String told = "Impact: adds about 12,400 EUR an hour to losses under slow-partner: latency";
    String markdown = new MarkdownReporter().render(ImpactFixture.single());
    String page = new HtmlReporter().render(ImpactFixture.single());
    String comment = new GithubCommentReporter(Check.ONLY).render(ImpactFixture.single());

    assertThat(markdown.substring(0, 500)).contains(told);
    assertThat(comment.substring(0, 500)).contains(told);
    assertThat(page.substring(page.indexOf("<section class=\"hero"), page.indexOf("</section>")))
        .contains(told);
  }

  @Test
  void theDearestAmendmentIsNamedFirst() {
    assertThat(ImpactText.headlines(ImpactFixture.report()))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("partner-in-line: adds about 12,400"),
            second ->
                assertThat(second)
                    .endsWith(
                        "no loss added that is known of, and up to 1,230 EUR an hour with"
                            + " what is unknown"));
  }

  @Test
  void theVerdictFitsItsSchemaAndIsExact() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../../docs/verdict.schema.json")));
    JsonNode root = Json.mapper().readTree(Reporters.json().render(ImpactFixture.report()));

    assertThat(schema.validate(root)).isEmpty();
    assertThat(root.at("/amendments/1/impact/worst/added").textValue()).isEqualTo("12416");
    assertThat(root.at("/amendments/0/impact/atMost").textValue()).isEqualTo("1234.5");
    assertThat(root.at("/amendments/0/findings/0/impact/flows/0/after").isNull()).isTrue();
    assertThat(root.at("/amendments/0/findings/0/impact/flows/0/added").isNull()).isTrue();
  }

  @Test
  void everyReportCanBeMadeFromTheVerdictAlone() {
    String json = Reporters.json().render(ImpactFixture.single());

    assertThat(Reporters.json().render(VerdictReader.read(json, "verdict.json"))).isEqualTo(json);
    assertThat(ConsoleReport.render(VerdictReader.read(json, "verdict.json"), false, 100))
        .isEqualTo(ConsoleReport.render(ImpactFixture.single(), false, 100));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lots", "1e999999999", "0x10", "", "--1"})
  void anAmountThatIsNoneIsOneClearError(String amount) {
    String json =
        Reporters.json().render(ImpactFixture.single()).replace("\"12416\"", "\"" + amount + "\"");

    assertThatThrownBy(() -> VerdictReader.read(json, "verdict.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected an amount as decimal text");
  }

  @Test
  void hostileNamesStayText() {
    String page =
        new HtmlReporter()
            .render(ImpactFixture.report(Fixture.HOSTILE, Fixture.HOSTILE, Fixture.HOSTILE));
    String plain = new HtmlReporter().render(ImpactFixture.report());
    String console =
        ConsoleReport.render(
            ImpactFixture.report(Fixture.HOSTILE, Fixture.HOSTILE, Fixture.HOSTILE), false, 100);

    assertThat(count(page, "<script")).isEqualTo(count(plain, "<script"));
    assertThat(count(page, "<img")).isEqualTo(count(plain, "<img"));
    assertThat(console).doesNotContain("\u001b");
  }

  private static int count(String text, String part) {
    return text.split(part, -1).length - 1;
  }
}
