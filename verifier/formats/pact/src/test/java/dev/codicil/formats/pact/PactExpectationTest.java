package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Exemplar;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PactExpectationTest {
  private static final String JSON = "application/json; charset=utf-8";

  static Stream<Arguments> exemplars() {
    return Fixtures.names().stream()
        .filter(name -> !name.equals("v4-problems.json"))
        .flatMap(
            name ->
                Fixtures.fixture(name).contract().http().stream()
                    .map(http -> Arguments.of(name, http.key(), http)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("exemplars")
  void theExampleReplyHonorsItsOwnInteraction(String file, String key, HttpInteraction http) {
    Exemplar exemplar = http.exemplars().get(0);
    HttpReply reply = Objects.requireNonNull(exemplar.reply());
    assertThat(http.expectation().check(exemplar.request(), reply)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":"L-9","valid":true,"seats":5,"owner":{"name":"Bob","mail":"b"},"tags":["x","y"]}
          {"extra":1,"id":"L-1","valid":true,"seats":5,"owner":{"name":"","mail":"b","age":3},"tags":["x"]}
          """)
  void aReplyThatTheMatchersAllowIsHeld(String body) {
    assertThat(check(license(), reply(200, JSON, body))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":"X","valid":true,"seats":5,"owner":{"name":"B","mail":"b"},"tags":["x"]} | body/id | match '^L-\\d+$' | "X"
          {"valid":true,"seats":5,"owner":{"name":"B","mail":"b"},"tags":["x"]} | body/id | present, such as "L-1" | absent
          {"id":"L-1","valid":false,"seats":5,"owner":{"name":"B","mail":"b"},"tags":["x"]} | body/valid | true | false
          {"id":"L-1","valid":true,"seats":5,"owner":{"name":1,"mail":"b"},"tags":["x"]} | body/owner/name | be the same type as 'Ada' (String) | 1
          {"id":"L-1","valid":true,"seats":5,"owner":{"name":"B","mail":"b"},"tags":[]} | body/tags | have minimum size of 1 | []
          {"id":"L-1","valid":true,"seats":5,"owner":{"name":"B","mail":"b"},"tags":["x",2]} | body/tags/1 | be the same type as 'gold' (String) | 2
          {"id":"L-1","valid":true,"seats":5,"owner":null,"tags":["x"]} | body/owner | {"mail":"ada@example.com","name":"Ada"} | null
          """)
  void aFieldThatDiffersIsNamedByItsPointer(
      String body, String path, String expected, String actual) {
    assertThat(check(license(), reply(200, JSON, body)))
        .containsExactly(new Mismatch(path, expected, actual));
  }

  @Test
  void everyMissingFieldIsAMismatchOfItsOwn() {
    assertThat(check(license(), reply(200, JSON, "{\"id\":\"L-1\",\"tags\":[\"a\"]}")))
        .extracting(Mismatch::path)
        .containsExactlyInAnyOrder("body/valid", "body/seats", "body/owner");
  }

  @Test
  void theStatusComesFirstThenHeadersThenBody() {
    HttpReply reply =
        new HttpReply(
            500, Headers.of("content-type", "text/html"), Payload.of("<h1>Internal Server Error"));
    assertThat(check(license(), reply))
        .containsExactly(
            new Mismatch("status", "200", "500"),
            new Mismatch("header:Content-Type", "application/json; charset=utf-8", "text/html"),
            new Mismatch("body", "application/json", "text/html"));
  }

  @Test
  void aMissingHeaderIsNamed() {
    HttpInteraction http =
        Fixtures.answering("{\"status\": 200, \"headers\": {\"X-Limit\": \"10\"}}");
    assertThat(check(http, reply(200, "", "")))
        .containsExactly(new Mismatch("header:X-Limit", "10", "absent"));
  }

  @Test
  void aHeaderMatcherDecidesAndSaysWhatItAsks() {
    HttpInteraction http =
        Fixtures.answering(
            """
            {"status": 200, "headers": {"X-Limit": "10"}, "matchingRules":
              {"header": {"X-Limit": {"matchers": [{"match": "regex", "regex": "[0-9]+"}]}}}}""");
    assertThat(check(http, new HttpReply(200, Headers.of("x-limit", "7"), Payload.EMPTY)))
        .isEmpty();
    assertThat(check(http, new HttpReply(200, Headers.of("x-limit", "many"), Payload.EMPTY)))
        .containsExactly(new Mismatch("header:X-Limit", "match '[0-9]+'", "many"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a, b", "a,b"})
  void aListInAHeaderIsComparedItemByItem(String value) {
    HttpInteraction http =
        Fixtures.answering("{\"status\": 200, \"headers\": {\"X-Flags\": \"a, b\"}}");
    assertThat(check(http, new HttpReply(200, Headers.of("x-flags", value), Payload.EMPTY)))
        .isEmpty();
    Headers lines = Headers.of(Map.of("X-Flags", List.of("a", "b")));
    assertThat(check(http, new HttpReply(200, lines, Payload.EMPTY))).isEmpty();
  }

  @Test
  void fieldsWhoseNamesNeedEscapingGetRightPointers() {
    HttpInteraction http =
        Fixtures.answering("{\"status\": 200, \"body\": {\"a/b\": {\"c.d\": 1, \"e f\": [true]}}}");
    assertThat(check(http, reply(200, JSON, "{\"a/b\":{\"c.d\":2,\"e f\":[false]}}")))
        .containsExactlyInAnyOrder(
            new Mismatch("body/a~1b/c.d", "1", "2"),
            new Mismatch("body/a~1b/e f/0", "true", "false"));
  }

  @Test
  void aStatusMatcherAllowsItsWholeClass() {
    HttpInteraction http = Fixtures.fixture("v4-all.json").contract().http().get(0);
    HttpReply example = Objects.requireNonNull(http.exemplars().get(0).reply());
    assertThat(check(http, new HttpReply(200, example.headers(), example.body()))).isEmpty();
    assertThat(check(http, new HttpReply(404, example.headers(), example.body())))
        .singleElement()
        .satisfies(
            mismatch -> {
              assertThat(mismatch.path()).isEqualTo("status");
              assertThat(mismatch.expected()).containsIgnoringCase("success");
              assertThat(mismatch.actual()).isEqualTo("404");
            });
  }

  @Test
  void binaryBodiesAreCompared() {
    HttpInteraction seal = Fixtures.fixture("v4-all.json").contract().http().get(1);
    HttpReply text = reply(200, "image/png", "no image at all");
    assertThat(check(seal, text)).extracting(Mismatch::path).containsExactly("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":",
        "{\"id\":1,\"id\":2}",
        "{} {}",
        "nonsense",
        "<h1>",
        "{\"a\": 01}",
        "\"\\ud800\\"
      })
  void aBodyThatIsNotJsonIsAMismatchAndNoException(String body) {
    assertThat(check(license(), reply(200, JSON, body)))
        .singleElement()
        .satisfies(
            mismatch -> {
              assertThat(mismatch.path()).isEqualTo("body");
              assertThat(mismatch.expected()).isEqualTo("well-formed JSON");
              assertThat(mismatch.actual()).isNotBlank().doesNotContain("\n");
            });
  }

  @Test
  void aBodyNestedTooDeepIsAMismatch() {
    assertThat(check(license(), reply(200, JSON, "[".repeat(200_000))))
        .singleElement()
        .extracting(Mismatch::path)
        .isEqualTo("body");
    String deep = "{\"a\":".repeat(490) + "1" + "}".repeat(490);
    assertThat(check(license(), reply(200, JSON, deep))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "garbage", ";;;", "application/json/x", "a/b; =", "/"})
  void aWrongOrStrangeContentTypeIsAMismatchAndNoException(String type) {
    assertThat(check(license(), reply(500, type, "{}")))
        .hasSizeGreaterThan(1)
        .first()
        .isEqualTo(new Mismatch("status", "200", "500"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "5", "\"text\"", "true"})
  void anotherTypeOfBodyIsAMismatchAtItsRoot(String body) {
    assertThat(check(license(), reply(200, JSON, body)))
        .singleElement()
        .satisfies(
            mismatch -> {
              assertThat(mismatch.path()).isEqualTo("body");
              assertThat(mismatch.actual()).isEqualTo(body);
            });
  }

  @Test
  void anEmptyBodyIsAMismatchWhereOneIsExpected() {
    assertThat(check(license(), reply(200, JSON, "")))
        .containsExactly(new Mismatch("body", "a body", "empty"));
  }

  @Test
  void anEmptyBodyIsHeldWhereNoneIsExpected() {
    HttpInteraction revoke = Fixtures.fixture("v2-license.json").contract().http().get(2);
    assertThat(check(revoke, reply(204, "", ""))).isEmpty();
    HttpInteraction none = Fixtures.answering("{\"status\": 200, \"body\": null}");
    assertThat(check(none, reply(200, JSON, ""))).isEmpty();
    HttpInteraction empty =
        Fixtures.answering(
            """
            {"status": 200, "headers": {"Content-Type": "%s"}, "body": null}"""
                .formatted(JSON));
    assertThat(check(empty, reply(200, JSON, ""))).isEmpty();
    assertThat(check(empty, reply(200, JSON, "{}"))).extracting(Mismatch::path).contains("body");
  }

  @Test
  void decimalsKeepTheirWriting() {
    HttpInteraction http = Fixtures.answering("{\"status\": 200, \"body\": {\"p\": 10.50}}");
    assertThat(check(http, reply(200, JSON, "{\"p\":10.50}"))).isEmpty();
    assertThat(check(http, reply(200, JSON, "{\"p\":10.51}"))).isNotEmpty();
  }

  @Test
  void aRuleThatPactCannotReadIsNeverAPass() {
    HttpInteraction http =
        Fixtures.answering(
            """
            {"status": 200, "body": {"a": "x"}, "matchingRules":
              {"body": {"$.a": {"matchers": [{"match": "regex", "regex": "("}]}}}}""");
    assertThat(check(http, reply(404, JSON, "{\"a\":\"x\"}")))
        .hasSize(2)
        .first()
        .isEqualTo(new Mismatch("status", "200", "404"));
    assertThat(check(http, reply(200, JSON, "{\"a\":\"x\"}")))
        .singleElement()
        .satisfies(mismatch -> assertThat(mismatch.actual()).startsWith("comparing failed with"));
  }

  @Test
  void anErrorIsDeclaredWhenAnotherInteractionOfTheOperationExpectsIt() {
    HttpInteraction http = license();
    var request = http.exemplars().get(0).request();
    assertThat(
            http.expectation().declaresError(request, reply(404, "application/problem+json", "{}")))
        .isTrue();
    assertThat(http.expectation().declaresError(request, reply(404, "text/html", "<h1>")))
        .isFalse();
    assertThat(
            http.expectation().declaresError(request, reply(503, "application/problem+json", "{}")))
        .isFalse();
    assertThat(http.expectation().declaresError(request, reply(200, JSON, "{}"))).isFalse();
  }

  @Test
  void anInteractionDoesNotDeclareItsOwnErrorOrThatOfAnotherPath() {
    List<HttpInteraction> all = Fixtures.fixture("v2-license.json").contract().http();
    HttpReply notFound = reply(404, "application/problem+json", "{}");
    for (HttpInteraction http : all.subList(1, 3)) {
      assertThat(http.expectation().declaresError(http.exemplars().get(0).request(), notFound))
          .as(http.key())
          .isFalse();
    }
  }

  @Test
  void checkingInParallelGivesTheSameMismatchesEveryTime() throws Exception {
    HttpInteraction http = license();
    HttpReply wrong = reply(500, JSON, "{\"id\":\"X\",\"tags\":[],\"owner\":{}}");
    List<Mismatch> once = check(http, wrong);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<List<Mismatch>>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        calls.add(() -> check(http, wrong));
      }
      for (Future<List<Mismatch>> result : pool.invokeAll(calls)) {
        assertThat(result.get()).isEqualTo(once);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static HttpInteraction license() {
    return Fixtures.fixture("v2-license.json").contract().http().get(0);
  }

  private static List<Mismatch> check(HttpInteraction http, HttpReply reply) {
    return http.expectation().check(http.exemplars().get(0).request(), reply);
  }

  private static HttpReply reply(int status, String type, String body) {
    return new HttpReply(
        status, type.isEmpty() ? Headers.NONE : Headers.of("content-type", type), Payload.of(body));
  }
}
