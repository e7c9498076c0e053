package dev.codicil.formats.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.contract.Headers;
import dev.codicil.contract.HttpInteraction;
import dev.codicil.contract.HttpRequest;
import dev.codicil.contract.Mismatch;
import dev.codicil.contract.Payload;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRulesTest {
  private static final HttpInteraction OPERATION =
      MemorySource.of(
              "api.yaml",
              """
              openapi: 3.0.3
              info: { title: licenses, version: "1" }
              paths:
                /licenses/{id}:
                  put:
                    parameters:
                      - { name: id, in: path, required: true, schema: { type: integer } }
                      - { name: tag, in: query, schema: { type: array, items: { type: integer } } }
                      - { name: c, in: query, explode: false, schema: { type: array, items: { type: string, maxLength: 1 } } }
                      - { name: deep, in: query, style: deepObject, schema: { type: object, properties: { n: { type: integer } } } }
                      - { name: X-Trace, in: header, required: true, schema: { type: string, minLength: 2 } }
                      - { name: s, in: cookie, schema: { type: boolean } }
                    requestBody:
                      required: true
                      content:
                        application/json:
                          schema:
                            type: object
                            required: [ id, name ]
                            properties:
                              id: { type: string, readOnly: true }
                              name: { type: string }
                        application/x-www-form-urlencoded:
                          schema:
                            type: object
                            required: [ n ]
                            properties: { n: { type: integer } }
                    responses: { "200": { description: ok } }
              """)
          .reading("api.yaml")
          .contract()
          .http()
          .get(0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/licenses/1 | {\"name\":\"a\"} | ``",
        "/licenses/1?tag=1&tag=2&c=a,b&deep%5Bn%5D=4&unknown=1 | {\"name\":\"a\"} | ``",
        "/licenses/x | {\"name\":\"a\"} | path:id",
        "/licenses/1?tag=a | {\"name\":\"a\"} | query:tag/0",
        "/licenses/1?c=aa,b | {\"name\":\"a\"} | query:c/0",
        "/licenses/1?deep%5Bn%5D=x | {\"name\":\"a\"} | query:deep/n",
        "/licenses/1 | {} | body/name",
        "/licenses/1 | {\"name\":1} | body/name",
        "/licenses/1 | {\"name\": | body",
        "/licenses/1 | `` | body",
        "/licenses/1?tag=%ZZ | {\"name\":\"a\"} | query:tag/0"
      })
  void aRequestIsHeldToTheOperation(String target, String body, String path) {
    Headers headers =
        Headers.of("x-trace", "abc")
            .with("content-type", "application/json")
            .with("cookie", "s=true");

    assertThat(paths(new HttpRequest("PUT", target, headers, Payload.of(body))))
        .isEqualTo(path.isEmpty() ? List.of() : List.of(path));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, header:x-trace",
    "text/plain, header:content-type",
    "application/x-www-form-urlencoded, body/n"
  })
  void headersCookiesAndOtherMediaTypesAreHeldToo(String type, String path) {
    Headers headers = Headers.of("content-type", type).with("cookie", "a=1; s=maybe");
    String body = type.equals("application/json") ? "{\"name\":\"a\"}" : "n=x";

    assertThat(paths(new HttpRequest("PUT", "/licenses/1", headers, Payload.of(body))))
        .contains("header:x-trace", "cookie:s", path);
  }

  private static List<String> paths(HttpRequest request) {
    return OPERATION.expectation().checkRequest(request).orElseThrow().stream()
        .map(Mismatch::path)
        .toList();
  }
}
