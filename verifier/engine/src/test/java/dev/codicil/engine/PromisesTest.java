package dev.codicil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codicil.amendment.Amendments;
import dev.codicil.contract.Contract;
import dev.codicil.contract.Ledger;
import dev.codicil.engine.source.ContractLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromisesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: { title: licenses, version: "1" }
      paths:
        /licenses:
          get:
            responses:
              "200":
                description: one
                content:
                  application/json:
                    schema:
                      type: object
                      required: [ %s ]
                      properties: { id: { type: string }, owner: { type: string } }
      """;
  private static final String PACT =
      """
      { "consumer": { "name": "shop" }, "provider": { "name": "licenses" },
        "interactions": [ { "description": "a license",
          "request": { "method": "GET", "path": "/licenses" },
          "response": { "status": 200, "headers": { "Content-Type": "application/json" },
            "body": { "id": "L-1" },
            "matchingRules": { "body": { "$.id": { "matchers": [ { "match": "type" } ] } } } } } ],
        "metadata": { "pactSpecification": { "version": "3.0.0" } } }
      """;

  @TempDir Path here;

  @BeforeEach
  void pact() throws IOException {
    for (String side : List.of("base", "head")) {
      Files.createDirectories(here.resolve(side));
      Files.writeString(here.resolve(side + "/shop-licenses.json"), PACT);
    }
  }

  private List<String> notes(String requiredBefore, String requiredAfter) throws IOException {
    return Promises.kept(
        Amendments.of(
            "test",
            side("base", requiredBefore),
            side("head", requiredAfter),
            new Ledger(List.of())));
  }

  private List<Contract> side(String side, String required) throws IOException {
    Files.writeString(here.resolve(side + "/licenses.yaml"), DOCUMENT.formatted(required));
    return NamedDocuments.load(new ContractLoader(Formats.all()), side, here, side).contracts();
  }

  @Test
  void whatIsPromisedNeedsNoNote() throws IOException {
    assertThat(notes("id", "id")).isEmpty();
    assertThat(notes("owner", "id")).isEmpty();
  }

  @Test
  void aPromiseThatTheHeadTakesBackIsToldAsSuch() throws IOException {
    assertThat(notes("id", "owner"))
        .singleElement()
        .asString()
        .startsWith("no longer promised by the documents: GET /licenses: ")
        .endsWith("(shop: a license)");
  }

  @Test
  void whatWasNeverPromisedIsToldAsSuch() throws IOException {
    assertThat(notes("owner", "owner"))
        .singleElement()
        .asString()
        .startsWith("not promised by the documents, before or after: GET /licenses: ");
  }
}
