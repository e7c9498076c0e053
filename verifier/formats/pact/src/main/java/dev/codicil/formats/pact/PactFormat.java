package dev.codicil.formats.pact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codicil.contract.ContractFormat;
import dev.codicil.contract.Source;
import dev.codicil.contract.SourceDocument;

/**
 * Pact files of versions 1 to 4: HTTP interactions and messages, both kept when one file has both.
 *
 * <p>The example values of a pact are what is sent and served; generators, those of provider states
 * among them, are not run, but loosen the shape of what the consumer sends. A matcher on a path
 * leaves the path concrete, and one on a status that allows several makes it the class of the
 * example's status in the model; replies are judged by the matcher itself. The message of a
 * synchronous exchange and each of its replies are one message interaction each. A pending
 * interaction is read and judged like any other.
 *
 * <p>Reading does not load Pact JVM; the first reply that is judged does.
 */
public final class PactFormat implements ContractFormat {
  static final String ID = "pact";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean recognizes(SourceDocument document) {
    JsonNode root = document.root();
    return root.isObject()
        && root.has("consumer")
        && root.has("provider")
        && (root.has("interactions") || root.has("messages") || namesVersion(root));
  }

  private static boolean namesVersion(JsonNode root) {
    JsonNode metadata = root.path("metadata");
    return metadata.has("pactSpecification")
        || metadata.has("pact-specification")
        || metadata.has("pactSpecificationVersion");
  }

  @Override
  public Reading read(SourceDocument document, Source source) {
    return new PactReading(ID, Spot.root(document)).read();
  }
}
