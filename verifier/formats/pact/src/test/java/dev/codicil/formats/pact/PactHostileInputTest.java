package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.codicil.contract.ContractFormat.Problem;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.InputException;
import dev.codicil.contract.Json;
import dev.codicil.contract.SourceDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PactHostileInputTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "5",
        "{\"consumer\": {}, \"provider\": {}}",
        "{\"consumer\": {}, \"interactions\": []}",
        "{\"openapi\": \"3.0.0\", \"paths\": {}}",
        "{\"consumer\": {}, \"provider\": {}, \"metadata\": 5}",
        "{\"consumer\": {}, \"provider\": {}, \"metadata\": {\"version\": 3}}"
      })
  void whatIsNoPactIsNotClaimed(String text) {
    assertThat(new PactFormat().recognizes(Fixtures.parse(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"interactions\": []",
        "\"messages\": []",
        "\"metadata\": {\"pactSpecification\": {\"version\": \"3.0.0\"}}",
        "\"metadata\": {\"pact-specification\": {}}",
        "\"metadata\": {\"pactSpecificationVersion\": \"2.0.0\"}"
      })
  void aPactIsKnownByItsContent(String half) {
    SourceDocument document =
        Fixtures.parse(
            "{\"consumer\": {\"name\": \"c\"}, \"provider\": {\"name\": \"p\"}, " + half + "}");
    assertThat(new PactFormat().recognizes(document)).isTrue();
    assertThat(Fixtures.read(document).contract().interactions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"consumer": 5, "provider": {"name": "p"}, "interactions": []} | /consumer | consumer must be an object, but is an integer
          {"consumer": {}, "provider": {"name": "p"}, "interactions": []} | /consumer/name | name must be a non-empty string, but is missing
          {"consumer": {"name": "c"}, "provider": {"name": " "}, "interactions": []} | /provider/name | name must be a non-empty string, but is blank
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": {}} | /interactions | interactions must be an array, but is an object
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": null} | /interactions | interactions must be an array, but is null
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "messages": "x"} | /messages | messages must be an array, but is a string
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": [], "metadata": []} | /metadata | metadata must be an object, but is an array
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": [], "metadata": {"pactSpecification": {"version": "5.0"}}} | /metadata/pactSpecification/version | Pact specification version '5.0' is not read; expected 1 to 4
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": [], "metadata": {"pactSpecification": {"version": "banana"}}} | /metadata/pactSpecification/version | Pact specification version 'banana' is not read; expected 1 to 4
          {"consumer": {"name": "c"}, "provider": {"name": "p"}, "interactions": [], "metadata": {"pactSpecificationVersion": "99999999999"}} | /metadata/pactSpecificationVersion | Pact specification version '99999999999' is not read; expected 1 to 4
          """)
  void aFileThatCannotBeReadAtAllIsOneLocatedError(String text, String pointer, String what) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Fixtures.read(Fixtures.parse(text)))
        .satisfies(
            error -> {
              assertThat(error.location().pointer()).isEqualTo(pointer);
              assertThat(error.location().line()).isEqualTo(1);
              assertThat(error.what()).isEqualTo(what);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          5 | /interactions/0 | 0 must be an object, but is an integer
          {"description": null, "request": {}, "response": {}} | /interactions/0/description | description must be a non-empty string, but is null
          {"description": ["d"], "request": {}, "response": {}} | /interactions/0/description | description must be a non-empty string, but is an array
          {"description": "d", "response": {}} | /interactions/0/request | request must be an object, but is missing
          {"description": "d", "request": {}, "response": []} | /interactions/0/response | response must be an object, but is an array
          {"description": "d", "request": {}, "response": {"status": -1}} | /interactions/0/response/status | status must be a number from 100 to 599, but is -1
          {"description": "d", "request": {}, "response": {"status": 1e400}} | /interactions/0/response/status | status must be a number from 100 to 599, but is 1E+400
          {"description": "d", "request": {}, "response": {"status": "ok"}} | /interactions/0/response/status | status must be a number from 100 to 599, but is "ok"
          {"description": "d", "request": {"method": 5}, "response": {}} | /interactions/0/request/method | method must be a string, but is an integer
          {"description": "d", "request": {"method": "GET /\\r\\n"}, "response": {}} | /interactions/0/request/method | 'GET /  ' is no HTTP method
          {"description": "d", "request": {"path": "http://elsewhere/"}, "response": {}} | /interactions/0/request/path | the path 'http://elsewhere/' must begin with '/'
          {"description": "d", "request": {"query": "a=%zz"}, "response": {}} | /interactions/0/request/query | '%zz' is not percent-encoded
          {"description": "d", "request": {"query": [1]}, "response": {}} | /interactions/0/request/query | query must be an object, but is an array
          {"description": "d", "request": {"headers": {"a b": "c"}}, "response": {}} | /interactions/0/request/headers/a b | 'a b' is no header name
          {"description": "d", "request": {"headers": {"X": "a\\r\\nEvil: 1"}}, "response": {}} | /interactions/0/request/headers/X | a header value must not have control characters
          {"description": "d", "request": {"headers": {"X": {}}}, "response": {}} | /interactions/0/request/headers/X | X must be a string, but is an object
          {"description": "d", "request": {"headers": {"X": "1", "x": "2"}}, "response": {}} | /interactions/0/request/headers/x | the header 'x' stands twice
          {"description": "d", "providerState": {}, "request": {}, "response": {}} | /interactions/0/providerState | providerState must be a string, but is an object
          {"description": "d", "providerStates": ["s"], "request": {}, "response": {}} | /interactions/0/providerStates/0 | 0 must be an object, but is a string
          {"description": "d", "request": {"matchingRules": []}, "response": {}} | /interactions/0/request/matchingRules | matchingRules must be an object, but is an array
          """)
  void anInteractionThatCannotBeUsedIsALocatedProblem(
      String interaction, String pointer, String message) {
    Reading reading = Fixtures.pact("3.0.0", interaction);
    assertThat(reading.contract().interactions()).isEmpty();
    assertThat(reading.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.location().pointer()).isEqualTo(pointer);
              assertThat(problem.message()).isEqualTo(message);
            });
  }

  @Test
  void oneBadInteractionDoesNotHideTheOthers() {
    Reading reading =
        Fixtures.pact(
            "2.0.0",
            "null",
            "{\"description\": \"good\", \"request\": {}, \"response\": {}}",
            "[]");
    assertThat(reading.contract().http()).extracting("key").containsExactly("good");
    assertThat(reading.contract().http().get(0).operation()).isEqualTo("GET /");
    assertThat(reading.problems())
        .extracting(problem -> problem.location().pointer())
        .containsExactly("/interactions/0", "/interactions/2");
  }

  @Test
  void duplicateKeysAndDepthAreRefusedBeforeReading() {
    assertThatThrownBy(() -> Fixtures.parse("{\"consumer\": {\"name\": \"a\", \"name\": \"b\"}}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("name");
    String deep =
        "{\"description\": \"d\", \"request\": {}, \"response\": {\"body\": "
            + "[".repeat(100_000)
            + "]".repeat(100_000)
            + "}}";
    assertThatThrownBy(() -> Fixtures.pact("3.0.0", deep)).isInstanceOf(InputException.class);
  }

  @Test
  void theDeepestBodyThatIsReadBecomesAShapeAndIsJudged() {
    String body = "[".repeat(480) + "]".repeat(480);
    var http = Fixtures.answering("{\"status\": 200, \"body\": " + body + "}");
    var exemplar = http.exemplars().get(0);
    assertThat(exemplar.reply()).isNotNull();
    assertThat(http.expectation().check(exemplar.request(), exemplar.reply())).isEmpty();
  }

  @Test
  void markupAndTerminalCodesInNamesAreKeptAsData() {
    Reading reading =
        Fixtures.pact(
            "3.0.0",
            "{\"description\": \"<script>\\u001b[31m\", \"request\": {\"path\": \"/../\\u0000<b>\"},"
                + " \"response\": {}}");
    var http = reading.contract().http().get(0);
    assertThat(http.description()).isEqualTo("<script>\u001b[31m");
    assertThat(http.path()).isEqualTo("/../%00%3Cb%3E");
  }

  @Test
  void unknownMatchersAndBadBoundsAreProblemsAtTheirLine() {
    Reading reading =
        Fixtures.pact(
            "3.0.0",
            """
            {"description": "d", "request": {}, "response": {"body": [1], "matchingRules": {
              "body": {
                "$": {"matchers": [{"match": "type", "min": -1}]},
                "$[0]": {"matchers": "none"},
                "$.x[": {"matchers": []},
                "$.y": {"matchers": [{"match": 5}], "combine": "XOR"}}}}}""");
    assertThat(reading.problems())
        .extracting(Problem::message)
        .containsExactly(
            "min must be a count of items",
            "matchers must be an array, but is a string",
            "'$.x[' is no path expression; expected it to begin '$'",
            "match must be a string, but is an integer");
    assertThat(reading.problems())
        .extracting(problem -> problem.location().line())
        .containsExactly(4, 5, 6, 7);
    assertThat(reading.contract().http()).hasSize(1);
  }

  static List<String> fixtures() {
    return Fixtures.names();
  }

  /** Every value of every fixture, replaced by a value of each other type, one at a time. */
  @ParameterizedTest
  @MethodSource("fixtures")
  void aWrongTypeAnywhereGivesAModelAProblemOrOneLocatedError(String name) throws Exception {
    JsonNode original = Fixtures.document(name).root();
    List<JsonPointer> pointers = new ArrayList<>();
    collect(original, JsonPointer.empty(), pointers);
    for (JsonPointer pointer : pointers) {
      for (String wrong : List.of("null", "{}", "[[{}]]", "-1e999", "\"\"")) {
        JsonNode copy = Json.mapper().readTree(original.toString());
        replace(copy, pointer, Json.mapper().readTree(wrong));
        SourceDocument document = Fixtures.parse(copy.toString());
        if (!new PactFormat().recognizes(document)) {
          continue;
        }
        try {
          Reading reading = Fixtures.read(document);
          assertThat(reading.contract()).isNotNull();
        } catch (InputException located) {
          assertThat(located.location().line()).as(pointer + " = " + wrong).isPositive();
        } catch (RuntimeException other) {
          throw new AssertionError(pointer + " = " + wrong, other);
        }
      }
    }
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> into) {
    node.properties()
        .forEach(
            field -> {
              JsonPointer pointer = at.appendProperty(field.getKey());
              into.add(pointer);
              collect(field.getValue(), pointer, into);
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      JsonPointer pointer = at.appendIndex(i);
      into.add(pointer);
      collect(node.get(i), pointer, into);
    }
  }

  private static void replace(JsonNode root, JsonPointer at, JsonNode value) {
    JsonNode parent = root.at(at.head());
    if (parent instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), value);
    } else if (parent instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), value);
    }
  }
}
