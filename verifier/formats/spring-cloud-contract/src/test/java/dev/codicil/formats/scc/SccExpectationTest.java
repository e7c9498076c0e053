package dev.codicil.formats.scc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SccExpectationTest {
  private static final HttpRequest GET = new HttpRequest("GET", "/x", Headers.NONE, Payload.EMPTY);

  private static List<Mismatch> check(HttpInteraction interaction, int status, String body) {
    Headers headers = Headers.of("Content-Type", "application/json");
    return interaction.expectation().check(GET, new HttpReply(status, headers, Payload.of(body)));
  }

  private static List<String> paths(String response, String body) {
    return check(Fixtures.answering(response), 200, body).stream()
        .map(Mismatch::path)
        .distinct()
        .toList();
  }

  @Test
  void theExampleHonorsItsOwnContract() {
    for (String name : Fixtures.names()) {
      for (HttpInteraction interaction : Fixtures.fixture(name).contract().http()) {
        HttpReply example = interaction.exemplars().get(0).reply();
        assertThat(example).isNotNull();
        assertThat(
                interaction.expectation().check(interaction.exemplars().get(0).request(), example))
            .as(interaction.key())
            .isEmpty();
      }
    }
  }

  @Test
  void aFieldWithoutMatcherMustBeEqualAndOthersMayBeAdded() {
    String response = "status: 200\nbody: { id: 1, name: Ada }";

    assertThat(paths(response, "{\"id\": 1, \"name\": \"Ada\", \"more\": true}")).isEmpty();
    assertThat(paths(response, "{\"id\": 2, \"name\": \"Ada\"}")).containsExactly("body/id");
    assertThat(paths(response, "{\"id\": 1}")).containsExactly("body/name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ path: $.v, type: by_type }                             | 5     | 7       | '\"7\"'",
        "{ path: $.v, type: by_type }                             | 5     | 7       | 7.5",
        "{ path: $.v, type: by_type }                             | 5.5   | 7.25    | '\"7\"'",
        "{ path: $.v, type: by_type }                             | true  | false   | 1",
        "{ path: $.v, type: by_type }                             | a     | '\"b\"' | 1",
        "{ path: $.v, type: by_regex, value: '[a-z]+' }           | abc   | '\"x\"' | '\"x1\"'",
        "{ path: $.v, type: by_regex, value: '[0-9]+' }           | 12    | 345     | '\"a\"'",
        "{ path: $.v, type: by_regex, predefined: uuid } | 00000000-0000-0000-0000-000000000000"
            + " | '\"123e4567-e89b-12d3-a456-426614174000\"' | '\"x\"'",
        "{ path: $.v, type: by_date }  | 2026-01-31 | '\"2027-12-01\"' | '\"2027-13-01\"'",
        "{ path: $.v, type: by_time }  | '\"12:30:00\"' | '\"01:02:03\"' | '\"25:02:03\"'",
        "{ path: $.v, type: by_timestamp } | '2026-01-31T12:30:00' | '\"2026-02-01T00:00:00\"'"
            + " | '\"2026-02-01\"'",
        "{ path: $.v, type: by_null }                             | null  | null    | 1",
        "{ path: $.v, type: by_equality }                         | 5     | 5       | 6",
      })
  void matchersOfBodiesHoldAsTheyAreCalled(
      String matcher, String example, String good, String bad) {
    String response =
        "status: 200\nbody: { v: %s }\nmatchers: { body: [ %s ] }".formatted(example, matcher);

    assertThat(paths(response, "{\"v\": " + good + "}")).isEmpty();
    assertThat(paths(response, "{\"v\": " + bad + "}")).containsExactly("body/v");
  }

  @Test
  void anArrayWithoutMatchersHasItsItemsInAnyOrderAmongOthers() {
    String response = "status: 200\nbody: { tags: [a, b], rows: [ { id: 1, in: [x] } ] }";

    assertThat(
            paths(
                response,
                "{\"tags\": [\"c\", \"b\", \"a\"], \"rows\": [{\"id\": 0},"
                    + " {\"id\": 1, \"in\": [\"y\", \"x\"], \"more\": 1}]}"))
        .isEmpty();
    assertThat(
            paths(response, "{\"tags\": [\"c\", \"b\"], \"rows\": [{\"id\": 1, \"in\": [\"x\"]}]}"))
        .containsExactly("body/tags");
    assertThat(
            paths(response, "{\"tags\": [\"a\", \"b\"], \"rows\": [{\"id\": 1, \"in\": [\"y\"]}]}"))
        .isNotEmpty();
  }

  @Test
  void everyItemIsHeldToTheMatchersOfItems() {
    String response =
        """
        status: 200
        body: { rows: [ { id: 1, name: Ada } ] }
        matchers: { body: [ { path: "$.rows[*].id", type: by_type } ] }""";

    assertThat(
            paths(
                response,
                "{\"rows\": [{\"id\": 4, \"name\": \"B\"}, {\"id\": 5, \"name\": \"C\"}]}"))
        .isEmpty();
    assertThat(
            paths(
                response,
                "{\"rows\": [{\"id\": 4, \"name\": \"B\"}, {\"id\": \"5\", \"name\": \"C\"}]}"))
        .containsExactly("body/rows/1/id");
  }

  @Test
  void occurrencesBoundTheLength() {
    String response =
        """
        status: 200
        body: { rows: [1] }
        matchers: { body: [ { path: $.rows, type: by_type, minOccurrence: 1, maxOccurrence: 2 } ] }""";

    assertThat(paths(response, "{\"rows\": [7, 8]}")).isEmpty();
    assertThat(paths(response, "{\"rows\": []}")).containsExactly("body/rows");
    assertThat(paths(response, "{\"rows\": [1, 2, 3]}")).containsExactly("body/rows");
  }

  @Test
  void anArrayAtTheRootIsRead() {
    assertThat(paths("status: 200\nbody: [ { id: 1 } ]", "[{\"id\": 0}, {\"id\": 1}]")).isEmpty();
    assertThat(paths("status: 200\nbody: [ { id: 1 } ]", "[{\"id\": 0}]")).containsExactly("body");
    assertThat(paths("status: 200\nbody: [ { id: 1 } ]", "")).containsExactly("body");
    assertThat(paths("status: 200\nbody: [ { id: 1 } ]", "{}")).containsExactly("body");
  }

  @Test
  void statusAndHeadersAreHeld() {
    HttpInteraction interaction =
        Fixtures.answering(
            "status: 201\nheaders: { Location: /x/1 }\nmatchers: { headers: [ { key:"
                + " Location, regex: '/x/[0-9]+' } ] }");
    Headers good = Headers.of("Location", "/x/22");

    assertThat(interaction.expectation().check(GET, new HttpReply(201, good, Payload.EMPTY)))
        .isEmpty();
    assertThat(
            interaction
                .expectation()
                .check(GET, new HttpReply(200, Headers.of("location", "/y"), Payload.EMPTY)))
        .extracting(Mismatch::path)
        .containsExactly("status", "header:Location");
  }

  @Test
  void aContentTypeByExpressionStillComparesJson() {
    HttpInteraction interaction =
        Fixtures.answering(
            "status: 200\nheaders: { Content-Type: application/json }\nbody: { id: 1 }\nmatchers: {"
                + " headers: [ { key: Content-Type, regex: 'application/json.*' } ] }");
    Headers headers = Headers.of("Content-Type", "application/json;charset=UTF-8");
    HttpReply good = new HttpReply(200, headers, Payload.of("{ \"id\" : 1 }"));
    HttpReply bad = new HttpReply(200, headers, Payload.of("{ \"id\" : 2 }"));

    assertThat(interaction.expectation().check(GET, good)).isEmpty();
    assertThat(interaction.expectation().check(GET, bad))
        .extracting(Mismatch::path)
        .containsExactly("body/id");
  }

  @Test
  void anErrorThatAnotherContractOfTheFileExpectsIsDeclared() {
    Reading reading =
        Fixtures.read(
            """
            request: { method: GET, url: /x }
            response: { status: 200 }
            ---
            request: { method: GET, url: /x }
            response: { status: 503 }
            """);
    HttpInteraction first = reading.contract().http().get(0);

    assertThat(
            first.expectation().declaresError(GET, new HttpReply(503, Headers.NONE, Payload.EMPTY)))
        .isTrue();
    assertThat(
            first.expectation().declaresError(GET, new HttpReply(500, Headers.NONE, Payload.EMPTY)))
        .isFalse();
  }
}
