package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Amendments;
import dev.codicil.amendment.Change;
import dev.codicil.amendment.Severity;
import dev.codicil.amendment.Witness;
import dev.codicil.amendment.rule.Rules;
import dev.codicil.contract.Contract;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpReply;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Ledger;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import dev.codicil.experiment.Witnesses;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Witnesses are asked of the real validators of both sides. */
class WitnessTest {
  private static Contract read(String text) {
    return MemorySource.of("api.yaml", text).reading("api.yaml").contract();
  }

  private static Contract request(String schema) {
    return read(
        """
        openapi: 3.0.3
        info: { title: licenses, version: "1" }
        paths:
          /licenses:
            post:
              requestBody:
                required: true
                content: { application/json: { schema: %s } }
              responses: { "200": { description: ok } }
        """
            .formatted(schema));
  }

  private static Contract reply(String schema) {
    return read(
        """
        openapi: 3.0.3
        info: { title: licenses, version: "1" }
        paths:
          /licenses/{id}:
            get:
              parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
              responses:
                "200":
                  description: ok
                  content: { application/json: { schema: %s } }
        """
            .formatted(schema));
  }

  private static Contract parameter(String parameter) {
    return read(
        """
        openapi: 3.0.3
        info: { title: licenses, version: "1" }
        paths:
          /licenses:
            get:
              parameters: %s
              responses: { "200": { description: ok } }
        """
            .formatted(parameter));
  }

  private static List<Change> breaking(Contract before, Contract after, Witnesses witnesses) {
    return Amendments.of(
            "a", List.of(before), List.of(after), new Ledger(List.of()), Rules.builtIn(), witnesses)
        .changes()
        .stream()
        .filter(change -> change.severity() == Severity.BREAKING)
        .toList();
  }

  /** The witness of the only breaking change, asked of both documents once more. */
  private static Witness only(Contract before, Contract after) {
    List<Change> changes = breaking(before, after, Witnesses.of(7));
    assertThat(changes).hasSize(1);
    Witness witness = changes.get(0).witness();
    assertThat(changes.get(0).witnessMissing()).isNull();
    assertThat(witness).isNotNull();
    assertThat(witness.checkedBy()).isEqualTo(Witness.CheckedBy.VALIDATOR);
    boolean base = witness.validOn() == Witness.Side.BASE;
    assertThat(check(witness, base ? before : after)).isEmpty();
    assertThat(check(witness, base ? after : before)).contains(witness.mismatch());
    return witness;
  }

  private static List<Mismatch> check(Witness witness, Contract contract) {
    HttpInteraction operation = contract.http().get(0);
    if (witness.kind() == Witness.Kind.REQUEST) {
      return operation.expectation().checkRequest(witness.request().orElseThrow()).orElseThrow();
    }
    HttpRequest asked =
        new HttpRequest("GET", "/licenses/1", dev.codicil.contract.Headers.NONE, Payload.EMPTY);
    return operation
        .expectation()
        .check(
            asked,
            new HttpReply(
                Integer.parseInt(witness.start()), witness.headers(), Payload.of(witness.body())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ type: object, properties: { a: { type: string } } } | { type: object, required: [a],"
            + " properties: { a: { type: string } } } | body/a | {}",
        "{ type: object, properties: { a: { type: string, enum: [x, y] } } } | { type: object,"
            + " properties: { a: { type: string, enum: [x] } } } | body/a | {\"a\":\"y\"}",
        "{ type: object, properties: { a: { type: integer } } } | { type: object, properties: { a:"
            + " { type: integer, maximum: 9 } } } | body/a | {\"a\":10}",
        "{ type: array, items: { type: object, properties: { n: { type: string, nullable: true } }"
            + " } } | { type: array, items: { type: object, properties: { n: { type: string } } } }"
            + " | body/0/n | [{\"n\":null}]",
        "{ type: object, additionalProperties: { type: string } } | { type: object,"
            + " additionalProperties: { type: string, maxLength: 2 } } | body/key |"
            + " {\"key\":\"xxx\"}"
      })
  void aNarrowedRequestIsShownByARequestThatIsRefusedNow(
      String before, String after, String pointer, String body) {
    Witness witness = only(request(before), request(after));

    assertThat(witness.validOn()).isEqualTo(Witness.Side.BASE);
    assertThat(witness.mismatch().path()).isEqualTo(pointer);
    assertThat(witness.body()).isEqualTo(body);
    assertThat(witness.request().orElseThrow().target()).isEqualTo("/licenses");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ type: object, required: [a], properties: { a: { type: string } } } | { type: object,"
            + " properties: { b: { type: string } } } | body/a",
        "{ type: object, properties: { a: { type: integer } } } | { type: object, properties: { a:"
            + " { type: number } } } | body/a",
        "{ oneOf: [ { type: string }, { type: integer } ] } | { oneOf: [ { type: string }, { type:"
            + " integer }, { type: boolean } ] } | body"
      })
  void aWidenedReplyIsShownByAReplyThatWasNotPromised(String before, String after, String pointer) {
    Witness witness = only(reply(before), reply(after));

    assertThat(witness.kind()).isEqualTo(Witness.Kind.REPLY);
    assertThat(witness.validOn()).isEqualTo(Witness.Side.HEAD);
    assertThat(witness.mismatch().path()).isEqualTo(pointer);
  }

