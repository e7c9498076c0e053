package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.codicil.contract.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformingTest {
  @TempDir Path here;

  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: { title: Licenses, version: "1" }
      paths:
        /licenses/{id}:
          get:
            parameters:
              - { name: id, in: path, required: true, schema: { type: integer } }
              - { name: full, in: query, schema: { type: boolean } }
            responses:
              "200":
                description: ok
                headers:
                  ETag: { schema: { type: string } }
                  X-Id: { required: true, schema: { type: string } }
                content:
                  application/json:
                    schema:
                      type: object
                      required: [ id, plan, holder, items, state, owner ]
                      properties:
                        id: { type: integer }
                        plan: { type: string, nullable: true }
                        state: { type: string, enum: [ active, expired ] }
                        note: { type: string }
                        code: { type: string, pattern: '^[a-z]+$' }
                        holder:
                          type: object
                          required: [ name ]
                          properties: { name: { type: string } }
                        items:
                          type: array
                          items: { type: object, required: [ sku ], properties: { sku: { type: string } } }
                        owner:
                          oneOf:
                            - { type: object, required: [ kind, tax ], properties: { kind: { type: string, enum: [ firm ] }, tax: { type: string } } }
                            - { type: object, required: [ kind, born ], properties: { kind: { type: string, enum: [ person ] }, born: { type: string } } }
        /licenses:
          post:
            requestBody:
              required: true
              content:
                application/json:
                  schema: { type: object, required: [ sku ], properties: { sku: { type: string, maxLength: 3 } } }
            responses: { "201": { description: ok }, default: { description: error } }
      """;

  private Conforming.Checked check(String request, String response) throws Exception {
    return check(request, response, "");
  }

  private Conforming.Checked check(String request, String response, String rules) throws Exception {
    String rule =
        rules.isEmpty() ? "" : ", \"matchingRules\": { \"body\": { %s } }".formatted(rules);
    Files.writeString(here.resolve("api.yaml"), DOCUMENT);
    Files.writeString(
        here.resolve("pact.json"),
        """
        { "consumer": { "name": "shop" }, "provider": { "name": "licenses" },
          "interactions": [ { "description": "d", "request": { %s }, "response": { %s %s } } ],
          "metadata": { "pactSpecification": { "version": "3.0.0" } } }
        """
            .formatted(request, response, rule));
    return Conforming.check(here, "pact.json", "api.yaml");
  }

  private static List<String> told(Conforming.Checked checked) {
    return checked.gaps().stream()
        .map(
            gap ->
                gap.severity().name().toLowerCase(java.util.Locale.ROOT)
                    + " "
                    + gap.rule()
                    + " "
                    + gap.path()
                    + " "
                    + gap.touches().get(0).path())
        .toList();
  }

  private static final String GET = "\"method\": \"GET\", \"path\": \"/licenses/1\"";
  private static final String JSON =
      "\"status\": 200, \"headers\": { \"Content-Type\": \"application/json\" }, \"body\": ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"id\": 1 } | ``",
        "{ \"holder\": { \"name\": \"Ada\" }, \"items\": [ { \"sku\": \"A\" } ] } | ``",
        "{ \"state\": \"active\" } | ``",
        "{ \"owner\": { \"kind\": \"firm\", \"tax\": \"1\" } } | ``",
        "{ \"nope\": 1 } | breaking reply-field-not-promised body/nope $.body.nope",
        "{ \"id\": \"x\" } | breaking reply-type-not-accepted body/id $.body.id",
        "{ \"note\": \"x\" } | risky reply-field-not-promised body/note $.body.note",
        "{ \"plan\": \"x\" } | risky reply-type-not-accepted body/plan $.body.plan",
        "{ \"state\": \"gone\" } | breaking reply-value-not-accepted body/state $.body.state",
        "{ \"items\": [ { \"no\": \"A\" } ] } | breaking reply-field-not-promised body/items/*/no"
            + " $.body.items[*].no",
        "{ \"owner\": { \"kind\": \"firm\", \"born\": \"1\" } } | breaking"
            + " reply-field-not-promised body/owner/born $.body.owner.born"
      })
  void everyExpectedReplyFieldMustBePromised(String body, String expected) throws Exception {
    assertThat(told(check(GET, JSON + body)))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void whatAMatcherTakesMustTakeInWhatIsPromised() throws Exception {
    String code = "{ \"id\": 1, \"state\": \"active\" }";
    String regex = "\"$.state\": { \"matchers\": [ { \"match\": \"regex\", \"regex\": \"%s\" } ] }";

    assertThat(told(check(GET, JSON + code, regex.formatted("active|expired")))).isEmpty();
    assertThat(told(check(GET, JSON + code, regex.formatted("active|other"))))
        .containsExactly("risky reply-value-not-accepted body/state $.body.state");
  }

  @Test
  void whatCannotBeDecidedIsCountedAndNoPass() throws Exception {
    Conforming.Checked checked =
        check(
            GET,
            JSON + "{ \"code\": \"abc\" }",
            "\"$.code\": { \"matchers\": [ { \"match\": \"regex\", \"regex\": \"[a-z]+\" } ] }");

    assertThat(told(checked))
        .containsExactly("risky reply-field-not-promised body/code $.body.code");
    assertThat(checked.ledger().unread())
        .singleElement()
        .satisfies(entry -> assertThat(entry.problems().get(0)).contains("undecided", "code"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"status\": 404 | breaking reply-status-not-promised status:404 $.status",
        "\"status\": 200, \"headers\": { \"X-Id\": \"1\" } | ``",
        "\"status\": 200, \"headers\": { \"ETag\": \"1\" } | risky reply-header-not-promised"
            + " header:etag $.headers.etag",
        "\"status\": 200, \"headers\": { \"X-No\": \"1\" } | breaking reply-header-not-promised"
            + " header:x-no $.headers.x-no",
        "\"status\": 200, \"headers\": { \"Content-Type\": \"text/plain\" }, \"body\": \"x\" |"
            + " breaking reply-media-type-not-promised body $.body"
      })
  void statusesHeadersAndMediaTypesMustBePromised(String response, String expected)
      throws Exception {
    assertThat(told(check(GET, response)))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"method\": \"GET\", \"path\": \"/licenses/1\", \"query\": { \"full\": [\"true\"] } | ``",
        "\"method\": \"GET\", \"path\": \"/other\" | breaking request-not-allowed  $.path",
        "\"method\": \"PUT\", \"path\": \"/licenses/1\" | breaking request-not-allowed  $.path",
        "\"method\": \"GET\", \"path\": \"/licenses/x\" | breaking request-not-allowed path:id"
            + " $.path",
        "\"method\": \"GET\", \"path\": \"/licenses/1\", \"query\": { \"full\": [\"7\"] } | breaking"
            + " request-not-allowed query:full $.query.full",
        "\"method\": \"GET\", \"path\": \"/licenses/1\", \"query\": { \"no\": [\"7\"] } | risky"
            + " request-parameter-not-described query:no $.query.no",
        "\"method\": \"GET\", \"path\": \"/licenses/1\", \"body\": { \"a\": 1 } | risky"
            + " request-body-not-described body $.body"
      })
  void everyRequestMustBeAllowed(String request, String expected) throws Exception {
    assertThat(told(check(request, "\"status\": 200")))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"sku\": \"abc\" } | ``",
        "{ \"sku\": \"abcd\" } | breaking request-not-allowed body/sku $.body.sku",
        "{ } | breaking request-not-allowed body/sku $.body.sku"
      })
  void requestBodiesAreHeldToTheirSchema(String body, String expected) throws Exception {
    String post =
        "\"method\": \"POST\", \"path\": \"/licenses\", \"headers\": { \"Content-Type\":"
            + " \"application/json\" }, \"body\": "
            + body;

    assertThat(told(check(post, "\"status\": 201")))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
  }

  @Test
  void aSuccessThatOnlyDefaultDescribesIsARisk() throws Exception {
    String post =
        "\"method\": \"POST\", \"path\": \"/licenses\", \"headers\": { \"Content-Type\":"
            + " \"application/json\" }, \"body\": { \"sku\": \"a\" }";

    assertThat(told(check(post, "\"status\": 200")))
        .containsExactly("risky reply-status-not-promised status:200 $.status");
    assertThat(told(check(post, "\"status\": 500"))).isEmpty();
  }

  @Test
  void sidesInTheWrongOrderAreOneClearError() throws Exception {
    check(GET, "\"status\": 200");

    InputException error =
        catchThrowableOfType(
            InputException.class, () -> Conforming.check(here, "api.yaml", "pact.json"));

    assertThat(error)
        .hasMessageContaining("no contract of a consumer")
        .hasMessageContaining("order");
  }

  @Test
  void aProviderThatNoDocumentDescribesIsNoPass() throws Exception {
    check(GET, "\"status\": 200");
    Files.createDirectories(here.resolve("pacts"));
    Files.copy(here.resolve("pact.json"), here.resolve("pacts/one.json"));
    Files.writeString(
        here.resolve("pacts/two.json"),
        Files.readString(here.resolve("pact.json")).replace("\"licenses\"", "\"other\""));

    Files.copy(here.resolve("api.yaml"), here.resolve("licenses.yaml"));

    Conforming.Checked checked = Conforming.check(here, "pacts", "licenses.yaml");

    assertThat(checked.gaps()).isEmpty();
    assertThat(checked.ledger().unread())
        .singleElement()
        .satisfies(entry -> assertThat(entry.problems().toString()).contains("`other`"));
  }

  @Test
  void aRecursiveDocumentAndADeepExampleEnd() throws Exception {
    String deep = "{ \"children\": [".repeat(60) + "]}".repeat(60);
    Files.writeString(
        here.resolve("tree.yaml"),
        """
        openapi: 3.0.3
        info: { title: licenses, version: "1" }
        paths:
          /licenses/1:
            get:
              responses:
                "200":
                  description: ok
                  content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } }
        components:
          schemas:
            Tree:
              type: object
              required: [ children ]
              properties: { children: { type: array, items: { $ref: '#/components/schemas/Tree' } } }
        """);
    check(GET, JSON + deep);

    assertThat(told(Conforming.check(here, "pact.json", "tree.yaml"))).isEmpty();
  }
}
