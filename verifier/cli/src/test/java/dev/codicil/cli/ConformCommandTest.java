package dev.codicil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformCommandTest {
  @TempDir Path folder;
  private String document;
  private String pact;

  @BeforeEach
  void contracts() throws Exception {
    document = write("api.yaml", TinyProject.document("validUntil", ""));
    pact = pact("/licenses/L-1", "expiresAt");
  }

  private String write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  private String pact(String path, String field) throws Exception {
    return write(
        "pact.json",
        """
        { "consumer": { "name": "shop\\u001b[31m" }, "provider": { "name": "licenses" },
          "interactions": [ { "description": "reads <b>it</b>",
            "request": { "method": "GET", "path": "%s" },
            "response": { "status": 200, "headers": { "Content-Type": "application/json" },
              "body": { "%s": "2030-01-01" } } } ],
          "metadata": { "pactSpecification": { "version": "3.0.0" } } }
        """
            .formatted(path, field));
  }

  @Test
  void whatIsNotPromisedExitsOneAndIsToldWithItsPlaces() {
    Cli cli = Cli.run("conform", pact, document, "--color", "never");

    assertThat(cli.exit()).isEqualTo(ExitCode.FAIL);
    assertThat(cli.out())
        .isEqualToNormalizingNewlines(
            """
            1 gap between what consumers rely on and what the documents promise.
                breaking  reply-field-not-promised  GET /licenses/{id} body/expiresAt
                          field `expiresAt` of reply body of 200 is not described, and the consumer relies on it
                          shop\\u001b[31m: reads <b>it</b> at $.body.expiresAt; pact.json:5:17 against
                          api.yaml:14:15
            Checked: 1 interaction. Credentials are not looked at.
            """);
  }

  @Test
  void theJsonHasTheShapeOfADiff() throws Exception {
    Cli cli = Cli.run("conform", pact, document, "--format", "json");

    JsonNode change = Json.mapper().readTree(cli.out()).path("changes").path(0);
    assertThat(change.path("severity").asText()).isEqualTo("breaking");
    assertThat(change.path("location").path("line").asInt()).isPositive();
    assertThat(change.path("affects").path(0).path("path").asText()).startsWith("$.");
    assertThat(Json.mapper().readTree(cli.out()).path("ledger").path("entries")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"breaking, 1", "risky, 1", "none, 0"})
  void theLimitIsChosen(String limit, int exit) {
    assertThat(Cli.run("conform", pact, document, "--fail-on", limit).exit()).isEqualTo(exit);
  }

  @Test
  void unreadableInputAndWrongWordsHaveTheirExitCodes() throws Exception {
    String broken = write("broken.json", "{");

    assertThat(Cli.run("conform", broken, document).exit()).isEqualTo(ExitCode.DATA);
    assertThat(Cli.run("conform", document, pact).exit()).isEqualTo(ExitCode.DATA);
    assertThat(Cli.run("conform", pact, folder.resolve("no.yaml").toString()).exit())
        .isEqualTo(ExitCode.DATA);
    assertThat(Cli.run("conform", pact, document, "--format", "xml").exit())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Cli.run("conform", pact).exit()).isEqualTo(ExitCode.USAGE);
  }

  private String events(String field) throws Exception {
    return write(
        "events.yaml",
        """
        asyncapi: 3.0.0
        info: { title: licenses, version: 1.0.0 }
        channels:
          issued: { address: licenses.issued, messages: { issued: { $ref: '#/components/messages/issued' } } }
        operations:
          send: { action: send, channel: { $ref: '#/channels/issued' } }
        components:
          messages:
            issued:
              name: LicenseIssued
              payload: { type: object, required: [%s], properties: { %s: { type: string } } }
        """
            .formatted(field, field));
  }

  private String reader(String description) throws Exception {
    return write(
        "messages.json",
        """
        { "consumer": { "name": "shop" }, "provider": { "name": "licenses" },
          "messages": [ { "description": "%s", "contents": { "id": "L-1" },
            "matchingRules": { "body": { "$.id": { "matchers": [ { "match": "type" } ] } } } } ],
          "metadata": { "pactSpecification": { "version": "3.0.0" } } }
        """
            .formatted(description));
  }

  @ParameterizedTest
  @CsvSource({
    "license issued, id, 0, ''",
    "license issued, key, 1, reply-field-not-promised",
    "license revoked, id, 1, message-not-described"
  })
  void messagesAreHeldToAsyncApi(String message, String field, int exit, String rule)
      throws Exception {
    Cli cli = Cli.run("conform", reader(message), events(field), "--color", "never");

    assertThat(cli.exit()).as(cli.out() + cli.err()).isEqualTo(exit);
    assertThat(cli.out()).contains(rule).contains("Checked: 1 interaction.");
  }
}