  @Test
  void aParameterThatBecameRequiredIsShownByARequestWithoutIt() {
    Witness witness =
        only(
            parameter("[ { name: q, in: query, schema: { type: string } } ]"),
            parameter("[ { name: q, in: query, required: true, schema: { type: string } } ]"));

    assertThat(witness.start()).isEqualTo("GET /licenses");
    assertThat(witness.mismatch())
        .isEqualTo(new Mismatch("query:q", "a value (required)", "missing"));
  }

  private static Contract order(String more) {
    return read(
        """
        openapi: 3.0.3
        info: { title: licenses, version: "1" }
        paths:
          /licenses/{id}/orders:
            post:
              parameters:
                - { name: id, in: path, required: true, schema: { type: string }, example: L 1 }
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: [sku%s]
                      properties: { sku: { type: string }, note: { type: string }, gift: { type: string } }
                    example: { sku: A1, note: hello }
              responses: { "200": { description: ok } }
        """
            .formatted(more));
  }

  @Test
  void aRequestIsMadeFromTheDocumentsOwnExampleSoThatAProviderMayServeIt() {
    Witness added = only(order(""), order(", gift"));
    assertThat(added.start()).isEqualTo("POST /licenses/L%201/orders");
    assertThat(added.body()).isEqualTo("{\"sku\":\"A1\",\"note\":\"hello\"}");

    Witness left = only(order(""), order(", note"));
    assertThat(left.body()).isEqualTo("{\"sku\":\"A1\"}");
  }

  @Test
  void aValueOfAnObjectParameterIsWrittenAsItsStyleAsks() {
    String schema =
        "[ { name: f, in: query, style: deepObject, schema: { type: object, properties: { o: {"
            + " type: string, enum: [%s] } } } } ]";

    Witness witness = only(parameter(schema.formatted("a, b")), parameter(schema.formatted("a")));

    assertThat(witness.start()).isEqualTo("GET /licenses?f%5Bo%5D=b");
  }

  @Test
  void aChangeThatNoMessageShowsSaysWhy() {
    List<Change> changes =
        breaking(
            request("{ type: object, minLength: 1 }"),
            request("{ type: object, minLength: 5 }"),
            Witnesses.of(7));

    assertThat(changes)
        .allSatisfy(
            change -> {
              assertThat(change.witness()).isNull();
              assertThat(change.witnessMissing()).contains("head accepts");
            });
  }

  @Test
  void aRecursiveSchemaIsShownAtItsFirstTurn() {
    String tree =
        """
        openapi: 3.0.3
        info: { title: licenses, version: "1" }
        paths:
          /licenses:
            post:
              requestBody:
                content:
                  application/json: { schema: { $ref: '#/components/schemas/Tree' } }
              responses: { "200": { description: ok } }
        components:
          schemas:
            Tree:
              type: object
              properties:
                name: { type: string%s }
                children: { type: array, items: { $ref: '#/components/schemas/Tree' } }
        """;

    Witness witness = only(read(tree.formatted("")), read(tree.formatted(", maxLength: 3")));

    assertThat(witness.body()).isEqualTo("{\"name\":\"xxxx\"}");
  }

  @Test
  void theSameChangeHasTheSameWitness() {
    Contract before = reply("{ type: object, properties: { a: { type: integer } } }");
    Contract after = reply("{ type: object, properties: { a: { type: string } } }");

    assertThat(breaking(before, after, Witnesses.of(3)))
        .isEqualTo(breaking(before, after, Witnesses.of(3)));
  }

  @Test
  void witnessesMadeAtOnceAreThoseMadeOneAfterTheOther() {
    String many =
        IntStream.range(0, 40)
            .mapToObj(i -> "f" + i + ": { type: %s }")
            .collect(Collectors.joining(", ", "{ type: object, properties: { ", " } }"));
    Contract before = request(many.replace("%s", "string"));
    Contract after = request(many.replace("%s", "integer"));

    assertThat(breaking(before, after, Witnesses.of(7, 30).spread(Stream::parallel)))
        .isEqualTo(breaking(before, after, Witnesses.of(7, 30)));
  }

  @Test
  void beyondTheLimitTheReasonIsTheLimit() {
    String many =
        IntStream.range(0, 40)
            .mapToObj(i -> "f" + i + ": { type: %s }")
            .collect(Collectors.joining(", ", "{ type: object, properties: { ", " } }"));

    List<Change> changes =
        breaking(
            request(many.replace("%s", "string")),
            request(many.replace("%s", "integer")),
            Witnesses.of(7, 5));

    assertThat(changes).hasSize(40);
    assertThat(changes).filteredOn(change -> change.witness() != null).hasSize(5);
    assertThat(changes)
        .filteredOn(change -> change.witness() == null)
        .extracting(Change::witnessMissing)
        .containsOnly("only the first 5 breaking changes are shown");
  }

  @Test
  void aRequestWitnessIsARequestToReplay() {
    Change change =
        breaking(
                request("{ type: object, properties: { a: { type: string } } }"),
                request("{ type: object, required: [a], properties: { a: { type: string } } }"),
                Witnesses.of(7))
            .get(0);

    assertThat(Witnesses.exemplar(change).orElseThrow().request().body().utf8()).isEqualTo("{}");
    assertThat(Witnesses.exemplar(change.unwitnessed("none"))).isEmpty();
  }
}
