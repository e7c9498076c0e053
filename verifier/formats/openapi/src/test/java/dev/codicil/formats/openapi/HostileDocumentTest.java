package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Shape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileDocumentTest {
  private static MemorySource document(String schema, String schemas) {
    return document("3.0.3", schema, schemas);
  }

  private static MemorySource document(String version, String schema, String schemas) {
    return MemorySource.of(
        "api/a.yaml",
        "openapi: "
            + version
            + "\npaths: {/a: {get: {responses: {'200': {content: {application/json: {schema: "
            + schema
            + "}}}}}}}\ncomponents: {schemas: {"
            + schemas
            + "}}\n");
  }

  private static List<String> problems(MemorySource source) {
    return source.reading("api/a.yaml").problems().stream().map(Problem::message).toList();
  }

  private static Shape body(Reading reading) {
    Shape shape = interaction(reading).responses().get(0).body().content().get("application/json");
    assertThat(shape).isNotNull();
    return shape;
  }

  private static HttpInteraction interaction(Reading reading) {
    return reading.contract().http().get(0);
  }

  private static List<Mismatch> check(Reading reading, String json) {
    return interaction(reading)
        .expectation()
        .check(
            new HttpRequest("GET", "/a", Headers.NONE, Payload.EMPTY),
            new HttpReply(200, Headers.of("content-type", "application/json"), Payload.of(json)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://evil.example/x.yaml  | nothing is fetched
          //evil.example/x.yaml        | nothing is fetched
          file:///etc/passwd           | nothing is fetched
          C:/windows/x.yaml            | nothing is fetched
          /etc/passwd                  | outside of the contracts' root
          ../../x.yaml                 | outside of the contracts' root
          %2e%2e/%2e%2e/x.yaml         | outside of the contracts' root
          x\\..\\y.yaml                | outside of the contracts' root
          missing.yaml                 | there is no such file
          broken.yaml                  | not well-formed YAML
          %zz.yaml                     | badly percent-encoded
          '#/components/schemas/Missing' | leads nowhere
          '#anchor'                    | names an anchor
          """)
  void referencesThatCannotBeFollowedAreToldOnTheirLine(String ref, String reason) {
    MemorySource source =
        document("{$ref: \"" + ref.replace("\\", "\\\\") + "\"}", "")
            .with("api/broken.yaml", "a: [");

    Reading reading = source.reading("api/a.yaml");

    assertThat(reading.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains(reason))
        .satisfies(problem -> assertThat(problem.location().line()).isEqualTo(2));
    assertThat(body(reading).node().unread()).containsExactly("$ref");
    assertThat(check(reading, "{}")).isEmpty();
  }

  @Test
  void referencesThatOnlyLeadInACircleAreTold() {
    assertThat(
            problems(
                document(
                    "{$ref: '#/components/schemas/A'}",
                    "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}")))
        .isNotEmpty()
        .allSatisfy(message -> assertThat(message).contains("leads back to itself"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0.3", "3.1.0"})
  void schemasMadeOfThemselvesAreReadAndJudgedInFiniteTime(String version) {
    Reading reading =
        document(
                version,
                "{$ref: '#/components/schemas/A'}",
                "A: {allOf: [{$ref: '#/components/schemas/A'},"
                    + " {properties: {x: {allOf: [{$ref: '#/components/schemas/A'}]}}}]},"
                    + " B: {anyOf: [{$ref: '#/components/schemas/B'}]}")
            .reading("api/a.yaml");

    Shape.Property x = body(reading).node().properties().get("x");

    assertThat(x).isNotNull();
    assertThat(x.shape().node().properties()).containsKey("x");
    assertThat(check(reading, "{}"))
        .extracting(Mismatch::expected)
        .containsExactly("a schema that can be judged");
  }

  @Test
  void longChainsOfReferencesDoNotExhaustTheStack() {
    StringBuilder schemas = new StringBuilder("S0: {type: string}");
    for (int i = 1; i < 5_000; i++) {
      schemas.append(", S").append(i).append(": {allOf: [{$ref: '#/components/schemas/S");
      schemas.append(i - 1).append("'}]}");
    }
    Reading reading =
        document("{$ref: '#/components/schemas/S4999'}", schemas.toString()).reading("api/a.yaml");

    assertThat(reading.problems()).isEmpty();
    assertThat(body(reading).node().types()).hasSize(1);
    assertThat(check(reading, "1")).hasSize(1);
  }

  @Test
  void deepSchemasAreRead() {
    int depth = 240;
    String schema = "{\"items\":".repeat(depth) + "{\"type\":\"string\"}" + "}".repeat(depth);
    Reading reading = document(schema, "").reading("api/a.yaml");

    assertThat(check(reading, "[".repeat(depth) + "1" + "]".repeat(depth)))
        .containsExactly(new Mismatch("body" + "/0".repeat(depth), "string", "integer 1"));
  }

  @Test
  void patternsThatBacktrackWithoutEndGiveUp() {
    Reading reading = document("{type: string, pattern: '^(a|aa)+$'}", "").reading("api/a.yaml");

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(check(reading, "\"" + "a".repeat(5_000) + "b\""))
                .extracting(Mismatch::expected)
                .containsExactly("a match found in time"));
  }

  @Test
  void patternsAndTypesThatAreNoneAreTold() {
    assertThat(
            problems(
                document(
                    "{type: text, pattern: '(', patternProperties: {'[': {}},"
                        + " multipleOf: 1.55e-999, properties: {a: 5, b: {type: [string, 1]}}}",
                    "")))
        .hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999"})
  void hugeNumbersAreNotCalculatedWith(String number) {
    Reading reading = document("{multipleOf: 3, type: number}", "").reading("api/a.yaml");

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThat(check(reading, number))
                .extracting(Mismatch::actual)
                .containsExactly("a number beyond that"));
  }

  @Test
  void malformedKeywordsAreNamedAndDoNotConstrain() {
    Reading reading =
        document(
                "{minLength: x, maxLength: 99999999999999999999, minimum: [], required: true,"
                    + " properties: 5, allOf: {}, enum: 7, oneOf: []}",
                "")
            .reading("api/a.yaml");

    assertThat(body(reading).node().unread()).containsExactly("minimum", "minLength");
    assertThat(body(reading).node().maxLength()).isEqualTo(Integer.MAX_VALUE);
    assertThat(check(reading, "{}")).isEmpty();
  }

  @Test
  void documentsOf400KilobytesAreReadAsAWhole() {
    StringBuilder text = new StringBuilder("openapi: 3.0.3\npaths:\n");
    for (int i = 0; i < 1_500; i++) {
      text.append("  /resources").append(i).append("/{id}:\n    get:\n      parameters:\n");
      text.append("        - {name: id, in: path, required: true, schema: {type: string}}\n");
      text.append("      responses:\n        '200':\n          description: ok\n");
      text.append("          content: {application/json: {schema: ");
      text.append("{$ref: '#/components/schemas/R").append(i).append("'}}}\n");
    }
    text.append("components:\n  schemas:\n");
    for (int i = 0; i < 1_500; i++) {
      text.append("    R").append(i).append(": {type: object, properties: {next: ");
      text.append("{$ref: '#/components/schemas/R").append((i * 7 + 1) % 1_500).append("'}}}\n");
    }
    assertThat(text.length()).isGreaterThan(400_000);

    Reading reading = MemorySource.of("big.yaml", text.toString()).reading("big.yaml");

    assertThat(reading.contract().interactions()).hasSize(1_500);
    assertThat(reading.problems()).isEmpty();
  }
}
