package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.formats.jsonschema.Mismatches;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaExpectationTest {
  private static final HttpInteraction GET_LICENSE =
      interaction("license-authority.yaml", "GET /v1/licenses/{}");
  private static final HttpInteraction ISSUE =
      interaction("license-authority.yaml", "POST /v1/licenses");
  private static final HttpInteraction VOUCH = interaction("partner.yaml", "PUT /vouch/{}/{}");
  private static final HttpInteraction TREES = interaction("partner.yaml", "GET /trees");

  private static HttpInteraction interaction(String file, String key) {
    return MemorySource.fixtures().reading(file).contract().http().stream()
        .filter(found -> found.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static List<Mismatch> check(
      HttpInteraction interaction, int status, String mediaType, String body) {
    HttpReply reply =
        new HttpReply(status, Headers.of("Content-Type", mediaType), Payload.of(body));
    return interaction.expectation().check(request(interaction), reply);
  }

  private static HttpRequest request(HttpInteraction interaction) {
    return new HttpRequest(interaction.method(), "/x", Headers.NONE, Payload.EMPTY);
  }

  private static List<Mismatch> license(String fields) {
    String rest = fields.isEmpty() ? "" : "," + fields;
    return check(
        GET_LICENSE, 200, "application/json", "{\"sku\":\"A1\",\"id\":\"L-1\"" + rest + "}");
  }

  private static final String COMPLETE = "\"state\":\"active\",\"validUntil\":null";

  @Test
  void holdsWhenTheReplyConformsAlsoWithoutWriteOnlyFields() {
    assertThat(license(COMPLETE)).isEmpty();
    assertThat(license(COMPLETE + ",\"undeclared\":1")).isEmpty();
    assertThat(license("\"state\":null,\"validUntil\":\"2027-01-01T00:00:00Z\",\"parent\":null"))
        .isEmpty();
  }

  @Test
  void everyExampleOfTheFixturesHolds() {
    for (String file : List.of("license-authority.yaml", "partner.yaml")) {
      for (HttpInteraction it : MemorySource.fixtures().reading(file).contract().http()) {
        it.exemplars().stream()
            .filter(exemplar -> exemplar.reply() != null)
            .forEach(
                exemplar -> {
                  HttpReply reply = exemplar.reply();
                  assertThat(reply).isNotNull();
                  assertThat(it.expectation().check(exemplar.request(), withLocation(reply)))
                      .isEmpty();
                });
      }
    }
  }

  private static HttpReply withLocation(HttpReply reply) {
    return new HttpReply(reply.status(), reply.headers().with("Location", "/x"), reply.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "state":"active"                                     | body/validUntil    | a value (required)        | missing
          "state":"lost","validUntil":null                     | body/state         | one of ["active","revoked",null] | "lost"
          "state":"active","validUntil":"soon"                 | body/validUntil    | format date-time          | "soon"
          "state":"active","validUntil":7                      | body/validUntil    | string                    | integer 7
          "state":"active","validUntil":null,"seats":0         | body/seats         | more than 0               | 0
          "state":"active","validUntil":null,"seats":1001      | body/seats         | at most 1000              | 1001
          "state":"active","validUntil":null,"seats":1.5       | body/seats         | integer                   | number 1.5
          "state":"active","validUntil":null,"tags":[1]        | body/tags/0        | string                    | integer 1
          "state":"active","validUntil":null,"tags":["a","b","c","d"] | body/tags   | at most 3 items           | 4 items
          "state":"active","validUntil":null,"address":{"zip":1} | body/address/zip | no such field             | 1
          "state":"active","validUntil":null,"labels":{"a":{}} | body/labels/a      | string                    | object
          "state":"active","validUntil":null,"parent":{"id":"L-2","sku":"A1","state":null} | body/parent/validUntil | a value (required) | missing
          """)
  void tellsEachKindOfMismatchOnItsPath(
      String fields, String path, String expected, String actual) {
    assertThat(license(fields)).containsExactly(new Mismatch(path, expected, actual));
  }

  @Test
  void recursionIsFollowedAsDeepAsTheReplyGoes() {
    String tree = "{\"value\":\"leaf\"}";
    for (int i = 0; i < 40; i++) {
      tree = "{\"value\":1.5,\"children\":[" + tree + "]}";
    }
    assertThat(check(TREES, 200, "application/json", tree))
        .containsExactly(
            new Mismatch(
                "body" + "/children/0".repeat(40) + "/value", "number", "string \"leaf\""));
  }

  @Test
  void openApi31KeywordsAreJudged() {
    assertThat(check(TREES, 207, "application/json", "{\"value\":0.75,\"pair\":[\"a\",\"b\"]}"))
        .containsExactly(
            new Mismatch("body/pair/1", "integer", "string \"b\""),
            new Mismatch("body/value", "a multiple of 0.5", "0.75"));
    assertThat(check(TREES, 200, "application/json", "{\"value\":1,\"either\":\"\"}"))
        .extracting(Mismatch::path)
        .containsExactly("body/either");
    assertThat(check(TREES, 200, "application/json", "{\"value\":1,\"more\":1}"))
        .containsExactly(new Mismatch("body/more", "no such field", "1"));
  }

  @Test
  void siblingsOfReferencesCountInOpenApi31() {
    assertThat(check(VOUCH, 200, "application/json", "{\"kind\":\"full\",\"score\":null}"))
        .containsExactly(new Mismatch("body/person", "a value (required)", "missing"));
  }

  @Test
  void referencesToOtherFilesAreFollowed() {
    assertThat(
            check(
                VOUCH,
                200,
                "application/json",
                "{\"kind\":\"Partial\",\"person\":{\"name\":\"A\",\"friends\":[{\"name\":\"\"}]}}"))
        .containsExactly(
            new Mismatch("body/person/friends/0/name", "at least 1 characters", "\"\""));
  }

  @Test
  void theDiscriminatorChoosesAmongAlternatives() {
    String person = ",\"person\":{\"name\":\"A\"}}";
    assertThat(check(VOUCH, 200, "application/json", "{\"kind\":\"Partial\"" + person)).isEmpty();
    assertThat(check(VOUCH, 200, "application/json", "{\"kind\":\"other\"" + person))
        .containsExactly(
            new Mismatch("body", "one of the alternatives", "{\"kind\":\"other\"" + person));
  }

  @Test
  void anUndeclaredStatusIsAMismatchOfTheStatus() {
    assertThat(check(GET_LICENSE, 500, "application/json", "{}"))
        .containsExactly(new Mismatch("status", "200, 404", "500"));
  }

  @Test
  void anUndeclaredMediaTypeIsAMismatchOfTheContentType() {
    assertThat(check(GET_LICENSE, 200, "text/html", "<html>"))
        .containsExactly(new Mismatch("header:content-type", "application/json", "text/html"));
    assertThat(
            GET_LICENSE
                .expectation()
                .check(request(GET_LICENSE), new HttpReply(200, Headers.NONE, Payload.of("{}"))))
        .containsExactly(new Mismatch("header:content-type", "application/json", "missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sku\":", "{} {}", "\u001b[31m", "{\"a\":1,\"a\":2}"})
  void aBodyThatIsNoJsonIsAMismatchOfTheBody(String body) {
    assertThat(check(GET_LICENSE, 200, "application/json;charset=utf-8", body))
        .containsExactly(new Mismatch("body", "one JSON value", body));
  }

  @Test
  void aMissingBodyIsAMismatchUnlessThereCanBeNone() {
    assertThat(check(GET_LICENSE, 200, "application/json", ""))
        .containsExactly(new Mismatch("body", "application/json", "no body"));
    HttpInteraction delete = interaction("license-authority.yaml", "DELETE /v1/licenses/{}");
    assertThat(check(delete, 204, "text/plain", "")).isEmpty();
  }

  @Test
  void declaredHeadersAreJudged() {
    String body = "{\"sku\":\"A1\",\"id\":\"L-1\"," + COMPLETE + "}";
    Headers headers = Headers.of("content-type", "application/json").with("X-Remaining", "-1");
    assertThat(
            ISSUE
                .expectation()
                .check(request(ISSUE), new HttpReply(201, headers, Payload.of(body))))
        .containsExactly(
            new Mismatch("header:Location", "a value (required)", "missing"),
            new Mismatch("header:X-Remaining", "at least 0", "-1"));
    Headers text = headers.with("Location", "/licenses/L-1").with("x-remaining", "many");
    assertThat(
            ISSUE.expectation().check(request(ISSUE), new HttpReply(201, text, Payload.of(body))))
        .containsExactly(new Mismatch("header:X-Remaining", "integer", "string \"many\""));
  }

  @Test
  void declaresErrorsByExactStatusClassAndDefaultWhenTheyHaveTheDeclaredForm() {
    String problem = "{\"title\":\"no\",\"status\":404}";
    assertThat(declares(GET_LICENSE, 404, "application/problem+json", problem)).isTrue();
    assertThat(declares(ISSUE, 422, "application/problem+json", problem)).isTrue();
    assertThat(declares(ISSUE, 503, "application/problem+json", problem)).isTrue();

    assertThat(declares(GET_LICENSE, 404, "application/json", problem)).isFalse();
    assertThat(declares(GET_LICENSE, 404, "application/problem+json", "{}")).isFalse();
    assertThat(declares(GET_LICENSE, 500, "application/problem+json", problem)).isFalse();
    assertThat(declares(ISSUE, 302, "application/problem+json", problem)).isFalse();
  }

  private static boolean declares(HttpInteraction it, int status, String type, String body) {
    return it.expectation()
        .declaresError(
            request(it), new HttpReply(status, Headers.of("content-type", type), Payload.of(body)));
  }

  @Test
  void manyMismatchesAreSortedAndCut() {
    String tags = String.join(",", IntStream.range(0, 50).mapToObj(Integer::toString).toList());

    List<Mismatch> found = license("\"tags\":[" + tags + "]," + COMPLETE);

    assertThat(found).hasSize(Mismatches.MAX);
    assertThat(found.get(0)).isEqualTo(new Mismatch("body/tags", "at most 3 items", "50 items"));
    assertThat(found.get(Mismatches.MAX - 1))
        .isEqualTo(new Mismatch("body", "no further mismatch", "32 more"));
  }

  @Test
  void threadsThatStartTogetherAgree() throws Exception {
    HttpInteraction fresh = interaction("license-authority.yaml", "GET /v1/licenses/{}");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<Mismatch>>> results =
          IntStream.range(0, 64)
              .mapToObj(
                  i -> threads.submit(() -> check(fresh, 200, "application/json", "{\"id\":1}")))
              .toList();
      List<Mismatch> first = results.get(0).get();
      assertThat(first).hasSize(4);
      for (Future<List<Mismatch>> result : results) {
        assertThat(result.get()).isEqualTo(first);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
