package dev.codicil.formats.pact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Body;
import dev.codicil.contract.ContractFormat.Reading;
import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.Interaction;
import dev.codicil.contract.MessageInteraction;
import dev.codicil.contract.MessageInteraction.Flow;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.contract.Shape;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every matcher and every generator of Pact 1 to 4 has a shape, or is named as not known. */
class PactShapesTest {

  private static Shape.Node json(Body body) {
    return Objects.requireNonNull(body.content().get("application/json")).node();
  }

  private static String shapeOf(Shape.Node body) {
    return ShapeText.of(Objects.requireNonNull(body.properties().get("v")).shape().node());
  }

  private static Shape.Node replyBody(HttpInteraction interaction) {
    return json(interaction.responses().get(0).body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "equality        | \"x\"    | string [\"x\"]",
        "type            | \"x\"    | string",
        "type            | 5      | number",
        "min             | [1]    | array (number)",
        "max             | [1]    | array (number)",
        "regex           | \"x\"    | string pattern=^(?:x+)$",
        "include         | \"xyz\"  | string pattern=y",
        "integer         | 5      | integer",
        "decimal         | 5.5    | number",
        "number          | 5      | number",
        "boolean         | true   | boolean",
        "null            | null   | null",
        "date            | \"2026-01-31\" | string format=date pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "time            | \"12:30:00\" | string format=time pattern=^[0-9]{2}:[0-9]{2}:[0-9]{2}$",
        "notEmpty        | \"x\"    | string minLength=1",
        "values          | {\"a\": 1} | object additional(integer [1])",
        "eachKey         | {\"a\": 1} | object additional(integer [1]) unread[eachKey]",
        "eachValue       | {\"a\": 1} | object additional(integer [1])",
        "arrayContains   | [1, 2] | array minItems=1 items(integer [1, 2]) unread[arrayContains]",
        "ignore-order    | [1, 2] | array minItems=2 maxItems=2 items(integer [1, 2])",
      })
  void everyMatcherHasAShape(String matcher, String example, String expected) {
    HttpInteraction interaction =
        Fixtures.answering(
            """
            {"status": 200, "body": {"v": %s}, "matchingRules": {"body": {"$.v": {"matchers":
              [{"match": "%s", "regex": "x+", "value": "y"}]}}}}"""
                .formatted(example, matcher));

    assertThat(shapeOf(replyBody(interaction)))
        .isEqualTo(expected.replace("array (number)", "array items(number)"));
  }

  private static Reading sending(String generator, String example) {
    return Fixtures.pact(
        "4.0",
        """
        {"type": "Synchronous/HTTP", "description": "d",
         "request": {"method": "POST", "path": "/x", "body": {"content": {"v": %s},
           "contentType": "application/json", "encoded": false},
           "generators": {"body": {"$.v": %s}}},
         "response": {"status": 200}}"""
            .formatted(example, generator));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\": \"RandomInt\", \"min\": 1, \"max\": 9} | 5 | integer",
        "{\"type\": \"RandomDecimal\", \"digits\": 4}   | 5.5 | number",
        "{\"type\": \"RandomBoolean\"}                  | true | boolean",
        "{\"type\": \"RandomString\", \"size\": 4}      | \"abcd\" | string",
        "{\"type\": \"RandomHexadecimal\", \"digits\": 4} | \"a1\""
            + " | string pattern=^(?:[0-9A-Fa-f]+)$",
        "{\"type\": \"Uuid\", \"format\": \"simple\"} | \"a1\" | string pattern=^(?:[0-9a-f]{32})$",
        "{\"type\": \"Regex\", \"regex\": \"a+\"}       | \"a\" | string pattern=^(?:a+)$",
        "{\"type\": \"Date\"} | \"2026-01-31\""
            + " | string format=date pattern=^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        "{\"type\": \"Time\", \"format\": \"HH:mm\"} | \"12:30\""
            + " | string pattern=^[0-9]{2}:[0-9]{2}$",
        "{\"type\": \"DateTime\", \"format\": \"yyyy\"} | \"2026\" | string pattern=^[0-9]{4}$",
        "{\"type\": \"ProviderState\", \"expression\": \"${id}\"} | 5 | number",
        "{\"type\": \"MockServerURL\", \"regex\": \".*\", \"example\": \"x\"} | \"http://x\" | string",
      })
  void everyGeneratorLoosensTheShapeOfWhatIsSent(
      String generator, String example, String expected) {
    Reading reading = sending(generator, example);

    assertThat(reading.problems()).isEmpty();
    Shape.Node body = json(reading.contract().http().get(0).requestBody());
    assertThat(shapeOf(body)).isEqualTo(expected);
  }

