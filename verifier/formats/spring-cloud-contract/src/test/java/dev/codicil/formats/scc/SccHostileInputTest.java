package dev.codicil.formats.scc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.DocumentReader;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SccHostileInputTest {
  private static final HttpRequest GET = new HttpRequest("GET", "/x", Headers.NONE, Payload.EMPTY);

  private static List<String> problems(Reading reading) {
    return reading.problems().stream()
        .map(problem -> problem.location() + ": " + problem.message())
        .toList();
  }

  private static String contract(String request, String response) {
    return "request: { method: GET, url: /x "
        + request
        + " }\nresponse: { status: 200 "
        + response
        + " }\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request: { method: GET, url: /x\nresponse: { status: 200 }\n",
        "request: {}\n  response: {}\n",
        "request: {}\nrequest: {}\nresponse: {}\n",
        "request: *nowhere\nresponse: {}\n",
      })
  void malformedYamlIsAnErrorAtItsLineAndNotSkipped(String text) {
    assertThatThrownBy(() -> Fixtures.read(text))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("(?s)contracts/scc/licenses/shop/a.yaml:[1-9].*");
  }

  @Test
  void aMalformedDocumentAmongOthersIsNotSkipped() {
    String good = contract("", "");

    assertThatThrownBy(() -> Fixtures.read(good + "---\n" + good + "---\nrequest: [\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a.yaml:");
  }

  @Test
  void tenThousandLevelsAreRefusedAtTheirPlace() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThatThrownBy(() -> Fixtures.read(contract("", ", body: " + deep)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("nested deeper than");
  }

  @Test
  void tenThousandLevelsInsideOfATextAreRefusedAtTheBody() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String json = ", headers: { Content-Type: application/json }, body: '" + deep + "'";

    assertThat(problems(Fixtures.read(contract("", json))))
        .containsExactly(Fixtures.FILE + ":2:72: the body is declared as JSON and is not");
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 100})
  void arraysOfArraysAreReadAndJudged(int levels) {
    String deep = "[".repeat(levels) + "1" + "]".repeat(levels);
    HttpInteraction interaction =
        Fixtures.read(contract("", ", body: " + deep)).contract().http().get(0);

    assertThat(check(interaction, deep)).isEmpty();
    assertThat(check(interaction, deep.replace("1", "2"))).isNotEmpty();
  }

  @Test
  void fourHundredLevelsAreReadAndHeld() {
    String deep = "[".repeat(400) + "1" + "]".repeat(400);

    assertThat(check(Fixtures.read(contract("", ", body: " + deep)).contract().http().get(0), deep))
        .isEmpty();
  }

  private static List<Mismatch> check(HttpInteraction interaction, String body) {
    HttpReply reply =
        new HttpReply(200, Headers.of("content-type", "application/json"), Payload.of(body));
    return interaction.expectation().check(GET, reply);
  }

  @Test
  void aliasesThatExplodeAreRefused() {
    StringBuilder text = new StringBuilder("metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      text.append("  a" + i + ": &a" + i + " [" + (before + ", ").repeat(9) + before + "]\n");
    }

    assertThatThrownBy(() -> Fixtures.read(text + contract("", "")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("aliases");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../../../../../etc/passwd | leads out of the contracts between shop and licenses",
        "../other/secret.json      | leads out of the contracts between shop and licenses",
        "a/../../../.env           | leads out of the contracts between shop and licenses",
        "/etc/passwd               | is no relative path with forward slashes",
        "'C:\\x.json'              | is no relative path with forward slashes",
        "'http://host/x.json'      | is no relative path with forward slashes",
        "gone.json                 | the file 'contracts/scc/licenses/shop/gone.json' cannot be read",
        "'{}'                      | the file 'contracts/scc/licenses/shop/{}' cannot be read",
        "''                        | must be a non-empty string, but is blank",
      })
  void filesOfBodiesStayAmongTheContracts(String path, String complaint) {
    for (String key : List.of("bodyFromFile", "bodyFromFileAsBytes")) {
      Reading reading =
          Fixtures.read(
              new Fixtures.Texts(
                  "here",
                  Map.of(
                      Fixtures.FILE,
                      "name: n\n"
                          + contract("", ", " + key + ": \"" + path.replace("\\", "\\\\") + "\""),
                      "contracts/scc/licenses/other/secret.json",
                      "{}",
                      ".env",
                      "SECRET=1")),
              Fixtures.FILE);

      assertThat(reading.contract().interactions()).isEmpty();
      assertThat(problems(reading)).singleElement().asString().contains(complaint);
      assertThat(reading.problems())
          .extracting(problem -> problem.location().line())
          .containsExactly(3);
    }
  }

  @Test
  void aMalformedFileOfABodyIsNamedAtItsOwnLine() {
    Reading reading =
        Fixtures.read(
            new Fixtures.Texts(
                "here",
                Map.of(
                    Fixtures.FILE,
                    contract(
                        "", ", headers: { Content-Type: application/json }, bodyFromFile: b.json"),
                    Fixtures.FOLDER + "b.json",
                    "{\n \"a\": }")),
            Fixtures.FILE);

    assertThat(reading.problems())
        .singleElement()
        .extracting(Problem::location)
        .hasToString(Fixtures.FOLDER + "b.json:2:7");
  }

  @Test
  void unknownKeysAreProblemsAtTheirPlaceOnEveryLevel() {
    Reading reading =
        Fixtures.read(
            """
            wrong1: 1
            request:
              method: GET
              url: /x
              wrong2: 1
              matchers:
                wrong3: 1
                headers:
                  - { key: A, regex: a, wrong4: 1 }
                body:
                  - { path: $.a, type: by_type, wrong5: 1 }
              headers: { A: a }
              body: { a: 1 }
            response:
              status: 200
              wrong6: 1
              matchers: { wrong7: 1, url: { regex: x } }
            """);

    assertThat(problems(reading))
        .filteredOn(problem -> problem.contains("is not known here"))
        .hasSize(8)
        .allMatch(
            problem -> problem.matches("(?s).*a.yaml:[0-9]+:[0-9]+: the key '(wrong[1-7]|url)'.*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status: 20                        | status must be a number from 100 to 599",
        "status: 1e999                     | status must be a number from 100 to 599",
        "status: 99999999999999999999      | status must be a number from 100 to 599",
        "status: \"200\"                   | status must be a number from 100 to 599",
        "status: 200, headers: { a b: x}   | is no header name",
        "status: 200, headers: { a: { } }  | a must be a string, but is an object",
        "status: 200, body: 1, bodyFromFile: x | there are two bodies; keep one",
      })
  void whatCannotBeReplayedIsNamed(String response, String complaint) {
    Reading reading =
        Fixtures.read("request: { method: GET, url: /x }\nresponse: { " + response + " }\n");

    assertThat(reading.contract().interactions()).isEmpty();
    assertThat(problems(reading)).singleElement().asString().contains(":2:").contains(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ path: $.a, type: by_regex, value: '(' }      | the regular expression is malformed",
        "{ path: $.a, type: by_regex }                  | must have a value or predefined",
        "{ path: $.a, type: by_regex, predefined: any } | is no predefined expression",
        "{ path: $.a, type: by_type, minOccurrence: 1 } | only arrays have occurrences",
        "{ path: $.l, type: by_type, minOccurrence: -1 } | must be a count of items",
        "{ path: $.l, type: by_type, maxOccurrence: 99999999999 } | must be a count of items",
        "{ path: a, type: by_type }                     | is not understood; expected fields",
        "{ path: $.a.., type: by_type }                 | is not understood; expected fields",
        "{ type: by_type }                              | path must be a non-empty string",
        "by_type                                        | must be an object",
      })
  void matchersThatSayNothingAreNamed(String matcher, String complaint) {
    Reading reading =
        Fixtures.read(
            contract("", ", body: { a: x, l: [1] }, matchers: { body: [ " + matcher + " ] }"));

    assertThat(problems(reading)).singleElement().asString().contains(":2:").contains(complaint);
  }

  @Test
  void hugeNumbersAreKeptAsTheyAre() {
    String digits = "9".repeat(300);
    HttpInteraction interaction =
        Fixtures.read(contract("", ", body: { n: " + digits + ", f: 1e400 }"))
            .contract()
            .http()
            .get(0);

    assertThat(check(interaction, "{\"n\": " + digits + ", \"f\": 1e400}")).isEmpty();
    assertThat(check(interaction, "{\"n\": 1" + digits + ", \"f\": 1e400}")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"request\": {\"method\": \"GET\"}, \"response\": {\"status\": 200}} | true",
        "[1, {\"request\": {}, \"response\": {}}]                           | true",
        "{\"label\": \"x\", \"outputMessage\": null}                          | true",
        "{\"input\": {\"triggeredBy\": \"x()\"}}                              | true",
        "{\"request\": {\"urlPattern\": \"/x\"}, \"response\": {}}            | false",
        "{\"request\": {}, \"response\": {\"jsonBody\": {}}}                  | false",
        "{\"request\": 1}                                                  | false",
        "{\"openapi\": \"3.0.0\", \"request\": {}, \"response\": {}}          | false",
        "[]                                                              | false",
        "null                                                            | false",
        "7                                                               | false",
      })
  void contractsAreRecognizedByContentAndStubsOfWireMockAreNot(String text, boolean ours) {
    assertThat(
            new SccFormat()
                .recognizes(
                    DocumentReader.readAll("a.yaml", text.getBytes(StandardCharsets.UTF_8))))
        .isEqualTo(ours);
  }
}
