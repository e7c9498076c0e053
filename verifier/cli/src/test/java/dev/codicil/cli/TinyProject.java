package dev.codicil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A project of documents only: a provider's OpenAPI document and one consumer's pact. */
final class TinyProject {
  static final String DOCUMENT = "contracts/openapi/licenses.yaml";
  static final String PACT = "contracts/pact/shop-licenses.json";

  private final Path root;

  TinyProject(Path root) throws IOException {
    this.root = root;
    write(DOCUMENT, document("validUntil", ""));
    write(PACT, pact());
  }

  Path root() {
    return root;
  }

  TinyProject write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** An amendment folder whose head replaces the provider's document. */
  TinyProject amendment(String name, String document) throws IOException {
    write(
        "contracts/amendments/" + name + "/amendment.yaml",
        """
        version: 1
        title: A proposal
        sides:
          head: { contracts: . }
        """);
    return write("contracts/amendments/" + name + "/openapi/licenses.yaml", document);
  }

  /** Commits everything on a branch called main. */
  TinyProject commit(String message) throws IOException, GitAPIException {
    try (Git git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage(message)
          .setAuthor("Ada", "ada@example.org")
          .setCommitter("Ada", "ada@example.org")
          .setSign(false)
          .call();
    }
    return this;
  }

  static String document(String field, String extra) {
    return """
    openapi: 3.0.3
    info: { title: licenses, version: "1" }
    paths:
      /licenses/{id}:
        get:
          operationId: getLicense
          parameters:
            - { name: id, in: path, required: true, schema: { type: string } }
          responses:
            "200":
              description: The license
              content:
                application/json:
                  schema:
                    type: object
                    required: [id, %s]
                    properties:
                      id: { type: string }
                      %s: { type: string }
    %s
    """
        .formatted(field, field, extra);
  }

  static String pact() {
    return """
    {
      "consumer": { "name": "shop" },
      "provider": { "name": "licenses" },
      "interactions": [
        {
          "description": "a license",
          "request": { "method": "GET", "path": "/licenses/L-1" },
          "response": {
            "status": 200,
            "headers": { "Content-Type": "application/json" },
            "body": { "id": "L-1", "validUntil": "2031-01-01" },
            "matchingRules": {
              "$.body.id": { "match": "type" },
              "$.body.validUntil": { "match": "type" }
            }
          }
        }
      ],
      "metadata": { "pactSpecification": { "version": "2.0.0" } }
    }
    """;
  }

  /** A document that takes orders for a license, whose field has this name. */
  static String orders(String field) {
    return """
    openapi: 3.0.3
    info: { title: licenses, version: "1" }
    paths:
      /orders:
        post:
          requestBody:
            required: true
            content:
              application/json:
                schema:
                  type: object
                  required: [%s]
                  additionalProperties: false
                  properties:
                    %s: { type: string }
                    note: { type: string, maxLength: 90 }
          responses:
            "201":
              description: taken
              content:
                application/json:
                  schema:
                    type: object
                    required: [status]
                    properties: { status: { type: string } }
            "400": { description: not understood }
    """
        .formatted(field, field);
  }

  /** The consumer's order. */
  static String order() {
    return """
    {
      "consumer": { "name": "shop" },
      "provider": { "name": "licenses" },
      "interactions": [
        {
          "description": "an order",
          "request": {
            "method": "POST",
            "path": "/orders",
            "headers": { "Content-Type": "application/json" },
            "body": { "license": "L-1" }
          },
          "response": { "status": 201, "body": { "status": "confirmed" },
            "headers": { "Content-Type": "application/json" },
            "matchingRules": { "$.body.status": { "match": "type" } } }
        }
      ],
      "metadata": { "pactSpecification": { "version": "2.0.0" } }
    }
    """;
  }
}