  @Test
  void aRandomIntHasItsBounds() {
    Reading reading = sending("{\"type\": \"RandomInt\", \"min\": 1, \"max\": 9}", "5");
    Shape.Node body = json(reading.contract().http().get(0).requestBody());
    Shape.Node value = Objects.requireNonNull(body.properties().get("v")).shape().node();

    assertThat(value.minimum()).isEqualByComparingTo("1");
    assertThat(value.maximum()).isEqualByComparingTo("9");
  }

  @Test
  void aGeneratorThatIsNotKnownIsAProblem() {
    assertThat(sending("{\"type\": \"Dice\"}", "5").problems())
        .singleElement()
        .extracting(problem -> problem.message())
        .isEqualTo("the generator 'Dice' is not known");
  }

  @Test
  void aSynchronousMessageIsItsRequestAndEachOfItsReplies() {
    Reading reading =
        Fixtures.pact(
            "4.0",
            """
            {"type": "Synchronous/Messages", "description": "quote",
             "request": {"contents": {"content": {"sku": "A"}, "contentType": "application/json",
                "encoded": false}, "generators": {"body": {"$.sku": {"type": "RandomString"}}}},
             "response": [
               {"contents": {"content": {"p": 1}, "contentType": "application/json",
                  "encoded": false}},
               {"contents": {"content": {"p": 2}, "contentType": "application/json",
                  "encoded": false}}]}""");

    assertThat(reading.problems()).isEmpty();
    assertThat(reading.contract().interactions())
        .extracting(Interaction::key)
        .containsExactly(
            "message: quote (request)", "message: quote (reply 1)", "message: quote (reply 2)");
    assertThat(reading.contract().interactions())
        .extracting(message -> ((MessageInteraction) message).flow())
        .containsExactly(Flow.TO_PROVIDER, Flow.FROM_PROVIDER, Flow.FROM_PROVIDER);
    assertThat(ModelText.of(reading)).contains("sku: string  @").contains("p: integer = [2]");
  }

  @Test
  void variantsOfAnArrayHaveTheirOwnMatchers() {
    HttpInteraction interaction =
        Fixtures.answering(
            """
            {"status": 200, "headers": {"Content-Type": "application/json"},
             "body": {"v": [{"k": "a", "n": 1}, {"k": "b", "n": 2}]},
             "matchingRules": {"body": {"$.v": {"matchers": [{"match": "arrayContains",
               "variants": [{"index": 1, "rules": {"$.n": {"matchers": [{"match": "integer"}]}},
                 "generators": {}}]}]}}}}""");

    assertThat(shapeOf(replyBody(interaction)))
        .contains("k: string [\"b\"], n: integer}")
        .contains("k: string [\"a\"], n: integer [1]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[3, 1, 2] | true", "[1, 3] | false", "[] | false", "{} | false"})
  void anArrayAtTheRootMustContainItsVariants(String body, boolean held) {
    HttpInteraction interaction =
        Fixtures.answering(
            """
            {"status": 200, "headers": {"Content-Type": "application/json"}, "body": [1, 2],
             "matchingRules": {"body": {"$": {"matchers": [{"match": "arrayContains",
               "variants": [{"index": 0, "rules": {}, "generators": {}},
                 {"index": 1, "rules": {}, "generators": {}}]}]}}}}""");
    Headers headers = Headers.of("content-type", "application/json");

    java.util.List<Mismatch> mismatches =
        interaction
            .expectation()
            .check(
                interaction.exemplars().get(0).request(),
                new HttpReply(200, headers, Payload.of(body)));

    assertThat(mismatches.isEmpty()).isEqualTo(held);
  }
}
